"""The fields of an article: candidates from markup and from lines, the winner of each, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from archive.article import Evidence, Precision
from pipelines.bylines import read_line
from pipelines.dates import CHINA, Dated, dates, read_date, written
from pipelines.labels import tokens
from pipelines.likeness import likeness
from pipelines.parts import Candidate, Field, Label, Line
from pipelines.people import is_body, is_generic, is_name, names
from pipelines.sources import chain, is_publication, tidy_source
from pipelines.titles import best, is_press, site_of
from pipelines.witnesses import STORY, addressed, witnesses

__all__ = ["Fields", "choose", "read_line"]

BELIEVED = ("line", "tail", "cell", "css:", "xpath:")
SELECTED = (
    "css:",
    "xpath:",
    "meta:",
    "id:",
    "piece:",
)  # may hold a whole line: 2026-11-13 来源：示例报 编辑：某某
BY_MACHINE = ("meta:", "json-ld:", "script:", "time")
LABELLED = 50.0  # a source behind a label, or in markup; a dateline says less
CONTRADICTION = timedelta(days=3)
AHEAD = timedelta(days=2)  # a date further ahead of the fetch than this is no publication
PRECISIONS: tuple[Precision, ...] = ("year", "month", "day", "minute", "second")
# Times at which a page was made or changed, not published (Hanweb's Maketime, ZCMS's comment).
RENDERED = (
    "maketime",
    "lastmodified",
    "modified",
    "updated",
    "generator",
    "comment:publishdate",
    "script:visit",
)
OLD_COPY = timedelta(
    days=300
)  # a page whose newest date is older than this was saved long before it was read
FARMED: frozenset[Label] = frozenset({"wrapper", "echo"})


@dataclass(frozen=True, slots=True)
class Fields:
    """What is known of an article besides its body; evidence holds a winner and its losers a field.

    `authors` are all who sign, `correspondents` those of them who sign as 通讯员.
    """

    title: str = ""
    subtitle: str = ""
    kicker: str = ""
    authors: tuple[str, ...] = ()
    correspondents: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str = ""
    source_url: str = ""
    published: str = ""
    precision: Precision | None = None
    channel: str = ""
    doubts: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One field decided: its values, why, and what remains doubtful."""

    values: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    doubts: tuple[str, ...] = ()
    precision: Precision | None = None

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


def choose(  # noqa: PLR0913 — the joint's signature; all but the first are keywords
    candidates: Sequence[Candidate],
    *,
    lines: Sequence[Line] = (),
    labels: Sequence[Label] = (),
    url: str = "",
    url_date: tuple[str, str] | None = None,
    fetched: datetime | None = None,
    default_source: str = "",
) -> Fields:
    """The fields of a page from its markup's candidates and its labelled lines.

    `url_date` is (ISO 8601, precision) as the portal's pattern read it from the address, or None.
    """
    told = [line.text for line, label in zip(lines, labels, strict=True) if label in STORY]
    every = [
        *(one for each in candidates for one in unpacked(each)),
        *witnesses(lines, labels, [each.value for each in candidates if each.field == "title"]),
        *addressed(url_date, url, lines, labels),
        *sited(candidates),
    ]
    farmed = "\n".join(line.text[-300:] for line, label in zip(lines, labels, strict=True) if label in FARMED)
    title = titled(every, body="\n".join(told), site=default_source, farmed=farmed)
    published = dated(every, visited(every, lines, fetched))
    source = sourced(every, default_source)
    editors = edited(every)
    authors, correspondents = signed(every, editors.values)
    channel, subtitle, kicker = (plain(every, field) for field in ("channel", "subtitle", "kicker"))
    parts = (title, published, source, authors, correspondents, editors, channel, subtitle, kicker)
    return Fields(
        title=title.value,
        subtitle=subtitle.value,
        kicker=kicker.value,
        authors=authors.values,
        correspondents=correspondents.values,
        editors=editors.values,
        source=source.value,
        source_url=plain(every, "source_url").value,
        published=published.value,
        precision=published.precision,
        channel=channel.value,
        doubts=tuple(doubt for part in parts for doubt in part.doubts),
        evidence=tuple(each for part in parts for each in part.evidence),
    )


def ranked(candidates: Iterable[Candidate], field: Field) -> list[Candidate]:
    """The candidates of a field, the heaviest first; equal weights keep their order."""
    return sorted((each for each in candidates if each.field == field), key=lambda each: -each.weight)


def evidence(
    field: Field, value: str, winner: Candidate, losers: Iterable[Candidate]
) -> tuple[Evidence, ...]:
    lost = tuple(dict.fromkeys((each.rule, each.value[:80]) for each in losers if each.value != winner.value))
    return (Evidence(field, value, winner.rule, winner.place, lost[:8]),)


