"""One peer reading pages: JSON Lines in, JSON Lines out. Runs in the peers' own environment, not in ours.

    python bench/peer.py NAME < requests > answers

A request has id, url, body (base64) and text, the body decoded for tools that want characters. An answer has id,
title, date, author, source and body as far as the tool has such fields, or id and error.
"""

import base64
import json
import sys
from collections.abc import Callable
from typing import Any

Request = dict[str, Any]
Answer = dict[str, Any]


def by_trafilatura(request: Request, **options: bool) -> Answer:
    import trafilatura  # noqa: PLC0415 — only the tool that is asked is loaded

    body = base64.b64decode(request["body"])
    found = trafilatura.bare_extraction(
        body, url=request["url"] or None, with_metadata=True, include_comments=False, **options
    )
    row = found.as_dict() if found else {}
    return {
        "title": row.get("title"),
        "date": row.get("date"),
        "author": (row.get("author") or "").replace("; ", " "),
        "source": row.get("sitename"),
        "body": row.get("text"),
    }


def by_trafilatura_precision(request: Request) -> Answer:
    return by_trafilatura(request, favor_precision=True)


def by_gne(request: Request) -> Answer:
    from gne import GeneralNewsExtractor  # noqa: PLC0415 — only the tool that is asked is loaded

    row = GeneralNewsExtractor().extract(request["text"])
    return {
        "title": row.get("title"),
        "date": row.get("publish_time"),
        "author": row.get("author"),
        "body": row.get("content"),
    }


def by_readability(request: Request) -> Answer:
    from lxml import html  # noqa: PLC0415 — only the tool that is asked is loaded
    from readability import Document  # noqa: PLC0415 — only the tool that is asked is loaded

    document = Document(request["text"])
    summary = html.fromstring(document.summary())
    return {"title": document.short_title(), "body": summary.text_content()}


def by_newspaper(request: Request) -> Answer:
    import newspaper  # noqa: PLC0415 — only the tool that is asked is loaded

    url = request["url"] or "http://localhost/"
    article = newspaper.Article(url, language="zh", fetch_images=False, disable_category_cache=True)
    article.download(input_html=request["text"])
    article.parse()
    return {
        "title": article.title,
        "date": article.publish_date.isoformat() if article.publish_date else "",
        "author": " ".join(article.authors),
        "source": article.meta_site_name,
        "body": article.text,
    }


READERS: dict[str, Callable[[Request], Answer]] = {
    "trafilatura": by_trafilatura,
    "trafilatura, precision": by_trafilatura_precision,
    "GNE": by_gne,
    "readability": by_readability,
    "newspaper4k": by_newspaper,
}


def refuse(event: str, _: tuple[Any, ...]) -> None:
    """No tool may ask the network while it reads: newspaper4k would fetch a list of suffixes, and images."""
    if event in {"socket.connect", "socket.getaddrinfo"}:
        raise OSError("no network while reading")


def main(name: str) -> None:
    sys.addaudithook(refuse)
    read = READERS[name]
    answers = sys.stdout
    sys.stdout = sys.stderr  # what a tool prints is no answer
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = read(request)
        except Exception as error:  # noqa: BLE001 — a page that a tool cannot read counts as read empty
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps({"id": request["id"], **answer}, ensure_ascii=True, default=str) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
