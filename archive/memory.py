"""What the archive has seen of each portal: lines that stand on many pages, and the layouts of its templates.

Whatever changes how a page is read carries the moment from which it counts and is never rewritten: `recall` for the
moment when a page was fetched gives what was known then, however often and however late it is asked.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from sqlite3 import Connection, Row

from archive import rows
from archive.article import Article
from archive.lesson import Layout, Lesson, Memory, Shown

WINDOW = 60  # the last articles of a family, of which a share is counted
MOST_LINES = 2000  # of a family, the newest: 16 kB on the way to a worker
AGREEING = 3  # pages that found the story at one place propose a layout …
VERIFYING = 5  # … that many further pages must confirm it …
FAILING = 3  # … and that many failures in a row retire it
SAMPLE = 200  # characters of a line that are kept for people


@dataclass(frozen=True, slots=True)
class Family:
    """The pages of one template: all that one pattern of a portal matches, or one folder of a site without patterns."""

    portal: str
    name: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line known to stand on many pages, how many stories had shown it, and since when it counts (UTC)."""

    family: str
    zone: str
    text: str
    stories: int
    since: str


@dataclass(frozen=True, slots=True)
class Template:
    """A learned layout as a person looks at it: moments (UTC) are "" for what has not happened."""

    family: str
    layout: Layout
    proposed: str
    verified: str
    retired: str
    held: int
    failed: int
    failing: int

    @property
    def status(self) -> str:
        return "retired" if self.retired else "in use" if self.verified else "proposed"


def now() -> str:
    """To the microsecond: a page fetched after this moment is read with what was learned before it."""
    return moment(datetime.now(UTC))


