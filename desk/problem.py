"""The desk's one exception: something a person has to put right."""


class DeskError(Exception):
    """Names what is wrong, where, and what to do, in one line."""

    def __init__(self, what: str, problem: str, remedy: str = "") -> None:
        self.what, self.problem, self.remedy = what, problem, remedy
        super().__init__("; ".join(part for part in (f"{what}: {problem}", remedy) if part))
