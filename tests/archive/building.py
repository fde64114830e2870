"""Articles and pages short to write."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from archive.article import Article, Page


def made(body: str, *, n: int = 1, **fields: Any) -> Article:
    """The n-th article of the sample portal, with this body and any field by name."""
    article = Article(
        id=f"{n:016x}",
        url=f"https://union.example/{n}.html",
        portal="sample",
        title="市总召开会议",
        body=body,
        fetched="2026-11-21T08:00:00+08:00",
    )
    return replace(article, **fields)


def page(body: bytes = b"<p>page</p>", url: str = "https://union.example/1.html") -> Page:
    return Page(
        url=url, body=body, fetched=datetime.fromisoformat("2026-11-21T08:00:00+08:00"), portal="sample"
    )
