"""How a sample site looks on the wire: its articles, lists, feeds and maps as bytes with headers."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from math import ceil
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from seeds.sample.reports import HERE, Copy, Report, body

SITES = HERE / "sites"
HTML = "text/html"
# Every page says in its footer that it is made up; a crawler must see that line and leave it out.
FICTION = "版权所有：工闻样本站点（内容虚构，仅供软件演示）"


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
    when = copy.date
    values = {
        "title": copy.title or report.title,
        "kicker": report.kicker,
        "subtitle": report.subtitle,
        "standfirst": report.standfirst,
        "keywords": report.keywords,
        "byline": report.byline if copy.byline is None else copy.byline,
        "source": copy.source,
        "editor": copy.editor,
        "channel": copy.channel,
        "date": when.strftime(site.time),
    }
    values = {key: escape(value, quote=False) for key, value in values.items()}
    parts = dict(site.parts)
    shown = {key: _fill(parts[key], {key: value}) if value and key in parts else value for key, value in values.items()}
    stamps = {"day": "%Y-%m-%d", "minute": "%Y-%m-%d %H:%M", "second": "%Y-%m-%d %H:%M:%S", "iso": "%Y-%m-%dT%H:%M:%S+08:00",
              "chinese": "%Y年%m月%d日", "rfc822": "%a, %d %b %Y %H:%M:%S +0800", "month": "%m-%d"}  # fmt: skip
    return (
        shown
        | {f"plain_{key}": value for key, value in values.items()}
        | {key: when.strftime(shape) for key, shape in stamps.items()}
        | {"origin": origin, "path": copy.path, "href": escape(quote(copy.path, safe="/?=&._-")), "fiction": FICTION}
        | {"site": site.title, "id": Path(copy.path).stem, "file": Path(copy.path).name, "hhmm": when.strftime("%H:%M")}
        | {"tail": "/" + copy.path.split("/", 2)[-1]}
    )


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
        page = Resource(_bytes(site, _fill(template, values)), site.type, modified=copy.date)
        pages[_part(copy.path, part + 1)] = page
    return pages


def _attachments(site: Site, report: Report) -> str:
    items = (f'<li><a href="/upload/{n}.docx">附件{n}：{name}</a></li>' for n, name in enumerate(report.attachments, 1))
    return _fill(dict(site.parts)["attachments"], {"attachments": "".join(items)}) if report.attachments else ""


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
    links = "".join(f'<a href="{_part(copy.path, number)}">{number}</a> ' for number in range(1, copy.parts + 1))
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
    rest = [f'<a href="http://spam.example/{n}.html" target="_blank">{word}</a>' for n, word in enumerate(words[1:])]
    return [f'{head}{colon}<a href="http://spam.example/first.html">{first}</a>', *rest]


def _related(site: Site, copy: Copy, here: Iterable[tuple[Report, Copy]], origin: str) -> dict[str, str]:
    others = [pair for pair in here if pair[1].path != copy.path][:5]
    item = '<li><a href="$path">$plain_title</a></li>'
    return {"related": "\n".join(_fill(item, _values(site, *pair, origin)) for pair in others)}


def _listing(
    site: Site, listing: Mapping[str, Any], here: Sequence[tuple[Report, Copy]], origin: str
) -> dict[str, Resource]:
    """The pages of one list; `next` names the further ones by $n, counted from `first`."""
    rows = [pair for pair in here if listing["channel"] in ("*", pair[1].channel)]
    size = listing.get("size", len(rows) or 1)
    total = max(1, ceil(len(rows) / size))
    first = listing.get("first", 2)
    numbers = range(total - 1, 0, -1) if listing.get("countdown") else range(first, first + total - 1)
    paths = [listing["path"], *(_fill(listing["next"], {"n": str(n)}) for n in numbers)]
    newest = rows[0][1].date if rows else None
    pages = {}
    for at, path in enumerate(paths):
        items = "\n".join(_item(site, listing, *pair, origin) for pair in rows[at * size : (at + 1) * size])
        following = paths[at + 1] if at + 1 < total else ""
        pager = _fill(listing.get("pager", ""), {"next": following}) if following else ""
        values = {"items": items, "pager": pager, "channel": listing["channel"], "total": str(total), "at": str(at)}
        values |= {"origin": origin, "site": site.title, "fiction": FICTION, **listing.get("values", {})}
        text = _fill(_template(site, listing.get("template", "list.html")), values)
        pages[path] = Resource(_bytes(site, text), listing.get("type", site.type), modified=newest)
    return pages


def _item(site: Site, listing: Mapping[str, Any], report: Report, copy: Copy, origin: str) -> str:
    values = _values(site, report, copy, origin)
    return _fill(listing["item"], values | {"path": copy.linked or copy.path})


def _file(site: Site, row: Mapping[str, Any], origin: str) -> Resource:
    values = {"origin": origin, "site": site.title, "fiction": FICTION}
    content = _bytes(site, _fill(_template(site, row["template"]), values))
    day = datetime(2026, 10, 1, tzinfo=UTC)
    return Resource(content, row.get("type", site.type), modified=day)


def _bytes(site: Site, text: str) -> bytes:
    return text.encode(site.charset)

