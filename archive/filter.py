"""Which articles are asked for besides their words: days, portals, tags, verdicts, order."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from sqlite3 import Connection
from typing import Literal

from archive.article import Verdict

Sort = Literal["relevance", "newest", "oldest"]
QUOTABLE: tuple[Verdict, ...] = ("clean",)


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty means: no condition; several values of one condition are alternatives.

    `since` and `until` are days in Shanghai, both included; an article known only by its month is in a range that
    holds the whole month. `seen_since` and `seen_until` bound the moment of first storing (ISO 8601, UTC, the second
    excluded). A topic takes its subtopics ("rights" finds rights.wages); a region is a division code or a name and
    takes the places inside it. `verdicts` left empty finds what may be quoted: "clean" only. Names are simplified, as
    tags are. `limit` left out is 20 for `search` and none for `Archive.articles`.
    """

    since: date | None = None
    until: date | None = None
    portals: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    seen_since: str = ""
    seen_until: str = ""
    sort: Sort = "relevance"
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of a WHERE clause over `search_rows s`, and its parameters."""

    sql: str
    values: tuple[str | int, ...] = ()


# The short names of the provinces: "海南" means the province, never 海南藏族自治州 in 青海.
PROVINCES = frozenset(
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 重庆 四川 贵州 "
    "云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾".split()
)
# What a place name may carry behind the name that people say.
DIVISION = re.compile(
    r"(?:[省市县区旗盟]|地区|林区|特区|特别行政区|新疆生产建设兵团|(?:[\u4e00-\u9fff]{1,14}族|维吾尔)?自治[区州县旗])?"
)


def conditions(wanted: Filter, conn: Connection) -> list[Condition]:
    """The conditions of a filter, at least one."""
    return [
        _one_of("s.verdict", wanted.verdicts or QUOTABLE),
        *_days(wanted),
        *([_one_of("s.portal", wanted.portals)] if wanted.portals else []),
        *([any_of(topic(value) for value in wanted.topics)] if wanted.topics else []),
        *([any_of(region(value, conn) for value in wanted.regions)] if wanted.regions else []),
        *(
            [any_of(named("organisation", value, conn) for value in wanted.organisations)]
            if wanted.organisations
            else []
        ),
    ]


def _days(wanted: Filter) -> list[Condition]:
    bounds = (
        ("s.day >= ?", wanted.since and wanted.since.isoformat()),
        ("s.day_end <= ? AND s.day <> ''", wanted.until and wanted.until.isoformat()),
        ("s.first_seen >= ?", wanted.seen_since),
        ("s.first_seen < ?", wanted.seen_until),
    )
    return [Condition(sql, (value,)) for sql, value in bounds if value]


def _one_of(column: str, values: Iterable[str]) -> Condition:
    sql = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608 — the column is our own
    return Condition(sql, (json.dumps(list(values)),))


def any_of(alternatives: Iterable[Condition]) -> Condition:
    """One condition that holds when one of the alternatives does."""
    return _joined("OR", list(alternatives))


def all_of(conditions: Iterable[Condition]) -> Condition:
    """One condition that holds when all of them do."""
    return _joined("AND", list(conditions))


def _joined(word: str, conditions: list[Condition]) -> Condition:
    """Halved and halved again: SQLite refuses an expression a thousand levels deep."""
    if len(conditions) == 1:
        return conditions[0]
    middle = len(conditions) // 2
    left, right = _joined(word, conditions[:middle]), _joined(word, conditions[middle:])
    return Condition(f"({left.sql} {word} {right.sql})", left.values + right.values)


def portal(name: str) -> Condition:
    return Condition("s.portal = ?", (name,))


def topic(name: str) -> Condition:
    """The topic and its subtopics: "rights" holds rights.wages, not rightsizing."""
    sql = """
        s.article_id IN (
            SELECT article_id
            FROM article_tags
            WHERE kind = 'topic' AND (value = ? OR value >= ? AND value < ?)
        )"""
    return Condition(sql, (name, f"{name}.", f"{name}/"))  # "/" follows "." in Unicode


def region(asked: str, conn: Connection) -> Condition:
    """The place and the places inside it, by code ("320900", "CN") or by name ("盐城", "北京市/朝阳区")."""
    if re.fullmatch(r"\d{6}", asked):
        prefix = re.sub(r"(?:00){1,2}$", "", asked)
        return _tagged("region", _values(conn, "region", lambda code, _: code.startswith(prefix)))
    return _tagged(
        "region", _values(conn, "region", lambda code, path: code == asked or lies_in(path, asked))
    )


def lies_in(path: str, asked: str) -> bool:
    """Tell whether the place with this path is the place asked for, or inside it.

    >>> lies_in("江苏省/盐城市/建湖县", "盐城"), lies_in("北京市/朝阳区", "北京/朝阳")
    (True, True)
    >>> lies_in("青海省/海南藏族自治州", "海南"), lies_in("吉林省/延边朝鲜族自治州", "延边")
    (False, True)
    """
    steps, names = path.split("/"), asked.split("/")
    starts = range(1 if names[0] in PROVINCES else len(steps) - len(names) + 1)
    return any(_same_places(steps[start : start + len(names)], names) for start in starts)


def _same_places(steps: list[str], names: list[str]) -> bool:
    return len(steps) == len(names) and all(map(_is_named, steps, names))


def _is_named(place: str, name: str) -> bool:
    return bool(name) and place.startswith(name) and DIVISION.fullmatch(place[len(name) :]) is not None


def named(kind: str, part: str, conn: Connection) -> Condition:
    """The articles with a tag of this kind whose name holds `part`."""
    return _tagged(kind, _values(conn, kind, lambda value, label: part in value or part in label))


def _tagged(kind: str, values: list[str]) -> Condition:
    sql = """
        s.article_id IN (
            SELECT article_id
            FROM article_tags
            WHERE kind = ? AND value IN (SELECT value FROM json_each(?))
        )"""
    return Condition(sql, (kind, json.dumps(values, ensure_ascii=False)))


def _values(conn: Connection, kind: str, wanted: Callable[[str, str], bool]) -> list[str]:
    rows = conn.execute("SELECT DISTINCT value, label FROM article_tags WHERE kind = ?", (kind,))
    return [value for value, label in rows if wanted(value, label)]
