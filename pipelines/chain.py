"""Extraction chains: "css:…", "xpath:…", "meta:NAME", "comment:NAME", and what a page's head declares of itself."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from cssselect import HTMLTranslator
from lxml import etree

from pipelines.document import tidy
from pipelines.parts import Candidate, Field
from pipelines.scripts import scripted

SITE = 4.0  # the site itself, where nothing else is named
SELECTOR, NEWS_META, GOV_META, BAIDU, SOCIAL, HEADLINE = 100.0, 90.0, 85.0, 80.0, 50.0, 75.0

# Three conventions replace per-site selectors (measured on 121 real pages): news meta, government meta, Baidu ids.
METAS: tuple[tuple[str, Field, float], ...] = (
    ("publishdate", "published", NEWS_META),
    ("source", "source", NEWS_META),
    ("articletitle", "title", GOV_META),
    ("pubdate", "published", GOV_META),
    ("contentsource", "source", GOV_META),
    ("columnname", "channel", GOV_META),
    ("firstpublishedtime", "published", GOV_META),
    ("lanmu", "channel", GOV_META),
    ("og:title", "title", SOCIAL + 10),
    ("og:release_date", "published", SOCIAL + 2),
    ("article:published_time", "published", SOCIAL + 3),
    ("og:published_time", "published", SOCIAL + 1),
    ("bytedance:published_time", "published", SOCIAL + 1),
    ("weibo: article:create_at", "published", SOCIAL),
    ("article:author", "author", SOCIAL),
    ("og:article:author", "author", SOCIAL - 1),
    ("mediaid", "source", SOCIAL),
    ("datepublished", "published", SOCIAL + 4),
    ("publish_time", "published", SOCIAL + 2),
    ("publishtime", "published", SOCIAL + 2),
    ("publish-date", "published", SOCIAL + 2),
    ("publish_date", "published", SOCIAL + 2),
    ("pubtime", "published", SOCIAL + 2),
    ("pub_date", "published", SOCIAL + 2),
    ("releasedate", "published", SOCIAL + 2),
    ("release_date", "published", SOCIAL + 2),
    ("article:published", "published", SOCIAL + 1),
    ("article.published", "published", SOCIAL + 1),
    ("og:article:published_time", "published", SOCIAL + 1),
    ("og:pubdate", "published", SOCIAL + 1),
    ("bt:pubdate", "published", SOCIAL + 1),
    ("dc.date.issued", "published", SOCIAL),
    ("dcterms.issued", "published", SOCIAL),
    ("dcterms.date", "published", SOCIAL - 1),
    ("dc.date", "published", SOCIAL - 1),
    ("sailthru.date", "published", SOCIAL - 1),
    ("parsely-pub-date", "published", SOCIAL - 1),
    ("dateupdate", "published", SOCIAL - 6),  # baijiahao's only full date
    ("date", "published", SOCIAL - 7),
    ("dc.source", "source", SOCIAL - 2),
    ("dcterms.source", "source", SOCIAL - 2),
    ("dc.creator", "author", SOCIAL - 11),
    ("dcterms.creator", "author", SOCIAL - 11),
    ("og:site_name", "source", SITE),
    ("author", "author", SOCIAL - 10),
)
BAIDU_IDS: tuple[tuple[str, Field], ...] = (
    ("pubtime_baidu", "published"),
    ("source_baidu", "source"),
    ("author_baidu", "author"),
    ("editor_baidu", "editor"),
)
MARKED = etree.XPath("//*[" + " or ".join(f"@id='{identity}'" for identity, _ in BAIDU_IDS) + "]")
LD_LIMIT = 200_000  # characters of JSON-LD worth parsing
TEXT_LIMIT = 600  # a field longer than this is no field


@cache
def path_of(css: str) -> etree.XPath:
    """The compiled path of a css selector; it was checked when the portal file was loaded."""
    return etree.XPath(HTMLTranslator().css_to_xpath(css.removesuffix("::text")))


@cache
def xpath_of(expression: str) -> etree.XPath:
    return etree.XPath(expression)


def text_of(node: object) -> str:
    """The words inside an element, or the value of an attribute."""
    if isinstance(node, etree._Element):
        return tidy("".join(str(piece) for piece in node.itertext(with_tail=False)))
    return tidy(str(node))


def selected(root: etree._Element, path: etree.XPath) -> list[Any]:
    found = path(root)
    return found if isinstance(found, list) else [found]


def nodes(root: etree._Element, entry: str) -> list[Any]:
    """What one entry of a chain selects, in document order."""
    kind, _, rest = entry.partition(":")
    match kind:
        case "css":
            selector, _, attribute = rest.partition("::attr(")
            found = selected(root, path_of(selector))
            return [node.get(attribute.rstrip(")")) or "" for node in found] if attribute else found
        case "xpath":
            return selected(root, xpath_of(rest))
        case "meta":
            return list(metas(root).get(rest.lower(), ()))
        case "json":
            return list(embedded(root, rest))
        case _:
            return []  # line, url, comment, trafilatura: no place in the tree


def embedded(root: etree._Element, path: str) -> Iterator[str]:
    """The values at a dotted path of the page's embedded JSON (<script type="application/json"> and JSON-LD)."""
    for script in [script for script in root.iter("script") if "json" in (script.get("type") or "")][:8]:
        try:
            found = json.loads((script.text or "")[:LD_LIMIT], strict=False)
        except (ValueError, RecursionError):
            continue
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        if isinstance(found, str | int) and not isinstance(found, bool):
            yield str(found)


