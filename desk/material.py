"""What a digest is made of, fetched from the archive: the only part of the digest that reads one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from archive.article import Article, Verdict
from archive.database import Archive, Run
from archive.search import Filter
from desk.facts import UNUSABLE, Leftover
from desk.issue import Source
from desk.portals import ALL_RUNS, sources
from desk.provinces import province_of
from desk.stories import Kept
from desk.topics import topic_names
from desk.weeks import SHANGHAI, Week, day_in_shanghai, week_of
from seeds.portal import Portal

WEEKS = 8  # the issue's own and the seven before it
COUNTED: tuple[Verdict, ...] = ("mirror", "farm", "spam")


@dataclass(frozen=True, slots=True)
class Material:
    """What a digest is made of: the articles of eight weeks, what was left out, and how the sources did.

    `began` is the first week the archive was kept in, None for an empty archive. `topics` are names by id, `portals`
    titles by name, `watched` the provinces that have a portal of their own.
    """

    kept: Sequence[Kept] = ()
    left: Leftover = field(default_factory=Leftover)
    sources: tuple[Source, ...] = ()
    began: Week | None = None
    topics: Mapping[str, str] = field(default_factory=dict)
    portals: Mapping[str, str] = field(default_factory=dict)
    watched: tuple[str, ...] = ()
    rules: str = ""

    @property
    def top(self) -> dict[str, str]:
        """The names of the first level, in the taxonomy's order."""
        return {topic: name for topic, name in self.topics.items() if "." not in topic}


def material_of(archive: Archive, week: Week, portals: Mapping[str, Portal], *, now: datetime) -> Material:
    """The articles of eight weeks, what was left out of the last of them, and how its sources did."""
    weeks = [week.back(n) for n in reversed(range(WEEKS))]
    kept = [*dated(archive, weeks[0].monday, week.sunday)]
    for each in weeks:
        kept += undated(archive, each)
    runs = archive.runs(ALL_RUNS)
    return Material(
        kept=kept,
        left=left_out(archive, week),
        sources=sources(archive, portals, week.monday, week.sunday, now=now),
        began=began(runs),
        topics=topic_names(),
        portals={name: portal.title for name, portal in portals.items()},
        watched=tuple(sorted({province_of(portal.region) for portal in portals.values() if portal.region})),
        rules="、".join(sorted({item.article.rules for item in kept if item.article.rules})),
    )


def dated(archive: Archive, since: date, until: date) -> Iterator[Kept]:
    """The articles published between two days, both included."""
    yield from with_first_seen(archive, Filter(since=since, until=until))


def undated(archive: Archive, week: Week) -> Iterator[Kept]:
    """The articles without a date that were first seen in a week."""
    for kept in with_first_seen(archive, seen_in(week)):
        if not kept.article.published:
            yield kept


def seen_in(week: Week) -> Filter:
    start = datetime.combine(week.monday, time(), SHANGHAI)
    end = start + timedelta(weeks=1)
    return Filter(seen_since=utc(start), seen_until=utc(end))


def utc(moment: datetime) -> str:
    """As the archive writes moments, so that they compare as texts."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def with_first_seen(archive: Archive, wanted: Filter) -> Iterator[Kept]:
    seen = archive.first_seen(wanted)
    for article in archive.articles(wanted):
        yield Kept(article, seen[article.id])


def left_out(archive: Archive, week: Week) -> Leftover:
    """What the week brought that is no news, and what has no day."""
    wanted = Filter(since=week.monday, until=week.sunday, verdicts=COUNTED)
    verdicts = Counter(article.verdict for article in archive.articles(wanted))
    ordered = tuple((verdict, verdicts[verdict]) for verdict in UNUSABLE if verdicts[verdict])
    return Leftover(ordered, sum(is_vague(article) for article in archive.articles(seen_in(week))))


def is_vague(article: Article) -> bool:
    return bool(article.published) and day_in_shanghai(article.published) is None


def began(runs: tuple[Run, ...]) -> Week | None:
    """The week of the first crawl; the archive says nothing of the weeks before."""
    first = min((run.started for run in runs), default="")
    day = day_in_shanghai(first)
    return week_of(day) if day else None
