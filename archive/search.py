"""Words and filters to articles: which hold them, best or newest first, and where in the body they stand."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from sqlite3 import Connection, Row
from typing import Literal

from archive import filter as filters
from archive import rows
from archive.article import Verdict
from archive.database import Archive
from archive.filter import Condition, conditions
from archive.filter import Filter as Filter  # noqa: PLC0414 — callers know it from here
from archive.grams import LITERAL, phrase
from archive.opening import telling
from archive.snippet import Range, Snippet, cut, ranges

# "" is title and body. The first four are looked up in the index, the others among tags.
Column = Literal["", "title", "body", "source", "author", "org", "region", "topic", "law", "portal"]
INDEXED = ("", "title", "body", "source", "author")

# title, body, source, author, words: a title counts as eight bodies; a term that is a word, not a part of others, counts twice.
WEIGHTS = "8.0, 1.0, 1.0, 1.0, 2.0"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find: a folded text as a reader would see it, in a column; `words` are its words, for ranking."""

    text: str
    column: Column = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Every group must be found, by one of its terms at least; no excluded term may. `typed` is what was asked."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One article of an answer. Ranges are (start, end) offsets: of the snippet, of the title, of the whole body."""

    id: str
    url: str
    portal: str
    title: str
    source: str
    published: str
    verdict: Verdict
    story: str
    first_seen: str
    score: float
    snippet: str
    snippet_ranges: tuple[Range, ...]
    title_ranges: tuple[Range, ...]
    body_ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """`total` counts all that was found, `hits` holds the part that limit and offset asked for."""

    total: int
    hits: tuple[Hit, ...]


def search(archive: Archive, query: Query, wanted: Filter | None = None) -> Hits:
    """The articles that hold the query's words and pass the filter; 20 of them unless the filter says otherwise."""
    chosen = wanted or Filter()
    with telling(archive.path):
        plan = _plan(query, chosen, archive.conn)
        total = int(archive.conn.execute(f"SELECT count(*) {plan.sql}", plan.values).fetchone()[0])
        found = _page(archive.conn, plan, query, chosen)
        return Hits(total, tuple(_hit(archive.conn, row, query) for row in found))


def _plan(query: Query, wanted: Filter, conn: Connection) -> Condition:
    """FROM and WHERE of the answer."""
    match = " AND ".join(_any_indexed(group) for group in query.groups if _is_indexed(group))
    limits = [
        *conditions(wanted, conn),
        *(
            filters.any_of(_condition(term, conn) for term in group)
            for group in query.groups
            if not _is_indexed(group)
        ),
        *(_negated(_condition(term, conn)) for term in query.excluded),
    ]
    where = " AND ".join(one.sql for one in limits)
    values = tuple(value for one in limits for value in one.values)
    if not match:
        return Condition(f"FROM search_rows s WHERE {where}", values)
    joined = "FROM article_search JOIN search_rows s ON s.doc = article_search.rowid"
    return Condition(f"{joined} WHERE article_search MATCH ? AND {where}", (match, *values))


def _is_indexed(group: tuple[Term, ...]) -> bool:
    return all(term.column in INDEXED for term in group)


def _any_indexed(group: tuple[Term, ...]) -> str:
    """An FTS5 expression: one of the terms, and the better when it stands there as a word."""
    found = " OR ".join(_match(term) for term in group)
    words = [
        word for term in group if term.column in ("", "title", "body") for word in term.words if len(word) > 1
    ]
    as_words = " OR ".join(f'words : "{word.translate(LITERAL)}"' for word in dict.fromkeys(words))
    return f"(({found}) AND ({found} OR {as_words}))" if as_words else f"({found})"


def _match(term: Term) -> str:
    return f"({{{term.column or 'title body'}}} : {phrase(term.text)})"


def _condition(term: Term, conn: Connection) -> Condition:
    match term.column:
        case "org":
            return filters.named("organisation", term.text, conn)
        case "law":
            return filters.named("law", term.text, conn)
        case "region":
            return filters.region(term.text, conn)
        case "topic":
            return filters.topic(term.text)
        case "portal":
            return filters.portal(term.text)
        case "" | "title" | "body" | "source" | "author":
            return Condition(
                "s.doc IN (SELECT rowid FROM article_search WHERE article_search MATCH ?)", (_match(term),)
            )


