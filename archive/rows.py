"""An article as rows of the database, and back."""

import json
import re
import zlib
from array import array
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta, timezone
from hashlib import blake2b
from sqlite3 import Row
from typing import Any

from archive.article import NULL_WHEN_EMPTY, Article, Failure, Page, Region, Story, Topic, from_dict
from archive.grams import Index, Text

SHANGHAI = timezone(timedelta(hours=8))  # without summer time since 1991
DATE = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")

LISTS = (
    "authors", "correspondents", "editors", "keywords", "verdict_reasons", "doubts", "images", "attachments", "marks", "cuts",
    "evidence",
)  # fmt: skip
NULLABLE = (*NULL_WHEN_EMPTY, "published_precision")
# Kept in tables of their own.
ELSEWHERE = (
    "topics",
    "regions",
    "organisations",
    "people",
    "laws",
    "campaigns",
    "story",
    "folded",
    "sketch",
    "lesson",
)
COLUMNS = tuple(field.name for field in fields(Article) if field.name not in ELSEWHERE)
NAMES = (("organisation", "organisations"), ("person", "people"), ("law", "laws"), ("campaign", "campaigns"))

# A change of one of these is a change that a reader would want to know of; body and title count as folded.
WATCHED = (
    "title", "subtitle", "kicker", "authors", "correspondents", "editors", "source", "source_url", "published", "verdict", "body",
)  # fmt: skip


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def utc(moment: str) -> str:
    """A moment with offset, in UTC to the second; now when there is none."""
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat(timespec="seconds") if moment else now()


def storable(text: str) -> str:
    r"""A text that SQLite can hold: no NUL (its length() would stop there), no lone surrogates.

    >>> storable("工\0会"), storable("\ud800会")
    ('工会', '?会')
    """
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def to_json(value: object) -> str:
    return storable(json.dumps(value, ensure_ascii=False))


def values(article: Article) -> dict[str, Any]:
    """The columns of table articles that come from the article itself."""
    row: dict[str, Any] = {name: getattr(article, name) for name in COLUMNS}
    row |= {name: to_json(_plain(row[name])) for name in LISTS}
    row["body_as_published"] = (
        article.body_as_published if article.body_as_published != article.body else None
    )
    row["day"], row["day_end"] = days(article.published)
    row |= {name: row[name] or None for name in (*NULLABLE, "day", "day_end")}
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}


def _plain(items: Iterable[Any]) -> list[Any]:
    return [item if isinstance(item, str) else asdict(item) for item in items]


def article(row: Row, tags: Iterable[Row], fold: Row | None, story: Story | None) -> Article:
    """The article that `values`, `tags` and `fold` took apart."""
    plain: dict[str, Any] = {name: row[name] for name in COLUMNS}
    plain |= {name: json.loads(row[name]) for name in LISTS}
    plain["body_as_published"] = row["body"] if row["body_as_published"] is None else row["body_as_published"]
    held = list(tags)
    plain["topics"] = [asdict(Topic(tag["value"], tag["score"])) for tag in held if tag["kind"] == "topic"]
    plain["regions"] = [asdict(Region(tag["value"], tag["label"])) for tag in held if tag["kind"] == "region"]
    plain |= {name: [tag["value"] for tag in held if tag["kind"] == kind] for kind, name in NAMES}
    plain["story"] = asdict(story) if story else None
    plain["folded"] = body_fold(fold["body"]) if fold else ""
    plain["sketch"] = unpack(fold["sketch"]) if fold else []
    return from_dict(plain)


def tags(article: Article) -> list[tuple[str, str, str, float | None, int]]:
    """(kind, value, label, score, place) of every tag."""
    found: list[tuple[str, str, str, float | None]] = [
        ("topic", one.id, one.id, one.score) for one in article.topics
    ]
    found += [("region", place.code, place.path, None) for place in article.regions]
    found += [(kind, name, name, None) for kind, field in NAMES for name in getattr(article, field)]
    found += [("keyword", name, name, None) for name in article.keywords]
    unique = {
        (kind, storable(value)): (storable(label), score) for kind, value, label, score in reversed(found)
    }
    ordered = enumerate(reversed(unique.items()))
    return [(kind, value, label, score, place) for place, ((kind, value), (label, score)) in ordered]


