"""Articles → the stories of a week: copies of one text counted once, each with where it was seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from archive.article import Article
from desk.issue import Copy, Entry, Place
from desk.plain import one_line, short, web_link
from desk.provinces import province_of
from desk.weeks import day_in_shanghai

TITLE = 120  # characters of a title that a digest prints


@dataclass(frozen=True, slots=True)
class Kept:
    """An article and when the archive first saw it (ISO 8601 with offset)."""

    article: Article
    first_seen: str


def day_of(kept: Kept) -> date | None:
    """The day an article belongs to: as published, else as first seen; None where its date is vaguer than a day."""
    if kept.article.published:
        return day_in_shanghai(kept.article.published)
    return day_in_shanghai(kept.first_seen)


def top_of(topic: str) -> str:
    """The first level of a topic's id.

    >>> top_of("welfare.cooling")
    'welfare'
    """
    return topic.split(".", 1)[0]


def entry_of(kept: Kept, day: date, names: Mapping[str, str]) -> Entry:
    """An article as an entry of the digest; `names` are the portals' titles."""
    article = kept.article
    ranked = sorted(article.topics, key=lambda topic: (-topic.score, topic.id))
    return Entry(
        id=article.id,
        title=short(article.title, TITLE) or "（无题）",
        link=web_link(article.url),
        source=one_line(article.source) or names.get(article.portal, article.portal) or "来源不详",
        portal=article.portal,
        day=day,
        published=article.published,
        first_seen=kept.first_seen,
        dated=bool(article.published),
        topic=top_of(ranked[0].id) if ranked else "",
        topics=tuple(topic.id for topic in ranked),
        places=tuple(Place(region.code, one_line(region.path)) for region in article.regions),
        summary=one_line(article.summary),
        organisations=tuple(map(one_line, article.organisations)),
        laws=tuple(map(one_line, article.laws)),
        campaigns=tuple(map(one_line, article.campaigns)),
        mended=tuple(sorted({mark.step for mark in article.marks})),
        doubts=len(article.doubts),
        story=article.story.id if article.story else "",
        elsewhere=elsewhere(article),
    )


def elsewhere(article: Article) -> str:
    """The original's source, where the article is a copy."""
    if article.story is None or article.story.original in {"", article.id}:
        return ""
    return one_line(article.story.original_source) or "来源不详"


def earliest_first(entry: Entry) -> tuple[bool, date, str, str, str]:
    """Originals before copies, then the earliest."""
    return (bool(entry.elsewhere), entry.day, entry.published or entry.first_seen, entry.first_seen, entry.id)


def gather(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """One entry a story, the original or else the earliest, with the others as its copies; oldest first."""
    families: dict[str, list[Entry]] = {}
    for entry in entries:
        families.setdefault(entry.story or entry.id, []).append(entry)
    chosen = (with_copies(sorted(family, key=earliest_first)) for family in families.values())
    return tuple(sorted(chosen, key=lambda entry: (entry.day, entry.published or entry.first_seen, entry.id)))


def with_copies(family: Sequence[Entry]) -> Entry:
    chief, *others = family
    copies = tuple(Copy(entry.id, entry.source, entry.link, entry.day) for entry in others)
    return replace(chief, copies=copies)


def provinces_of(entry: Entry) -> tuple[str, ...]:
    """The codes under which the map counts an entry, each once."""
    return tuple(dict.fromkeys(province_of(place.code) for place in entry.places))