def _negated(one: Condition) -> Condition:
    return replace(one, sql=f"NOT ({one.sql})")


def _page(conn: Connection, plan: Condition, query: Query, wanted: Filter) -> list[Row]:
    ranked = wanted.sort == "relevance" and any(_is_indexed(group) for group in query.groups)
    direction = "ASC" if wanted.sort == "oldest" else "DESC"
    by_time = f"s.moment {direction}, s.doc {direction}"
    limit = 20 if wanted.limit is None else wanted.limit
    found: list[Row] = conn.execute(
        f"""
        SELECT s.article_id, {f"-bm25(article_search, {WEIGHTS})" if ranked else "0.0"} AS score
        {plan.sql}
        ORDER BY {f"score DESC, {by_time}" if ranked else by_time}
        LIMIT ? OFFSET ?
        """,
        (*plan.values, limit, wanted.offset),
    ).fetchall()
    return found


def _hit(conn: Connection, found: Row, query: Query) -> Hit:
    row = conn.execute(
        """
        SELECT a.id, a.url, ifnull(a.portal, '') AS portal, a.title, ifnull(a.source, '') AS source,
               ifnull(a.published, '') AS published, a.verdict, ifnull(a.story, '') AS story, a.first_seen, a.body,
               f.title AS title_fold, f.title_gaps, f.body AS body_fold, f.body_gaps
        FROM articles a
        JOIN folds f ON f.article_id = a.id
        WHERE a.id = ?
        """,
        (found["article_id"],),
    ).fetchone()
    terms = [term for group in query.groups for term in group]
    in_title = ranges(rows.text(row["title_fold"], row["title_gaps"]), _texts(terms, "title"))
    in_body = ranges(rows.text(rows.body_fold(row["body_fold"]), row["body_gaps"]), _texts(terms, "body"))
    return _made(row, found["score"], in_title, cut(row["body"], in_body))


def _made(row: Row, score: float, in_title: tuple[Range, ...], snippet: Snippet) -> Hit:
    plain = ("id", "url", "portal", "title", "source", "published", "verdict", "story", "first_seen")
    return Hit(
        **{name: row[name] for name in plain},
        score=round(score, 6),
        snippet=snippet.text,
        snippet_ranges=snippet.ranges,
        title_ranges=in_title,
        body_ranges=snippet.all,
    )


def _texts(terms: Iterable[Term], column: Literal["title", "body"]) -> list[str]:
    return [term.text for term in terms if term.column in ("", column)]


def why_empty(archive: Archive, query: Query, wanted: Filter | None = None) -> str:
    """One sentence saying why `search` found nothing; "" when it found something."""
    chosen = wanted or Filter()
    return (
        next((reason for reason in _reasons(archive, query, chosen) if reason), "")
        if _none(archive, query, chosen)
        else ""
    )


def _none(archive: Archive, query: Query, wanted: Filter) -> bool:
    return _total(archive, query, wanted) == 0


def _total(archive: Archive, query: Query, wanted: Filter) -> int:
    return search(archive, query, replace(wanted, limit=0)).total


def _reasons(archive: Archive, query: Query, wanted: Filter) -> Iterator[str]:
    everything: tuple[Verdict, ...] = ("clean", "mirror", "farm", "spam", "not-an-article")
    if not archive.counts()["articles"]:
        yield "the archive holds no article yet: fill it with `gongwen crawl`"
    for name in wanted.portals:
        if not _total(archive, Query(), Filter(portals=(name,), verdicts=everything)):
            yield f"no article of portal {name} is held: crawl it with `gongwen crawl {name}`"
    for term in (term for group in query.groups if len(group) == 1 for term in group):
        if _none(archive, Query(groups=((term,),)), Filter(verdicts=everything)):
            yield f"no article of any kind holds {_shown(term)}"
    if unquotable := _total(archive, query, replace(wanted, verdicts=everything)):
        yield f"{unquotable} found, but only on mirrors, farms or spam pages: see them with --verdict"
    if unfiltered := _total(archive, query, Filter()):
        yield f"{unfiltered} found without the filters: widen them"
    if query.excluded and (included := _total(archive, replace(query, excluded=()), wanted)):
        yield f"{included} found without the exclusions"
    yield "each word is found, but no article holds them all"


def _shown(term: Term) -> str:
    return json.dumps(f"{term.column}:{term.text}" if term.column else term.text, ensure_ascii=False)
