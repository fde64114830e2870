"""The chain beside trafilatura on the forty pages we labelled ourselves: `python -m bench.own_gold [SHARED]`."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.accuracy import ROOT, Prediction, ours, theirs
from tests.pages.gold import own_gold

GOOD = 0.98  # the share of a body that score.py calls nearly perfect
PER_PAGE = re.compile(r"^(?P<id>\S+) P [\d.]+ R [\d.]+ F (?P<f>[\d.]+) ")


def lines_of(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def score(pages: Path, golds: list[dict[str, Any]], predictions: list[Prediction]) -> list[str]:
    """The collection's own score.py, run beside our gold: it reads the gold that lies in its folder."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        script = Path(shutil.copy(pages / "score.py", folder))
        (folder / "gold.jsonl").write_text(lines_of(golds), encoding="utf-8")
        (folder / "predictions.jsonl").write_text(lines_of(predictions), encoding="utf-8")
        command = [
            sys.executable,
            str(script),
            str(folder / "predictions.jsonl"),
            "--set",
            "OWN",
            "--per-page",
        ]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def worth_printing(line: str) -> bool:
    """The table whole, of the pages only those below GOOD."""
    page = PER_PAGE.match(line)
    return page is None or float(page["f"]) < GOOD


def main(shared: Path) -> None:
    pages = shared / "pages"
    golds = own_gold(shared)
    for name, extract in (("gongwen", ours), ("trafilatura", theirs)):
        predictions = [
            {"id": gold["id"], **extract(gold, (pages / gold["html_path"]).read_bytes())} for gold in golds
        ]
        print(f"== {name}", *filter(worth_printing, score(pages, golds, predictions)), "", sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT.parent / "shared")
