"""How a sample site looks on the wire: its articles, lists, feeds and maps as bytes with headers."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from math import ceil
from pathlib import Path, PurePosixPath
from string import Template
from typing import Any
from urllib.parse import urlsplit

from seeds.sample.reports import HERE, Copy, Report, body

SITES = HERE / "sites"
HTML = "text/html"
# Every page says in its footer that it is made up; a crawler must see that line and leave it out.
FICTION = "版权所有：工闻样本站点（内容虚构，仅供软件演示）"
STAMPS = (
    ("day", "%Y-%m-%d"),
    ("month", "%m-%d"),
    ("minute", "%Y-%m-%d %H:%M"),
    ("second", "%Y-%m-%d %H:%M:%S"),
    ("hhmm", "%H:%M"),
    ("chinese", "%Y年%m月%d日"),
    ("iso", "%Y-%m-%dT%H:%M:%S+08:00"),
    ("rfc822", "%a, %d %b %Y %H:%M:%S +0800"),
)


@dataclass(frozen=True, slots=True)
class Resource:
    """What the server answers for one path: `location` makes it a redirect."""

    body: bytes = b""
    type: str = HTML
    status: int = 200
    location: str = ""
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One sample site as its site.toml describes it.

    `charset` is how the bytes are written; what the header declares is `type`, and it may be wrong, as in life.
    """

    name: str
    title: str
    charset: str = "utf-8"
    type: str = HTML
    etag: bool = True
    modified: bool = True
    gzip: bool = True
    time: str = "%Y-%m-%d %H:%M"
    paragraph: str = "<p>　　$text</p>"
    heading: str = "<p>　　<strong>$text</strong></p>"
    parts: tuple[tuple[str, str], ...] = ()
    lists: tuple[Mapping[str, Any], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    soft_404: str = ""  # paths under it that do not exist get the page soft-404.html with status 200

    @property
    def folder(self) -> Path:
        return SITES / self.name


def all_sites() -> tuple[Site, ...]:
    """Every sample site, in the order of their names."""
    return tuple(_read(path) for path in sorted(SITES.glob("*/site.toml")))


def resources(site: Site, reports: Sequence[Report], origin: str) -> dict[str, Resource]:
    """Everything that the site answers, by path with its query."""
    here = [(report, copy) for report in reports for copy in report.copies if copy.site == site.name]
    here.sort(key=lambda pair: (pair[1].date, pair[1].path), reverse=True)
    found: dict[str, Resource] = {}
    for report, copy in here:
        found |= _article(site, report, copy, origin, here)
    for listing in site.lists:
        found |= _listing(site, listing, here, origin)
    for row in site.files:
        found[row["path"]] = _file(site, row, origin)
    if site.soft_404:
        found["soft-404"] = _file(site, {"template": "soft-404.html"}, origin)
    for old, new in site.redirects:
        found[old] = Resource(status=301, location=new)
    return found


def _read(path: Path) -> Site:
    row = tomllib.loads(path.read_text(encoding="utf-8"))
    row["parts"] = tuple(row.get("parts", {}).items())
    row["redirects"] = tuple(row.get("redirects", {}).items())
    row["lists"], row["files"] = tuple(row.pop("list", ())), tuple(row.pop("file", ()))
    return Site(name=path.parent.name, **row)


def _fill(template: str, values: Mapping[str, str]) -> str:
    """Scripts and comments of real pages hold dollars that are not ours; they stay."""
    return Template(template).safe_substitute(values)


def _template(site: Site, name: str) -> str:
    return (site.folder / name).read_text(encoding="utf-8")


def _values(site: Site, report: Report, copy: Copy, origin: str) -> dict[str, str]:
    """What a template may name: each field as $field in the site's markup and as $plain_field, the hours, the address."""
    texts = _texts(site, report, copy)
    parts = dict(site.parts)
    shown = {
        name: _fill(parts[name], {name: text}) if text and name in parts else text
        for name, text in texts.items()
    }
    address = PurePosixPath(copy.path)
    places = {
        "origin": origin,
        "host": urlsplit(origin).netloc,
        "path": copy.path,
        "tail": "/" + copy.path.split("/", 2)[-1],
    }
    names = {"id": address.stem, "file": address.name, "site": site.title, "fiction": FICTION}
    plain = {f"plain_{name}": text for name, text in texts.items()}
    return shown | plain | {name: copy.date.strftime(shape) for name, shape in STAMPS} | places | names


def _texts(site: Site, report: Report, copy: Copy) -> dict[str, str]:
    texts = {
        "title": copy.title or report.title,
        "kicker": report.kicker,
        "subtitle": report.subtitle,
        "standfirst": report.standfirst,
        "keywords": report.keywords,
        "byline": report.byline if copy.byline is None else copy.byline,
        "source": copy.source,
        "editor": copy.editor,
        "channel": copy.channel,
        "date": copy.date.strftime(site.time),
    }
    return {name: escape(text, quote=False) for name, text in texts.items()}


def _article(
    site: Site, report: Report, copy: Copy, origin: str, here: Iterable[tuple[Report, Copy]]
) -> dict[str, Resource]:
    template = _template(site, copy.template)
    values = _values(site, report, copy, origin) | _lines(report.lines) | _related(site, copy, here, origin)
    values["attachments_html"] = _attachments(site, report)
    texts = body(report, copy)
    each = ceil(len(texts) / copy.parts)
    pages = {}
    for part in range(copy.parts):
        values["body"] = "\n".join(_block(site, text) for text in texts[part * each : (part + 1) * each])
        values["pages"] = _pages(copy, part + 1)
        page = Resource(_fill(template, values).encode(site.charset), site.type, modified=copy.date)
        pages[_part(copy.path, part + 1)] = page
    return pages


def _attachments(site: Site, report: Report) -> str:
    if not report.attachments:
        return ""
    item = '<li><a href="/upload/{n}.docx">附件{n}：{name}</a></li>'
    items = (item.format(n=n, name=escape(name)) for n, name in enumerate(report.attachments, 1))
    return _fill(dict(site.parts)["attachments"], {"attachments": "".join(items)})


def _block(site: Site, text: str) -> str:
    if text.startswith("## "):
        return _fill(site.heading, {"text": escape(text.removeprefix("## "), quote=False)})
    return _fill(site.paragraph, {"text": escape(text, quote=False)})


def _part(path: str, number: int) -> str:
    """The address of a page of a long story: 14….shtml, 14…_2.shtml."""
    stem, dot, suffix = path.rpartition(".")
    return path if number == 1 else f"{stem}_{number}{dot}{suffix}"


def _pages(copy: Copy, current: int) -> str:
    if copy.parts == 1:
        return ""
    links = "".join(
        f'<a href="{_part(copy.path, number)}">{number}</a> ' for number in range(1, copy.parts + 1)
    )
    hidden = f'<input type="hidden" name="__totalpage" value="{copy.parts}">'
    return f'<div><p>{hidden}<span class="cur">{current}</span> {links} 共{copy.parts}页</p></div>'


def _lines(lines: Sequence[str]) -> dict[str, str]:
    """A seed document's lines as $l0, $l1 …; $links29 is line 29 as the link tail that an intruder wrote."""
    texts = {f"l{n}": escape(line, quote=False) for n, line in enumerate(lines)}
    links = {f"links{n}": "| ".join(_links(line)) for n, line in enumerate(lines) if "| " in line}
    return texts | links


def _links(line: str) -> list[str]:
    words = escape(line, quote=False).split("| ")
    head, colon, first = words[0].rpartition(": ")
    rest = [
        f'<a href="http://spam.example/{n}.html" target="_blank">{word}</a>'
        for n, word in enumerate(words[1:])
    ]
    return [f'{head}{colon}<a href="http://spam.example/first.html">{first}</a>', *rest]


def _related(site: Site, copy: Copy, here: Iterable[tuple[Report, Copy]], origin: str) -> dict[str, str]:
    others = [pair for pair in here if pair[1].path != copy.path][:5]
    item = '<li><a href="$path">$plain_title</a></li>'
    return {"related": "\n".join(_fill(item, _values(site, *pair, origin)) for pair in others)}


def _listing(
    site: Site, listing: Mapping[str, Any], here: Sequence[tuple[Report, Copy]], origin: str
) -> dict[str, Resource]:
    """The pages of one list, each with a link to the next where the site gives one."""
    rows = [pair for pair in here if listing["channel"] in ("*", pair[1].channel)]
    size = listing.get("size", len(rows) or 1)
    paths = _list_paths(listing, max(1, ceil(len(rows) / size)))
    template = _template(site, listing.get("template", "list.html"))
    newest = rows[0][1].date if rows else None
    constant = {"channel": listing["channel"], "total": str(len(paths)), "origin": origin, "fiction": FICTION}
    constant |= listing.get("values", {})
    pages = {}
    for at, (path, following) in enumerate(zip(paths, (*paths[1:], ""), strict=True)):
        items = (_item(site, listing, *pair, origin) for pair in rows[at * size : (at + 1) * size])
        pager = _fill(listing.get("pager", ""), {"next": following}) if following else ""
        values = constant | {"items": "\n".join(items), "pager": pager, "at": str(at)}
        body = _fill(template, values).encode(site.charset)
        pages[path] = Resource(body, listing.get("type", site.type), modified=newest)
    return pages


def _list_paths(listing: Mapping[str, Any], total: int) -> list[str]:
    """The addresses of a list's pages: `next` names the further ones by $n, counted up from `first`, or down to 1."""
    first = listing.get("first", 2)
    numbers = range(total - 1, 0, -1) if listing.get("countdown") else range(first, first + total - 1)
    return [listing["path"], *(_fill(listing["next"], {"n": str(n)}) for n in numbers)]


def _item(site: Site, listing: Mapping[str, Any], report: Report, copy: Copy, origin: str) -> str:
    values = _values(site, report, copy, origin)
    return _fill(listing["item"], values | {"path": copy.linked or copy.path})


def _file(site: Site, row: Mapping[str, Any], origin: str) -> Resource:
    values = {"origin": origin, "site": site.title, "fiction": FICTION}
    content = _fill(_template(site, row["template"]), values).encode(site.charset)
    day = datetime(2026, 10, 1, tzinfo=UTC)
    return Resource(content, row.get("type", site.type), modified=day)