def moment(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def recall(conn: Connection, family: Family, before: datetime) -> Memory:
    """What was known of a family of pages before a moment."""
    asked = {"portal": family.portal, "family": family.name, "before": moment(before), "most": MOST_LINES}
    lines: dict[str, set[int]] = defaultdict(set)
    for row in conn.execute(
        """
        SELECT zone, line
        FROM furniture
        WHERE portal = :portal AND family = :family AND since < :before
        ORDER BY since DESC, zone, line
        LIMIT :most
        """,
        asked,
    ):
        lines[row["zone"]].add(row["line"])
    standing = conn.execute(
        """
        SELECT body, title, date, verified <> '' AND verified < :before AS in_force
        FROM layouts
        WHERE portal = :portal AND family = :family AND proposed < :before AND (retired = '' OR retired >= :before)
        ORDER BY proposed DESC
        LIMIT 1
        """,
        asked,
    ).fetchone()
    layout = Layout(standing["body"], standing["title"], standing["date"]) if standing else None
    in_force = standing is not None and bool(standing["in_force"])
    return Memory(
        frozenset(lines["apart"]),
        frozenset(lines["head"]),
        frozenset(lines["tail"]),
        layout=layout if in_force else None,
        proposed=None if in_force else layout,
    )


def learn(conn: Connection, article: Article) -> None:
    """Take in what a new article's page teaches; call it inside the transaction that stores the article."""
    lesson = article.lesson
    if lesson is None or not article.portal:
        return
    family = Family(article.portal, lesson.family)
    _keep(conn, family, article.id, lesson)
    window = _window(conn, family)
    for shown, stories in _standing(lesson.shown, window):
        _know(conn, family, shown, stories)
    if lesson.trial:
        _try(conn, family, lesson)
    elif lesson.seen is not None:
        _propose(conn, family, lesson.seen.body, window)


def _keep(conn: Connection, family: Family, article_id: str, lesson: Lesson) -> None:
    """Add the lesson to the family's last ones, and let the oldest go."""
    lines = sorted({(shown.line, shown.zone) for shown in lesson.shown})
    seen = astuple(lesson.seen) if lesson.seen else None
    conn.execute(
        """
        INSERT OR IGNORE INTO lessons (portal, family, article_id, taken, text, lines, seen)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        (family.portal, family.name, article_id, now(), lesson.text, json.dumps(lines), rows.to_json(seen)),
    )
    conn.execute(
        """
        DELETE FROM lessons
        WHERE portal = :portal AND family = :family AND lesson <= (
            SELECT lesson
            FROM lessons
            WHERE portal = :portal AND family = :family
            ORDER BY lesson DESC
            LIMIT 1 OFFSET :window
        )
        """,
        {"portal": family.portal, "family": family.name, "window": WINDOW},
    )


def _window(conn: Connection, family: Family) -> list[Row]:
    """The family's last lessons, oldest first, each with the story its article belongs to."""
    found: list[Row] = conn.execute(
        """
        SELECT l.text, l.lines, l.seen, l.taken, ifnull(a.story, a.id) AS story
        FROM lessons l
        JOIN articles a ON a.id = l.article_id
        WHERE l.portal = ? AND l.family = ?
        ORDER BY l.lesson
        """,
        (family.portal, family.name),
    ).fetchall()
    return found


def _standing(shown: Iterable[Shown], window: list[Row]) -> list[tuple[Shown, int]]:
    """The lines that enough of the last different stories show, each with the number of those stories.

    A story is told by the archive's kinship and by its words: what is reprinted under two addresses counts once.
    """
    stories: dict[tuple[int, str], set[str]] = defaultdict(set)
    texts: dict[tuple[int, str], set[str]] = defaultdict(set)
    for row in window:
        for line, zone in json.loads(row["lines"]):
            stories[line, zone].add(row["story"])
            texts[line, zone].add(row["text"])
    different = min(len({row["story"] for row in window}), len({row["text"] for row in window}))
    counted = [
        (each, min(len(stories[each.line, each.zone]), len(texts[each.line, each.zone]))) for each in shown
    ]
    return [(each, count) for each, count in counted if count >= max(each.least, each.share * different)]


def _know(conn: Connection, family: Family, shown: Shown, stories: int) -> None:
    conn.execute(
        """
        INSERT INTO furniture (portal, family, zone, line, text, stories, since)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (portal, family, zone, line) DO NOTHING
        """,
        (
            family.portal,
            family.name,
            shown.zone,
            shown.line,
            rows.storable(shown.text[:SAMPLE]),
            stories,
            now(),
        ),
    )


def _try(conn: Connection, family: Family, lesson: Lesson) -> None:
    """Count how the standing layout did, then verify it or retire it."""
    held = lesson.trial == "held"
    conn.execute(
        """
        UPDATE layouts
        SET held = held + :held,
            failed = failed + NOT :held,
            failing = iif(:held, 0, failing + 1),
            title = iif(:held AND :no_title AND verified = '', '', title),
            date = iif(:held AND :no_date AND verified = '', '', date),
            verified = iif(verified = '' AND held + :held >= :verifying, :now, verified),
            retired = iif(NOT :held AND failing + 1 >= :failing, :now, '')
        WHERE portal = :portal AND family = :family AND retired = ''
        """,
        {
            "held": held,
            "no_title": "title" in lesson.lost,
            "no_date": "date" in lesson.lost,
            "verifying": VERIFYING,
            "failing": FAILING,
            "now": now(),
            "portal": family.portal,
            "family": family.name,
        },
    )


def _propose(conn: Connection, family: Family, body: str, window: list[Row]) -> None:
    """Propose a layout where none stands and enough pages since the last one found the story at this place."""
    (standing, last) = conn.execute(
        "SELECT count(*) FILTER (WHERE retired = ''), max(retired) FROM layouts WHERE portal = ? AND family = ?",
        (family.portal, family.name),
    ).fetchone()
    seen = [json.loads(row["seen"]) for row in window if not last or row["taken"] > last]
    agreeing = [Layout(*places) for places in seen if places and places[0] == body][-AGREEING:]
    if standing or len(agreeing) < AGREEING:
        return
    conn.execute(
        """
        INSERT INTO layouts (portal, family, body, title, date, proposed, verified, retired, held, failed, failing)
        VALUES (?, ?, ?, ?, ?, ?, '', '', 0, 0, 0)
        """,
        (
            family.portal,
            family.name,
            body,
            _common(each.title for each in agreeing),
            _common(each.date for each in agreeing),
            now(),
        ),
    )


def _common(places: Iterable[str]) -> str:
    """The place that all pages name, "" where they differ."""
    found = Counter(places)
    return next(iter(found)) if len(found) == 1 else ""


def furniture(conn: Connection, portal: str) -> tuple[Furniture, ...]:
    """The lines known to stand on many pages of a portal, in the order of learning."""
    found = conn.execute(
        "SELECT family, zone, text, stories, since FROM furniture WHERE portal = ? ORDER BY since, zone, line",
        (portal,),
    )
    return tuple(Furniture(**row) for row in found)


def templates(conn: Connection, portal: str) -> tuple[Template, ...]:
    """Every layout that was ever proposed for a portal, in that order."""
    found = conn.execute("SELECT * FROM layouts WHERE portal = ? ORDER BY proposed", (portal,))
    return tuple(
        Template(
            family=row["family"],
            layout=Layout(row["body"], row["title"], row["date"]),
            **{key: row[key] for key in ("proposed", "verified", "retired", "held", "failed", "failing")},
        )
        for row in found
    )
