"""Body and fields of the gold pages beside trafilatura alone on the same bytes: `python bench/accuracy.py [SHARED]`."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import trafilatura

from archive.article import Page
from pipelines.address import find
from pipelines.process import process
from seeds.portal import all_portals

ROOT = Path(__file__).resolve().parent.parent
Prediction = dict[str, Any]


def ours(gold: dict[str, Any], body: bytes) -> Prediction:
    url = gold["url"] or ""
    article = process(Page(url, body, datetime.now(UTC)), find(url, all_portals()) if url else None)
    return {
        "title": article.title,
        "date": article.published,
        "author": " ".join(article.authors),
        "source": article.source,
        "body": article.body,
    }


def theirs(gold: dict[str, Any], body: bytes) -> Prediction:
    found = trafilatura.bare_extraction(body, url=gold["url"] or None, with_metadata=True, include_comments=False)
    row = found.as_dict() if found else {}
    return {
        "title": row.get("title"),
        "date": row.get("date"),
        "author": (row.get("author") or "").replace("; ", " "),
        "source": row.get("sitename"),
        "body": row.get("text"),
    }


def score(pages: Path, predictions: list[Prediction], *options: str) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "predictions.jsonl"
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in predictions), encoding="utf-8")
        command = [sys.executable, str(pages / "score.py"), str(path), "--set", "V", *options]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main(shared: Path, *options: str) -> None:
    pages = shared / "pages"
    golds = [json.loads(line) for line in (pages / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    for name, extract in (("gongwen", ours), ("trafilatura", theirs)):
        predictions = [
            {"id": gold["id"], **extract(gold, (pages / gold["html_path"]).read_bytes())} for gold in golds
        ]
        print(f"== {name}\n{score(pages, predictions, *options)}")


if __name__ == "__main__":
    arguments = [word for word in sys.argv[1:] if not word.startswith("--")]
    flags = [word for word in sys.argv[1:] if word.startswith("--")]
    main(Path(arguments[0]) if arguments else ROOT.parent / "shared", *flags)
