"""What a crawl did, counted a portal; and whether its promises were kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

State = Literal["ok", "broken", "skipped", "stopped"]
Count = Literal[
    "lists",  # lists and parts of lists read
    "found",  # different articles that the lists name
    "known",  # of these, already in the archive
    "fetched",  # article pages that answered
    "new",
    "changed",
    "unchanged",
    "not-an-article",  # kept, but no article is on it
    "not-understood",  # kept, but it crashed, stalled or exceeded its worker
    "not-stored",  # fetched, but the archive could not take it
    "failed",  # did not answer, or with an error
    "blocked",  # the site turned us away
    "refused",  # we did not ask: robots.txt, a private address, another host
    "twice",  # led to a page already visited in this run
    "not-served",  # a document of a kind that is not read yet
    "left",  # beyond the limit of this run
]
STOPPED = "shutdown"  # Scrapy's word for a spider that a signal ended
SHARE_OF_FAILURES = 0.2  # of a portal's articles; below it dead links are the site's everyday
FEW_FAILURES = 3  # fewer say nothing


@dataclass(slots=True)
class Tally:
    """Counts of one portal while it is crawled, and what happened to whom: sentence → addresses."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=dict)  # of articles; many of them break a promise
    notes: dict[str, list[str]] = field(default_factory=dict)  # break none
    broken: dict[str, list[str]] = field(default_factory=dict)  # break one, whatever the counts say
    read: Counter[str] = field(
        default_factory=Counter
    )  # a list's address → articles found on it and its parts
    missing: dict[str, str] = field(
        default_factory=dict
    )  # lists with a day in their address that answered 404

    def count(self, name: Count, number: int = 1) -> None:
        self.counts[name] += number

    def blame(self, name: Count, why: str, url: str) -> None:
        """Count something that went wrong with an article, and remember why."""
        self.count(name)
        self.faults.setdefault(why, []).append(url)

    def breaks(self, why: str, url: str) -> None:
        """A promise is broken."""
        self.broken.setdefault(why, []).append(url)

    def note(self, what: str, url: str) -> None:
        """Something to know that breaks no promise."""
        self.notes.setdefault(what, []).append(url)


class Progress(Protocol):
    """Whoever shows a running crawl: called with a portal's counts whenever they change, and once at its end."""

    def __call__(self, portal: str, counts: Mapping[str, int], *, finished: bool = False) -> None: ...


@dataclass(frozen=True, slots=True)
class PortalReport:
    """What became of one portal. `reasons` break a promise, `remarks` do not; each is one line."""

    name: str
    state: State
    lists: int = 0
    found: int = 0
    known: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    not_articles: int = 0
    not_understood: int = 0
    failed: int = 0
    blocked: int = 0
    refused: int = 0
    twice: int = 0
    not_served: int = 0
    left: int = 0
    seconds: float = 0.0
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


COUNTED = (
    *("lists", "found", "known", "fetched", "new", "changed", "unchanged"),
    *("not_articles", "not_understood", "failed", "blocked", "refused", "twice", "not_served", "left"),
)


COUNT_OF = {"not_articles": "not-an-article", "not_understood": "not-understood", "not_served": "not-served"}


def counts_of(report: PortalReport) -> dict[str, int]:
    """A report's numbers by name."""
    return {name: int(getattr(report, name)) for name in COUNTED}


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `exit_status`: 0 all promises kept, 1 some broken, 130 or 143 stopped by Ctrl-C or SIGTERM."""

    db: str
    portals: tuple[PortalReport, ...]
    seconds: float
    exit_status: int

    @property
    def broken(self) -> tuple[PortalReport, ...]:
        return tuple(portal for portal in self.portals if portal.state == "broken")

    def total(self, name: str) -> int:
        """A count summed over all portals."""
        return sum(int(getattr(portal, name)) for portal in self.portals)


def judge(name: str, tally: Tally, finish: str, seconds: float) -> PortalReport:
    """A portal's tally as its report. `finish` is Scrapy's reason for closing the spider."""
    counts = tally.counts
    serious = is_serious(counts)
    faults = told(tally.faults)
    lost = astray(counts) if finish == "finished" else ()
    reasons = (
        *told(tally.broken),
        *lost,
        *silence(tally, finish),
        *barren(counts),
        *(faults if serious else ()),
    )
    remarks = (*told(tally.notes), *(() if serious else faults), *ending(finish))
    return PortalReport(
        name,
        "broken" if reasons else "stopped" if finish == STOPPED else "ok",
        **{field: counts[COUNT_OF.get(field, field)] for field in COUNTED},
        seconds=round(seconds, 2),
        reasons=reasons,
        remarks=remarks,
    )


def told(happened: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Each sentence once, with one address and how many there are."""
    return tuple(
        f"{what}: {urls[0]}" if len(urls) == 1 else f"{what}: {len(urls)} times, e.g. {urls[0]}"
        for what, urls in happened.items()
    )


def is_serious(counts: Mapping[str, int]) -> bool:
    """Pages that were not understood, a site that turns us away, or failures beyond a site's everyday."""
    failed = counts["failed"]
    tried = counts["fetched"] + failed + counts["blocked"]
    many = failed >= FEW_FAILURES and failed > SHARE_OF_FAILURES * tried
    return bool(many or counts["not-understood"] or counts["blocked"])


OUTCOMES: tuple[Count, ...] = (
    *("new", "changed", "unchanged", "not-an-article", "not-understood", "not-stored", "not-served"),
)


def astray(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Pages that were fetched and of which nothing is known: a fault of this program, never passed over."""
    lost = counts["fetched"] - sum(counts[name] for name in OUTCOMES)
    return (f"{lost} pages were fetched and not accounted for; see the log",) if lost > 0 else ()


def barren(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Article pages that all hold no article: the site changed its layout, or answers with its error page."""
    empty = counts["not-an-article"]
    if empty < FEW_FAILURES or counts["new"] or counts["changed"] or counts["unchanged"]:
        return ()
    return (f"none of the {empty} pages fetched holds an article",)


def silence(tally: Tally, finish: str) -> tuple[str, ...]:
    """Lists that were read and named no article. A whole portal without one is silent."""
    if finish not in ("finished", ""):
        return ()
    silent = [url for url, articles in tally.read.items() if not articles]
    absent = [at for url, at in tally.missing.items() if url not in tally.read]
    missing = told({"list not read (no issue on any of the latest days)": absent}) if absent else ()
    if not silent:
        return missing
    if len(silent) == len(tally.read):
        return (f"silent: no article found on any of its {len(silent)} lists, e.g. {silent[0]}", *missing)
    return (*told({"no article found on a list": silent}), *missing)


def ending(finish: str) -> tuple[str, ...]:
    """What to say of a spider that did not simply finish."""
    if finish in ("finished", ""):
        return ()
    return ("stopped before everything was visited",) if finish == STOPPED else (f"ended early: {finish}",)
