"""The weekly digest: a week of the archive → one value, and the value → md, html, json, atom."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from archive.database import Archive
from desk import counts
from desk.facts import Grounds, key_points, remarks
from desk.issue import Digest, Entry, Section
from desk.material import WEEKS, Material, material_of
from desk.render import render as render  # noqa: PLC0414 — callers know both halves from here
from desk.stories import day_of, entry_of, gather
from desk.weeks import SHANGHAI, Week, week_of
from seeds.portal import Portal, all_portals

NAMES_SHOWN = 12
NO_TOPIC = "话题未定"


def build(
    archive: Archive, week: Week, *, now: datetime, portals: Mapping[str, Portal] | None = None
) -> Digest:
    """The issue of a week, from the archive; `now` (with offset) only tells whether the week is over."""
    known = all_portals() if portals is None else portals
    return compose(week, material_of(archive, week, known, now=now), now=now)


def compose(week: Week, material: Material, *, now: datetime) -> Digest:
    """The issue of a week, from material at hand."""
    weekly = stories_by_week(week, material)
    known = max(0, (week.monday - material.began.monday).days // 7) if material.began else 0
    sections = sections_of(weekly[-1], material.top)
    stories = tuple(entry for section in sections for entry in section.entries)
    past, regions = weekly[:-1] if known else (), counts.region_rows(stories, weekly[-2])
    grounds = Grounds(
        totals=counts.totals(stories),
        before=counts.totals(weekly[-2]) if known else None,
        topics=counts.topic_rows(weekly, material.top, known),
        stories=stories,
        laws=counts.tally(stories, past, lambda entry: entry.laws, NAMES_SHOWN),
        known=known,
    )
    return Digest(
        week=week,
        complete=now.astimezone(SHANGHAI).date() > week.sunday,
        cutoff=max((entry.first_seen for entry in stories), default=""),
        known=known,
        totals=grounds.totals,
        before=grounds.before,
        left_out=material.left.count,
        facts=key_points(grounds),
        leads=counts.leads(stories, week),
        weeks=tuple(week.back(n) for n in reversed(range(WEEKS))),
        topics=grounds.topics,
        regions=regions,
        watched=material.watched,
        unplaced=sum(not entry.places for entry in stories),
        laws=grounds.laws,
        organisations=counts.tally(stories, (), lambda entry: entry.organisations, NAMES_SHOWN),
        campaigns=counts.tally(stories, past, lambda entry: entry.campaigns, NAMES_SHOWN),
        sections=sections,
        sources=material.sources,
        quality=remarks(stories, regions, material.sources, material.left),
        names=tuple(material.topics.items()),
        rules=material.rules,
    )


def stories_by_week(week: Week, material: Material) -> tuple[tuple[Entry, ...], ...]:
    """The stories of eight weeks, the week of the issue last."""
    weeks: dict[Week, list[Entry]] = {week.back(n): [] for n in reversed(range(WEEKS))}
    for kept in material.kept:
        day = day_of(kept)
        if day is not None and week_of(day) in weeks:
            weeks[week_of(day)].append(entry_of(kept, day, material.portals))
    return tuple(gather(entries) for entries in weeks.values())


def sections_of(stories: Iterable[Entry], names: Mapping[str, str]) -> tuple[Section, ...]:
    """The stories by their best topic, in the taxonomy's order, numbered through."""
    by_topic: dict[str, list[Entry]] = {}
    for entry in stories:
        by_topic.setdefault(entry.topic, []).append(entry)
    order = [*names, *sorted(set(by_topic) - set(names) - {""}), ""]
    number, sections = 1, []
    for topic in (topic for topic in order if topic in by_topic):
        entries = tuple(replace(entry, number=number + n) for n, entry in enumerate(by_topic[topic]))
        number += len(entries)
        sections.append(Section(topic, names.get(topic, topic) or NO_TOPIC, entries))
    return tuple(sections)