def unpacked(candidate: Candidate) -> tuple[Candidate, ...]:
    """A value that a selector took with its whole line, read as that line; other values as they are."""
    if candidate.rule == SITE_META:
        return (candidate,) if is_press(candidate.value) else ()
    wanted = candidate.field in ("source", "author", "editor", "correspondent")
    if not wanted or not candidate.rule.startswith(SELECTED):
        return (candidate,)
    marks = tokens(likeness(candidate.value[:200]))
    if not any(mark.kind != "gap" for mark in marks):
        return (candidate,)
    said = [each for each in read_line(candidate.value) if each.field == candidate.field]
    return tuple(replace(candidate, value=each.value) for each in said)


REPORTERS = "line:reporter of"  # whose reporter signs; two papers' reporters name no source
SITE_META, SITE_TITLE = "meta:og:site_name", "title:site"
BY_SITE = (SITE_META, SITE_TITLE)
SITE = 5.0  # below everything that a page says of its text, above og:site_name


def sited(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The newspaper that a page's <title> ends with: the last resort, and never a portal that carries others' texts."""
    found = [site_of(each.value) for each in candidates if each.field == "title" and each.rule == "title"]
    return tuple(Candidate("source", name, SITE_TITLE, SITE) for name in found if name)


def unsited(fields: Fields) -> Fields:
    """The fields of a copy: the site that carries it is not where it comes from."""
    kept = tuple(each for each in fields.evidence if each.field != "source" or each.rule not in BY_SITE)
    return replace(fields, source="", evidence=kept) if kept != fields.evidence else fields


def visited(
    candidates: Sequence[Candidate], lines: Sequence[Line], fetched: datetime | None
) -> datetime | None:
    """When the page was really seen, for dates that count from the visit: a saved copy tells it by its newest date."""
    if fetched is None or any(has_day(each, fetched) for each in candidates if each.field == "published"):
        return fetched
    told = [each.value for each in candidates if each.rule.startswith("script:visit")]
    days = [found for text in told if (found := read_date(text)) and found.day]
    days += [
        found for line in lines if len(line.text) <= 160 for found in dates(line.text) if not found.today
    ]
    moments = [
        datetime.fromisoformat(found.day).replace(hour=23, tzinfo=CHINA) for found in days if found.day
    ]
    newest = max((moment for moment in moments if moment <= fetched + AHEAD), default=None)
    return newest if newest and fetched - newest > OLD_COPY else fetched


def has_day(candidate: Candidate, fetched: datetime) -> bool:
    """Whether a candidate says its day without counting from the visit."""
    found = believable(candidate, fetched)
    return bool(found and found.day and read_date(candidate.value))


def titled(candidates: Sequence[Candidate], *, body: str, site: str, farmed: str) -> Choice:
    found = best([each for each in candidates if each.field == "title"], body=body, site=site, farmed=farmed)
    if not found:
        return Choice(doubts=("no title was found",))
    why = Evidence("title", found.title, found.rule, found.place, found.lost)
    return Choice((found.title,), (why,), found.doubts)


def dated(candidates: Sequence[Candidate], fetched: datetime | None) -> Choice:
    """The heaviest date that can be one of publication, as precise as any rule of the same day says it."""
    read = [(each, found) for each in ranked(candidates, "published") if (found := believable(each, fetched))]
    if not read:
        return Choice(doubts=("no date was found",))
    winner, first = next(((each, found) for each, found in read if found.day), read[0])
    chosen = first
    for _, found in read:  # the heaviest rule of the same day that says more
        if agrees(found, chosen) and PRECISIONS.index(found.precision) > PRECISIONS.index(chosen.precision):
            chosen = found
    why = evidence("published", chosen.iso, winner, (each for each, _ in read))
    doubts = contradictions(first, winner, read)
    if winner.rule == "line:recent":
        doubts = (
            *doubts,
            f"the page dates itself by the visit only ({winner.value}); {chosen.iso} is reckoned",
        )
    return Choice((chosen.iso,), why, doubts, chosen.precision)


def agrees(finer: Dated, coarse: Dated) -> bool:
    """Whether a date says the same as another and more: 07:13:01 more than 07:13, but not more than 08:00."""
    return finer.iso.startswith(coarse.iso.split("+")[0])


def believable(candidate: Candidate, fetched: datetime | None) -> Dated | None:
    """The date of a candidate; none for render times, for today's date, or for days ahead of the fetch."""
    if any(word in candidate.rule.lower() for word in RENDERED):
        return None
    found = read_date(candidate.value, fetched=fetched)
    if found is None or found.today:
        return None
    if candidate.rule.startswith(BY_MACHINE):
        found = in_china(found)
    if fetched and found.day and date.fromisoformat(found.day) > (fetched.astimezone(CHINA) + AHEAD).date():
        return None
    return found


def in_china(found: Dated) -> Dated:
    """A machine's universal time as readers' clocks showed it; midnight there is a day without an hour."""
    if not found.iso.endswith("+00:00"):
        return found
    moment = datetime.fromisoformat(found.iso)
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return replace(found, iso=found.day, precision="day")
    return replace(found, iso=written(moment.astimezone(CHINA), found.precision))


def contradictions(
    first: Dated, winner: Candidate, read: Sequence[tuple[Candidate, Dated]]
) -> tuple[str, ...]:
    """What other trusted rules say that is more than three days away."""
    if not first.day:
        return ()
    day = date.fromisoformat(first.day)
    return tuple(
        f"the date {first.iso} ({winner.rule}) is contradicted by {other.iso} ({each.rule})"
        for each, other in read
        if other.day and each.weight >= 50 and abs(date.fromisoformat(other.day) - day) > CONTRADICTION
    )[:2]


def sourced(candidates: Sequence[Candidate], default: str) -> Choice:
    read = [(each, tidied) for each in ranked(candidates, "source") if (tidied := tidy_source(each.value))]
    papers = {value for each, value in read if each.rule == REPORTERS}
    read = [(each, value) for each, value in read if each.rule != REPORTERS or len(papers) == 1]
    if read:
        winner, value = next(
            ((c, told) for c, told in read if c.weight >= LABELLED and tells_more(told, read[0][1])), read[0]
        )
        return Choice((value,), evidence("source", value, winner, (each for each, _ in read)))
    if default:
        return Choice((default,), (Evidence("source", default, "portal"),))
    return Choice()


def tells_more(source: str, other: str) -> bool:
    """Whether a source names the other one and its carrier: 人民网－人民日报 more than 人民日报."""
    return len(chain(source)) > 1 and len(source) > len(other) and other in chain(source)


def people(candidate: Candidate) -> tuple[str, ...]:
    """The names of a candidate. Metas often hold staff numbers, accounts or the site: there only real names count."""
    found = tuple(
        name for name in names(candidate.value) if not is_generic(name) and not is_publication(name)
    )
    if not candidate.rule.startswith(BELIEVED):
        return tuple(name for name in found if is_name(name))
    return tuple(name for name in found if not is_body(name))


def signed(candidates: Sequence[Candidate], editors: Sequence[str] = ()) -> tuple[Choice, Choice]:
    """Authors and correspondents: those who sign at the place that is believed most, all of them.

    Whom the page prints as its editor and only a meta calls the author is the editor.
    """
    read = [(each, found) for each in ranked(candidates, "author") if (found := people(each))]
    read = [(each, found) for each, found in read if not is_editor(each, found, editors)]
    helped = [(each, found) for each in ranked(candidates, "correspondent") if (found := people(each))]
    if not read and not helped:
        return Choice(), Choice()
    winner = (read or helped)[0][0]
    together = [found for each, found in read if same_place(each, winner)]
    beside = [found for each, found in helped if same_place(each, winner) or each.place] if helped else []
    corresponding = tuple(dict.fromkeys(name for found in beside[:1] for name in found))
    authors = tuple(dict.fromkeys([*(name for found in together for name in found), *corresponding]))
    why = evidence("author", "、".join(authors), winner, (each for each, _ in read))
    also = evidence("correspondent", "、".join(corresponding), helped[0][0], ()) if corresponding else ()
    return Choice(authors, why), Choice(corresponding, also)


def is_editor(each: Candidate, found: Sequence[str], editors: Sequence[str]) -> bool:
    return each.rule.startswith(BY_MACHINE) and set(found) <= set(editors)


def same_place(each: Candidate, winner: Candidate) -> bool:
    return each is winner or (
        each.place == winner.place and each.rule.startswith("line") and bool(each.place)
    )


def edited(candidates: Sequence[Candidate]) -> Choice:
    """Who is named as editor; an account that is no person stays, as the page says it, and is doubted."""
    read = [(each, found) for each in ranked(candidates, "editor") if (found := names(each.value))]
    if not read:
        return Choice()
    winner, found = read[0]
    generic = tuple(f"the editor is an account, not a person: {name}" for name in found if is_generic(name))
    return Choice(found, evidence("editor", "、".join(found), winner, (each for each, _ in read)), generic)


def plain(candidates: Sequence[Candidate], field: Field) -> Choice:
    read = [each for each in ranked(candidates, field) if each.value.strip(DASHES)]
    if not read:
        return Choice()
    value = read[0].value.strip(DASHES)
    return Choice((value,), evidence(field, value, read[0], read))


DASHES = " \u3000—–-"  # print opens a subtitle with a dash
