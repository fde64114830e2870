"""Words and filters to articles: which hold them, best or newest first, and where in the body they stand."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from sqlite3 import Connection, Row
from typing import Literal, get_args

from archive import filter as filters
from archive import rows
from archive.article import Verdict
from archive.database import Archive
from archive.filter import Condition, conditions
from archive.filter import Filter as Filter  # noqa: PLC0414 — callers know it from here
from archive.grams import held, phrase, token
from archive.opening import telling
from archive.snippet import Range, Snippet, cut, ranges

# "" is title and body. The first five are looked up in the index, the others among tags.
Column = Literal["", "title", "body", "source", "author", "org", "region", "topic", "law", "portal"]
INDEXED = ("", "title", "body", "source", "author")
TEXTS = ("", "title", "body")

WEIGHTS = "8.0, 1.0, 1.0, 1.0"  # of title, body, source, author
RANKED = 32  # words of a query that count for its order; all count for what is found


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to find: a folded text, in a column; where one of `words` stands as a word, it ranks higher."""

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
    """The articles that hold the query's words and pass the filter; the first 20 of them unless `limit` is set."""
    chosen = wanted or Filter()
    with telling(archive.path):
        plan = _plan(query, chosen, archive.conn)
        total = int(archive.conn.execute(f"SELECT count(*) {plan.sql}", plan.values).fetchone()[0])
        found = _page(archive.conn, plan, query, chosen)
        return Hits(total, tuple(_hit(archive.conn, row, query) for row in found))


def _plan(query: Query, wanted: Filter, conn: Connection) -> Condition:
    """FROM and WHERE of the answer."""
    match = " AND ".join(_any_indexed(group) for group in query.groups if _is_indexed(group))
    characters = " AND ".join(_any_character(group) for group in query.groups if _is_of_characters(group))
    others = [group for group in query.groups if not _is_indexed(group) and not _is_of_characters(group)]
    where = filters.all_of(
        [
            *conditions(wanted, conn),
            *([_holds_token(characters)] if characters else []),
            *(filters.any_of(_condition(term, conn) for term in group) for group in others),
            *(_negated(_condition(term, conn)) for term in query.excluded),
        ]
    )
    if not match:
        return Condition(f"FROM search_rows s WHERE {where.sql}", where.values)
    joined = "FROM article_search JOIN search_rows s ON s.doc = article_search.rowid"
    return Condition(f"{joined} WHERE article_search MATCH ? AND {where.sql}", (match, *where.values))


def _is_indexed(group: tuple[Term, ...]) -> bool:
    """Tell whether the index of pairs answers for the whole group, and so can rank it."""
    return all(term.column in INDEXED and not _is_character(term) for term in group)


def _is_of_characters(group: tuple[Term, ...]) -> bool:
    return all(_is_character(term) for term in group)


def _is_character(term: Term) -> bool:
    return len(term.text) == 1 and term.column in TEXTS


def _any_indexed(group: tuple[Term, ...]) -> str:
    return f"({' OR '.join(_match(term) for term in group)})"


def _any_character(group: tuple[Term, ...]) -> str:
    return f"({' OR '.join(_character(term) for term in group)})"


def _character(term: Term) -> str:
    return held(term.text, title=term.column != "body", body=term.column != "title")


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
            return _holds_token(_character(term)) if _is_character(term) else _holds(_match(term))


def _holds(match: str) -> Condition:
    return Condition("s.doc IN (SELECT rowid FROM article_search WHERE article_search MATCH ?)", (match,))


def _holds_token(match: str) -> Condition:
    return Condition("s.doc IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)", (match,))


def _negated(one: Condition) -> Condition:
    return replace(one, sql=f"NOT ({one.sql})")


def _page(conn: Connection, plan: Condition, query: Query, wanted: Filter) -> list[Row]:
    score = _score(query) if wanted.sort == "relevance" else UNRANKED
    direction = "ASC" if wanted.sort == "oldest" else "DESC"
    limit = 20 if wanted.limit is None else wanted.limit
    found: list[Row] = conn.execute(
        f"""
        SELECT s.article_id, {score.sql} AS score
        {plan.sql}
        ORDER BY score DESC, s.moment {direction}, s.doc {direction}
        LIMIT ? OFFSET ?
        """,
        (*score.values, *plan.values, limit, wanted.offset),
    ).fetchall()
    return found


UNRANKED = Condition("0.0")


def _score(query: Query) -> Condition:
    """BM25 over pairs of characters, up to tripled where the terms stand as words: 外劳 before any number of 户外劳动者.

    A lone character has no rank but for standing in a title.
    """
    terms = [term for group in query.groups for term in group if term.column in TEXTS]
    words = list(dict.fromkeys(token(word) for term in terms for word in term.words if len(word) > 1))
    characters = [held(term.text, title=True, body=False) for term in terms if _is_character(term)]
    as_words = [_holds_token(f'"{word}"') for word in words[:RANKED]]
    in_title = [_holds_token(character) for character in characters[:RANKED]]
    if any(_is_indexed(group) for group in query.groups):
        share = f"({_sum(as_words)}) * 2.0 / {len(as_words) or 1}"
        return Condition(f"-bm25(article_search, {WEIGHTS}) * (1 + {share})", _values(as_words))
    return Condition(f"0.0 + {_sum(in_title)}", _values(in_title))


def _sum(conditions: list[Condition]) -> str:
    return " + ".join(["0", *(f"({one.sql})" for one in conditions)])


def _values(conditions: list[Condition]) -> tuple[str | int, ...]:
    return tuple(value for one in conditions for value in one.values)


def _hit(conn: Connection, found: Row, query: Query) -> Hit:
    row = conn.execute(
        """
        SELECT a.id, a.url, ifnull(a.portal, '') AS portal, a.title, ifnull(a.source, '') AS source,
               ifnull(a.published, '') AS published, a.verdict, ifnull(a.story, '') AS story, a.first_seen, a.body,
               f.title AS title_fold, f.title_gaps, f.body AS body_fold, f.body_gaps
        FROM articles a
        JOIN search_rows s ON s.article_id = a.id
        JOIN folds f ON f.doc = s.doc
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
    everything: tuple[Verdict, ...] = get_args(Verdict)
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
