"""What a crawl did, counted a portal; and whether its promises were kept."""

from collections import Counter
from collections.abc import Mapping
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
    "failed",  # did not answer, or with an error
    "blocked",  # the site turned us away
    "refused",  # we did not ask: robots.txt, a private address, another host
    "twice",  # led to a page already visited in this run
    "not-served",  # a document of a kind that is not read yet
    "left",  # beyond the limit of this run
]
SHARE_OF_FAILURES = 0.2  # of a portal's articles; below it dead links are the site's everyday
FEW_FAILURES = 3


@dataclass(slots=True)
class Tally:
    """Counts and reasons of one portal while it is crawled. `reasons` keeps an example and a number for each."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, list[str]] = field(default_factory=dict)
    remarks: dict[str, None] = field(default_factory=dict)
    broken: dict[str, None] = field(default_factory=dict)
    found_on: Counter[str] = field(default_factory=Counter)
    read: dict[str, None] = field(default_factory=dict)
    missing: dict[str, str] = field(
        default_factory=dict
    )  # lists with a day in their address that answered 404

    def count(self, name: Count, number: int = 1) -> None:
        self.counts[name] += number

    def blame(self, name: Count, reason: str, url: str) -> None:
        """Count something that went wrong with an article, and remember why."""
        self.count(name)
        self.reasons.setdefault(reason, []).append(url)

    def breaks(self, reason: str) -> None:
        """A promise is broken, whatever the counts say."""
        self.broken[reason] = None

    def remark(self, text: str) -> None:
        """Something to know that breaks no promise."""
        self.remarks[text] = None


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
    left: int = 0
    seconds: float = 0.0
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


COUNTED = (
    *("lists", "found", "known", "fetched", "new", "changed", "unchanged"),
    *("not_articles", "not_understood", "failed", "blocked", "refused", "left"),
)


COUNT_OF = {"not_articles": "not-an-article", "not_understood": "not-understood"}


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
    reasons = (*tally.broken, *silence(tally, finish), *failures(tally))
    remarks = (*tally.remarks, *minor(tally), *ending(finish))
    stopped = finish == "shutdown"
    return PortalReport(
        name,
        "broken" if reasons else "stopped" if stopped else "ok",
        **{field: counts[COUNT_OF.get(field, field)] for field in COUNTED},
        seconds=round(seconds, 2),
        reasons=reasons,
        remarks=remarks,
    )


def silence(tally: Tally, finish: str) -> tuple[str, ...]:
    """Lists that were read and named no article. A whole portal without one is silent."""
    if finish not in ("finished", ""):
        return ()
    silent = [url for url in tally.read if not tally.found_on[url]]
    if tally.read and len(silent) == len(tally.read):
        return (f"silent: no article found on any of its lists ({len(silent)} read), e.g. {silent[0]}",)
    absent = [at for url, at in tally.missing.items() if url not in tally.read]
    return (
        *(f"no article found on {url}" for url in silent),
        *(f"list not read (HTTP 404 on every day asked for): {at}" for at in absent),
    )


def failures(tally: Tally) -> tuple[str, ...]:
    """Pages that could not be understood, a site that turns us away, and failures beyond a site's everyday."""
    counts = tally.counts
    tried = counts["fetched"] + counts["failed"] + counts["blocked"]
    many = counts["failed"] > max(FEW_FAILURES, SHARE_OF_FAILURES * tried) or counts["failed"] == tried > 0
    if not (many or counts["not-understood"] or counts["blocked"]):
        return ()
    return explained(tally)


def minor(tally: Tally) -> tuple[str, ...]:
    return () if failures(tally) else explained(tally)


def explained(tally: Tally) -> tuple[str, ...]:
    """Each reason once, with how often it was met and one address."""
    return tuple(
        f"{reason}: {urls[0]}" if len(urls) == 1 else f"{reason}: {len(urls)} pages, e.g. {urls[0]}"
        for reason, urls in tally.reasons.items()
    )


def ending(finish: str) -> tuple[str, ...]:
    """What to say of a spider that did not simply finish."""
    if finish in ("finished", ""):
        return ()
    return ("stopped before everything was visited",) if finish == "shutdown" else (f"ended early: {finish}",)
