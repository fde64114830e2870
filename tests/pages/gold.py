"""Our own gold: pages of ../shared labelled by hand, whose texts are rebuilt from the pages they lie in.

`own_gold.jsonl` holds the forty that the rules were tuned on; `second_gold.jsonl` holds 28 others, which are measured
and not tuned on. They were labelled later: rules for sources and signatures already quote lines of gamersky, sina_3,
thepaper_1 and toutiao_2, so their fields were seen before. The texts are not ours to commit. The files keep of each
labelled paragraph its first and last six characters, its length and a hash, all of the squeezed paragraph, white space
removed. Rebuilt entries have the shape of ../shared/pages/gold.jsonl, set "OWN", so that its score.py can judge a
prediction.
"""

import json
import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from lxml import etree, html

Entry = dict[str, Any]

LABELS = Path(__file__).with_name("own_gold.jsonl")
SECOND = Path(__file__).with_name("second_gold.jsonl")
KINDS = ("body", "optional", "forbidden")
HEAD = 6
BLANK = re.compile(r"[\s\u200b\ufeff]+")
# lxml refuses these in a str; no label contains one
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")


@dataclass(frozen=True, slots=True)
class Passage:
    """A labelled paragraph as the file keeps it; `length` counts squeezed characters."""

    head: str
    tail: str
    length: int
    digest: str

    def __str__(self) -> str:
        return f"「{self.head}…{self.tail}」 ({self.length} characters)"


def squeeze(text: str) -> str:
    return BLANK.sub("", text)


def digest(squeezed: str) -> str:
    return blake2b(squeezed.encode(), digest_size=8).hexdigest()


def decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def visible(body: bytes) -> str:
    """All text of a page, squeezed: scripts, styles and comments left out."""
    text = XML_DECLARATION.sub("", CONTROL.sub("", decode(body).removeprefix("\ufeff")))
    root = html.document_fromstring(text)
    etree.strip_elements(root, etree.Comment, etree.PI, "script", "style", with_tail=False)
    return squeeze("".join(map(str, root.itertext())))


def find(passage: Passage, text: str) -> str | None:
    """The passage as it stands in a squeezed text, None where no place has its hash."""
    at = text.find(passage.head)
    while at >= 0:
        found = text[at : at + passage.length]
        if digest(found) == passage.digest:
            return found
        at = text.find(passage.head, at + 1)
    return None


def rebuild(label: Entry, text: str) -> dict[str, list[str]]:
    """The texts of every labelled passage; a passage that is not in the page is a LookupError that names both."""
    texts: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for kind in KINDS:
        for number, kept in enumerate(label[kind], start=1):
            passage = Passage(*kept)
            found = find(passage, text)
            if found is None:
                raise LookupError(f"{label['id']}: {kind} {number} {passage} is not in {label['html_path']}")
            texts[kind].append(found)
    return texts


def entry(label: Entry, known: Entry, body: bytes) -> Entry:
    """A label in the shape of gold.jsonl; `known` is what the collection itself says of the page."""
    texts = rebuild(label, visible(body))
    return {
        **{key: known.get(key) or "" for key in ("url", "charset_declared", "bytes_encoding")},
        **label,
        **texts,
        "body": "\n".join(texts["body"]),
        "date_alt": [],
        "forbidden_auto": [],
        "gold_kind": "hand-own",
        "set": "OWN",
    }


def read(path: Path) -> list[Entry]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def own_gold(shared: Path) -> list[Entry]:
    """Our forty pages with their texts, in the order of the file."""
    return rebuilt(shared, LABELS)


def second_gold(shared: Path) -> list[Entry]:
    """The 28 pages that were labelled after the rules stood, in the order of the file."""
    return rebuilt(shared, SECOND)


def rebuilt(shared: Path, labels: Path) -> list[Entry]:
    """Every label of a file with its texts."""
    pages = shared / "pages"
    known = {row["id"]: row for row in read(pages / "nogold.jsonl")}
    return [
        entry(label, known[label["id"]], (pages / label["html_path"]).read_bytes()) for label in read(labels)
    ]
