"""One issue of the weekly digest as a value: everything that is printed, and nothing that is not."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desk.weeks import Week

Tone = Literal["good", "plain", "bad"]
Trend = Literal["up", "down", "few", "flat", "no-history"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place by division code and path, as the article's tags say."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article with the same story in the same week."""

    id: str
    source: str
    link: str
    day: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One story of the week, told by its original or, where that is not here, by its earliest copy.

    `number` counts the entries of the issue from 1 and is their label everywhere. `dated` is false where only the
    time of fetching is known. `elsewhere` names the original's source where the original is not in this week.
    """

    id: str
    title: str
    link: str
    source: str
    portal: str
    day: date
    published: str
    first_seen: str
    dated: bool = True
    number: int = 0
    topic: str = ""  # the best top-level topic, "" for none
    topics: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    summary: str = ""
    organisations: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()  # the steps that changed its text
    doubts: int = 0
    story: str = ""
    copies: tuple[Copy, ...] = ()
    elsewhere: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The independent sources that carried it, its own first."""
        return tuple(dict.fromkeys((self.source, *(copy.source for copy in self.copies))))


@dataclass(frozen=True, slots=True)
class Totals:
    """`articles` counts every article, `stories` what remains when copies are one."""

    articles: int
    stories: int
    provinces: int

    @property
    def reprints(self) -> int:
        return self.articles - self.stories


@dataclass(frozen=True, slots=True)
class Fact:
    """A computed sentence and the entries it rests on."""

    text: str
    rests_on: tuple[Entry, ...] = ()
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead story: its entry and how many articles each day of the week brought, Monday first."""

    entry: Entry
    daily: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TopicRow:
    """Stories of a topic week by week, the week of the issue last; `usual` is the median of the five weeks before.

    `deviation` is (this week - usual) / √usual; `trend` claims something only from ten stories and two deviations on.
    """

    topic: str
    name: str
    weeks: tuple[int, ...]
    usual: float
    deviation: float
    trend: Trend


@dataclass(frozen=True, slots=True)
class RegionRow:
    """Stories of a province this week and the week before, and the story with most copies."""

    code: str
    name: str
    now: int
    before: int
    chief: Entry | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was named, and whether no story of the seven weeks before named it."""

    name: str
    count: int
    first: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The stories whose best topic is this one, oldest first; `topic` "" holds those without."""

    topic: str
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The health of one portal in the week: what it brought, what it promised, what its last run said."""

    portal: str
    title: str
    articles: int
    promised: tuple[int, int] | None = None
    last_run: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One row of the data quality table."""

    label: str
    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Digest:
    """A week of news.

    `complete` is false while the week still runs; `cutoff` is when the newest of its stories was first seen.
    """

    week: Week
    complete: bool
    cutoff: str
    known: int  # weeks before this one in which the archive was already kept
    totals: Totals
    before: Totals | None
    left_out: int  # articles of the week that are no news: mirrors, farms, spam
    facts: tuple[Fact, ...]
    leads: tuple[Lead, ...]
    weeks: tuple[Week, ...]
    topics: tuple[TopicRow, ...]
    regions: tuple[RegionRow, ...]
    watched: tuple[str, ...]  # provinces that have a portal of their own
    unplaced: int
    laws: tuple[Tally, ...]
    organisations: tuple[Tally, ...]
    campaigns: tuple[Tally, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    quality: tuple[Remark, ...]
    names: tuple[tuple[str, str], ...] = ()  # topics by id
    rules: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for section in self.sections for entry in section.entries)