def content(article: Article, index: Index) -> str:
    """A digest of what a reader reads: the same for two renderings of one article, another when text or field changed."""
    watched = [_plain_field(article, name) for name in WATCHED if name not in ("title", "body")]
    return blake2b(
        to_json([index.title.folded, index.body.folded, watched]).encode(), digest_size=12
    ).hexdigest()


def changed(old: Article, new: Article, *, same_body: bool) -> list[str]:
    """The watched fields in which two versions differ."""
    differ = [name for name in WATCHED if name != "body" and getattr(old, name) != getattr(new, name)]
    return differ if same_body else [*differ, "body"]


def _plain_field(article: Article, name: str) -> Any:
    value = getattr(article, name)
    return list(value) if isinstance(value, tuple) else value


def packed(folded: str) -> bytes:
    return zlib.compress(storable(folded).encode(), 6)


def body_fold(blob: bytes) -> str:
    return zlib.decompress(blob).decode()


def pack(sketch: Iterable[int]) -> bytes:
    return array("q", sketch).tobytes()


def unpack(blob: bytes) -> list[int]:
    return array("q", blob).tolist()


def gaps(text: Text) -> str:
    return json.dumps(text.gaps)


def text(folded: str, kept: str) -> Text:
    return Text(folded, tuple((offset, dropped) for offset, dropped in json.loads(kept)))


def days(published: str) -> tuple[str, str]:
    """The first and the last day in Shanghai that a date can mean.

    >>> days("2026-11"), days("2026-11-15T23:30:00+00:00")
    (('2026-11-01', '2026-11-30'), ('2026-11-16', '2026-11-16'))
    >>> days("")
    ('', '')
    """
    day = in_shanghai(published)[:10]
    match len(day):
        case 4:
            return f"{day}-01-01", f"{day}-12-31"
        case 7:
            return f"{day}-01", f"{day}-{monthrange(int(day[:4]), int(day[5:]))[1]}"
        case _:
            return day, day


def in_shanghai(published: str) -> str:
    """A moment as Shanghai clocks show it, without offset; a day, month or year stays; what is no date is "".

    >>> in_shanghai("2024-08-23T00:23+00:00"), in_shanghai("2017-01"), in_shanghai("昨天")
    ('2024-08-23T08:23:00', '2017-01', '')
    """
    if DATE.fullmatch(published):
        return published
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return ""
    local = moment.astimezone(SHANGHAI) if moment.tzinfo else moment
    return local.replace(tzinfo=None).isoformat(timespec="seconds")


def page(row: Row, parts: Iterable[Row] = ()) -> Page:
    """The page as it came over the wire; of its parts, portal and what lists say are the first page's."""
    return Page(
        url=row["url"],
        body=zlib.decompress(row["body"]),
        fetched=datetime.fromisoformat(row["fetched"]),
        portal=row["portal"],
        final_url=row["final_url"],
        status=row["status"],
        headers=_headers(row),
        charset=row["charset"],
        listed_title=row["listed_title"],
        listed_date=row["listed_date"],
        parts=tuple(_part(part, row["portal"]) for part in parts),
    )


def _part(row: Row, portal: str) -> Page:
    return Page(
        url=row["url"],
        body=zlib.decompress(row["body"]),
        fetched=datetime.fromisoformat(row["fetched"]),
        portal=portal,
        final_url=row["final_url"],
        status=row["status"],
        headers=_headers(row),
        charset=row["charset"],
    )


def _headers(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(row["headers"]))


def failure(row: Row) -> Failure:
    """The last failure at an address."""
    return Failure(
        row["url"], row["portal"], row["kind"], row["reason"], datetime.fromisoformat(row["last_seen"])
    )
