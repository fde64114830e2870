"""The counts of a digest: topics against their own past, provinces, names; nothing here reads an archive."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt
from statistics import median

from desk.issue import Entry, Lead, RegionRow, Tally, TopicRow, Totals, Trend
from desk.provinces import NAMES, place_name
from desk.stories import provinces_of
from desk.weeks import Week

USUAL_WEEKS = 5
# A rise from 5 to 9 is noise: measured on the mock, where percentages called it remarkable.
FEW, REMARKABLE = 10, 2.0
LEADS = 6

Names = Callable[[Entry], Sequence[str]]
Weekly = Sequence[Sequence[Entry]]  # stories week by week, the week of the issue last


def totals(stories: Sequence[Entry]) -> Totals:
    """Articles, stories, and provinces with at least one story."""
    articles = sum(1 + len(entry.copies) for entry in stories)
    provinces = {code for entry in stories for code in provinces_of(entry) if code in NAMES}
    return Totals(articles, len(stories), len(provinces))


def topic_rows(weekly: Weekly, names: Mapping[str, str], known_weeks: int) -> tuple[TopicRow, ...]:
    """A row for each topic of the taxonomy, in its order, then those it does not know.

    `known_weeks` is how many weeks before this one the archive was already kept: a week before it began is no zero.
    """
    counts = [Counter(entry.topic for entry in stories) for stories in weekly]
    extra = sorted({topic for count in counts for topic in count if topic} - set(names))
    return tuple(
        topic_row(topic, names.get(topic, topic), tuple(count[topic] for count in counts), known_weeks)
        for topic in (*names, *extra)
    )


def topic_row(topic: str, name: str, weeks: tuple[int, ...], known_weeks: int) -> TopicRow:
    past = weeks[:-1][-USUAL_WEEKS:]
    usual = float(median(past)) if past else 0.0
    deviation = (weeks[-1] - usual) / sqrt(max(usual, 1.0))
    if known_weeks < USUAL_WEEKS:
        return TopicRow(topic, name, weeks, usual, deviation, "no-history")
    return TopicRow(topic, name, weeks, usual, deviation, judge(max(weeks[-1], usual), deviation))


def judge(size: float, deviation: float) -> Trend:
    """What may be claimed of a change.

    >>> judge(58, 3.7), judge(9, 2.1), judge(30, 0.4)
    ('up', 'few', 'flat')
    """
    if abs(deviation) < REMARKABLE:
        return "flat"
    if size < FEW:
        return "few"
    return "up" if deviation > 0 else "down"


def region_rows(now: Sequence[Entry], before: Sequence[Entry]) -> tuple[RegionRow, ...]:
    """Every province, the nation and places abroad that had a story in either week, the busiest first."""
    counts, previous = by_place(now), by_place(before)
    paths = {place.code: place.path for entry in (*before, *now) for place in entry.places}
    chiefs = {code: entry for entry in reversed(by_spread(now)) for code in provinces_of(entry)}
    rows = (
        RegionRow(code, place_name(code, paths.get(code, "")), counts[code], previous[code], chiefs.get(code))
        for code in sorted(set(counts) | set(previous))
    )
    return tuple(sorted(rows, key=lambda row: (-row.now, -row.before, row.code)))


def by_place(stories: Iterable[Entry]) -> Counter[str]:
    return Counter(code for entry in stories for code in provinces_of(entry))


def by_spread(stories: Iterable[Entry]) -> tuple[Entry, ...]:
    """The stories that most sources carried first; the earlier wins a tie."""
    return tuple(
        sorted(stories, key=lambda entry: (-len(entry.sources), -len(entry.copies), entry.day, entry.number))
    )


def leads(stories: Sequence[Entry], week: Week) -> tuple[Lead, ...]:
    """The most carried stories; a story that nobody else carried leads nothing."""
    carried = [entry for entry in by_spread(stories) if entry.copies]
    return tuple(Lead(entry, daily(entry, week)) for entry in carried[:LEADS])


def daily(entry: Entry, week: Week) -> tuple[int, ...]:
    days = Counter((entry.day, *(copy.day for copy in entry.copies)))
    return tuple(days[day] for day in week.days)


def tally(now: Sequence[Entry], past: Weekly, read: Names, limit: int) -> tuple[Tally, ...]:
    """The names that most stories bear, ties in the order of their characters; `past` empty claims no first."""
    counts = Counter(name for entry in now for name in dict.fromkeys(read(entry)))
    seen = {name for stories in past for entry in stories for name in read(entry)}
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tally(name, count, bool(past) and name not in seen) for name, count in ranked[:limit])