def metas(root: etree._Element) -> dict[str, tuple[str, ...]]:
    """The page's <meta> values by lower-case name; empty values are left out (some pages print a name twice)."""
    found: dict[str, tuple[str, ...]] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        value = tidy(meta.get("content") or "")
        if name and value and len(value) <= TEXT_LIMIT:
            key = name.strip().lower()
            found[key] = (*found.get(key, ()), value)
    return found


def chain(root: etree._Element, field: Field, entries: Iterable[str]) -> Iterator[Candidate]:
    """Candidates of one field by a portal's ordered chain; an earlier entry outweighs a later one."""
    for rank, entry in enumerate(entries):
        for node in nodes(root, entry)[:5]:
            value = text_of(node)
            if value and len(value) <= TEXT_LIMIT:
                yield Candidate(field, value, entry, SELECTOR - rank, place(node))


def place(node: object) -> str:
    return node.getroottree().getpath(node) if isinstance(node, etree._Element) else ""


def joined(root: etree._Element, entries: tuple[str, ...]) -> Iterator[Candidate]:
    """A date whose parts stand in several elements (news.cn: 2024 | 05/09 | 22:27:02)."""
    parts = [text_of(found[0]) for entry in entries if (found := nodes(root, entry))]
    if entries and len(parts) == len(entries):
        yield Candidate("published", " ".join(parts), "join:" + "+".join(entries), SELECTOR + 1)


def declared(root: etree._Element) -> Iterator[Candidate]:
    """What the page says of itself in metas, Baidu ids, JSON-LD, <title> and headings."""
    values = metas(root)
    for name, field, weight in METAS:
        for value in values.get(name, ())[:3]:
            yield Candidate(field, value, f"meta:{name}", weight)
    marked = by_id(root)
    for identity, field in BAIDU_IDS:
        yield from elements(marked.get(identity, ()), field, f"id:{identity}", BAIDU)
    yield from linked_data(root)
    yield from stamped(root)
    yield from scripted(root)
    yield from elements(list(root.iter("title"))[:1], "title", "title", SOCIAL)
    yield from elements(list(root.iter("h1"))[:6], "title", "h1", HEADLINE)
    yield from elements(list(root.iter("h2"))[:6], "title", "h2", HEADLINE - 20)


def stamped(root: etree._Element) -> Iterator[Candidate]:
    """The first moment that the page marks up as one: <time datetime="…">."""
    for node in list(root.iter("time"))[:3]:
        value = tidy(node.get("datetime") or "")
        if value and "modif" not in f"{node.get('itemprop')}{node.get('class')}".lower():
            yield Candidate("published", value[:40], "time", SOCIAL - 3, place(node))
            return


def elements(found: Iterable[etree._Element], field: Field, rule: str, weight: float) -> Iterator[Candidate]:
    for node in found:
        value = text_of(node)
        if value and len(value) <= TEXT_LIMIT:
            yield Candidate(field, value, rule, weight, place(node))


def by_id(root: etree._Element) -> dict[str, list[etree._Element]]:
    """The first element of each id that Baidu asked sites to use."""
    found: dict[str, list[etree._Element]] = {}
    for node in selected(root, MARKED):
        found.setdefault(node.get("id"), [node])
    return found


def linked_data(root: etree._Element) -> Iterator[Candidate]:
    """Headline, date and author of a JSON-LD news article; anything malformed is passed over."""
    scripts = [script for script in root.iter("script") if script.get("type") == "application/ld+json"]
    for script in scripts[:4]:
        try:
            data = json.loads((script.text or "")[:LD_LIMIT], strict=False)
        except (ValueError, RecursionError):
            continue
        for item in data if isinstance(data, list) else [data]:
            if isinstance(item, dict):
                yield from of_item(item)


def of_item(item: dict[str, Any]) -> Iterator[Candidate]:
    pairs: tuple[tuple[str, Field], ...] = (
        ("headline", "title"),
        ("datePublished", "published"),
        ("pubDate", "published"),
    )
    for key, field in pairs:
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            yield Candidate(field, tidy(value)[:TEXT_LIMIT], f"json-ld:{key}", SOCIAL + 4)
    author = item.get("author")
    for one in author if isinstance(author, list) else [author]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and name.strip():
            yield Candidate("author", tidy(name)[:TEXT_LIMIT], "json-ld:author", SOCIAL - 5)


def between_comments(root: etree._Element, name: str) -> list[etree._Element]:
    """The elements between <!--NAME--> and <!--/NAME--> (Founder: enpcontent) or "NAMEbegin … NAMEend" (Hanweb)."""
    inside, found = False, []
    for node in root.iter():
        if isinstance(node, etree._Comment):
            mark = (node.text or "").strip()
            if mark.startswith(name) or mark in (f"<$[{name}]>begin", f"#begineditable name={name!r}"):
                inside = True
            elif inside and (mark.startswith(f"/{name}") or mark.endswith(("end", "endeditable"))):
                break
        elif inside and isinstance(node.tag, str):
            found.append(node)
    return found
