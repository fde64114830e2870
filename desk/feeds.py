"""Atom and JSON Feed: entries → a document that any reader opens."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from desk.plain import harmless, one_line, web_link

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00+00:00"  # the updated of a feed without entries: Atom asks for one


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `published` and `updated` are ISO 8601 with offset; `published` may be ""."""

    id: str
    title: str
    link: str
    updated: str
    published: str = ""
    author: str = ""
    summary: str = ""
    content: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """`id` is a stable URI; the feed is as new as its newest entry."""

    id: str
    title: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> str:
        return max((entry.updated for entry in self.entries), default=NEVER)


def atom(feed: Feed) -> bytes:
    """An Atom document (RFC 4287)."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-Hans"})
    for name, text in (
        ("id", feed.id),
        ("title", feed.title),
        ("updated", feed.updated),
        ("generator", "Gongwen"),
    ):
        add(root, name, text)
    add(add(root, "author"), "name", "工闻")
    for entry in feed.entries:
        add_entry(root, entry)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def add_entry(root: ET.Element, entry: Entry) -> None:
    made = add(root, "entry")
    add(made, "id", entry.id)
    add(made, "title", one_line(entry.title) or "（无题）")
    add(made, "updated", entry.updated)
    if entry.published:
        add(made, "published", entry.published)
    if link := web_link(entry.link):
        add(made, "link").attrib.update({"rel": "alternate", "href": link})
    add(add(made, "author"), "name", one_line(entry.author) or "未署来源")
    for category in entry.categories:
        add(made, "category").set("term", one_line(category))
    if entry.summary:
        add(made, "summary", entry.summary)
    if entry.content:
        add(made, "content", entry.content).set("type", "text")


def add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    """A child whose text is harmless: one control character would make the whole feed unreadable."""
    made = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = harmless(text) or None
    return made


def jsonfeed(feed: Feed) -> str:
    """A JSON Feed (version 1.1)."""
    shape = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "language": "zh-Hans",
        "items": [item(entry) for entry in feed.entries],
    }
    return json.dumps(shape, ensure_ascii=False, indent=1) + "\n"


def item(entry: Entry) -> dict[str, object]:
    """An item of a JSON Feed; what is empty is left out."""
    shape: dict[str, object] = {
        "id": entry.id,
        "url": web_link(entry.link),
        "title": one_line(entry.title),
        "content_text": harmless(entry.content or entry.summary or entry.title),
        "summary": harmless(entry.summary),
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": one_line(entry.author)}] if entry.author else [],
        "tags": [one_line(category) for category in entry.categories],
    }
    return {name: value for name, value in shape.items() if value or name == "content_text"}
