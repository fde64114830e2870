"""Places by name and by division code, with the years in which a name was in use."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

NATION = "CN"
CORPS = "660000"  # the Xinjiang corps; its cities carry codes of the region


@dataclass(frozen=True, slots=True)
class Place:
    """A name that a division has or had. `code` is the division that holds the place today.

    `since` and `until` are the first and last year of the name, 0 where it is old or in use; `full` says that the
    name carries its own level (盐城市), `short` is the stem (盐城).
    """

    code: str
    name: str
    short: str
    level: int
    since: int = 0
    until: int = 0
    full: bool = True

    def known_in(self, year: int) -> bool:
        """Whether papers of that year used the name; 0 is an unknown year. A year of grace on either side."""
        return not year or (self.since <= year + 1 and (not self.until or year <= self.until + 1))


def level_of(code: str) -> int:
    """1 province, 2 prefecture, 3 county.

    >>> level_of("320000"), level_of("320900"), level_of("320925")
    (1, 2, 3)
    """
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """`named` finds every place that bears a name; `official` the present full name of a code."""

    named: Mapping[str, tuple[Place, ...]]
    official: Mapping[str, str]
    abroad: Mapping[str, str]

    def parents(self, code: str) -> tuple[str, ...]:
        """The codes above one, the province first.

        >>> gazetteer().parents("320925"), gazetteer().parents("110105")
        (('320000', '320900'), ('110000',))
        """
        above = (code[:2] + "0000", code[:4] + "00")
        return tuple(c for c in above if c != code and c in self.official)

    def path(self, code: str) -> str:
        """The official names from the province down; a country stands for itself.

        >>> gazetteer().path("320925"), gazetteer().path("CN")
        ('江苏省/盐城市/建湖县', 'CN')
        """
        if code not in self.official:
            return code
        return "/".join(self.official[c] for c in (*self.parents(code), code))

    def known_as(self, code: str) -> str:
        """The full name as papers write it: 延边州 for 延边朝鲜族自治州, 长阳县 for 长阳土家族自治县.

        >>> gazetteer().known_as("222400"), gazetteer().known_as("320925"), gazetteer().known_as("150000")
        ('延边州', '建湖县', '内蒙古自治区')
        """
        name = self.official[code]
        stem = next((p.short for p in self.named[name] if p.code == code), name)
        return stem + name[-1] if name.endswith(("自治州", "自治县", "自治旗")) else name

    def within(self, code: str, above: str) -> bool:
        corps = above == CORPS and code.startswith("6590")
        return code == above or corps or above in self.parents(code)


def rows(name: str) -> Iterator[list[str]]:
    """The rows of seeds/words/NAME, comments and blank lines left out."""
    text = (files("seeds") / "words" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def registered() -> Iterator[Place]:
    """Every division, present and past, under its full name."""
    for code, name, short, since, until, successor in rows("regions.tsv"):
        yield Place(successor or code, name, short, level_of(code), int(since or 0), int(until or 0))


def kept_by_hand() -> Iterator[Place]:
    for code, name, *years in rows("places.tsv"):
        since, until = (*years, "", "")[:2]
        yield Place(code, name, name, level_of(code), int(since or 0), int(until or 0))


def shortened(place: Place) -> Place:
    return replace(place, name=place.short, full=False)


@cache
def gazetteer() -> Gazetteer:
    register = tuple(registered())
    named: dict[str, list[Place]] = defaultdict(list)
    for place in (*register, *map(shortened, register), *kept_by_hand()):
        if all(place.code != other.code or place.full != other.full for other in named[place.name]):
            named[place.name].append(place)
    official = {code: name for code, name, _, _, _, successor in rows("regions.tsv") if not successor}
    official[CORPS] = "新疆生产建设兵团"
    abroad = {name: code for code, *names in rows("countries.tsv") for name in names}
    return Gazetteer({name: tuple(places) for name, places in named.items()}, official, abroad)
