"""What inline scripts say of a page: their variables hold the date and the source that the template then prints."""

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from pipelines.parts import Candidate, Field

READ = 400_000  # characters of inline scripts worth reading
# Above what only the neighbourhood of a date tells (34), below every line, meta and selector.
WEIGHTS: dict[Field, float] = {"published": 46.0, "source": 35.0, "author": 33.0}
KEYS: dict[Field, str] = {
    "published": """
        pubtime publish_time publishtime publishdate publish_date pub_time pubdate ptime pagepubtime createtime
        create_time ct svrpublishtime publishedat datepublished articlepubtime releasetime
    """,
    "source": "source sourcename source_name medianame media_name wemedianame media articlesource newssource nickname",
    "author": "author authorname author_name writer articleauthor",
}
FIELDS: dict[str, Field] = {name: field for field, words in KEYS.items() for name in words.split()}
VISIT = "time servertime systime nowtime currenttime timestamp now"
NAMES = "|".join(sorted([*FIELDS, *VISIT.split()], key=len, reverse=True))
# source: '新华社', "pubtime":"2019-09-07 19:02:26", var ct = "1569854773", htmlDecode("…")
# Values are looked for first, and then what they are called: a page has many names and few short values.
VALUE = re.compile(
    r"[:=]\s{0,3}(?:htmlDecode\()?"
    r"(?:\"(?P<double>[^\"\\\n<>]{2,60})\"|'(?P<single>[^'\\\n<>]{2,60})'|(?P<number>1\d{9}(?:\d{3})?)\b)",
    re.IGNORECASE,
)
NAME = re.compile(
    rf"(?<![\w.$-])(?P<quote>[\"']?)(?P<key>{NAMES})(?P=quote)\s{{0,3}}\Z",
    re.IGNORECASE,
)
BEFORE = max(map(len, NAMES.split("|"))) + 6  # characters before a value in which its name stands
HAN = re.compile(r"[\u3400-\u9fff]")
DATE = re.compile(r"(?:19|20)\d\d.{0,3}\d|^1\d{9}(?:\d{3})?$")


def scripted(root: etree._Element) -> Iterator[Candidate]:
    """Candidates of inline scripts. A name that holds several values tells of other stories, and says nothing."""
    text, left = [], READ
    for script in root.iter("script"):
        if (
            script.get("src") is None
            and "json" not in (script.get("type") or "")
            and script.text
            and left > 0
        ):
            text.append(script.text[:left])
            left -= len(script.text)
    yield from variables("\n".join(text))


def variables(text: str) -> Iterator[Candidate]:
    """The variables of a script that name a field.

    >>> [(each.field, each.value) for each in variables("window.g = {id: 7, source: '示例晚报', pubtime: '2019-09-23 07:48'}")]
    [('published', '2019-09-23 07:48'), ('source', '示例晚报')]
    >>> list(variables("[{source: '甲报'}, {source: '乙报'}]"))
    []
    """
    found: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for match in VALUE.finditer(text):
        name = NAME.search(text, max(match.start() - BEFORE, 0), match.start())
        if name:
            value = match["double"] or match["single"] or match["number"]
            found[name["key"].lower(), bool(name["quote"])].append(value.strip())
    claims = [
        claim
        for (key, _), values in found.items()
        if len(set(values)) == 1
        for claim in claimed(key, values[0])
    ]
    yield from sorted(claims, key=lambda claim: -claim.weight)


def claimed(key: str, value: str) -> Iterator[Candidate]:
    """What one variable says, if its value can be a value of the field."""
    field = FIELDS.get(key)
    if field is None:
        if DATE.search(value):
            yield Candidate("published", value, f"script:visit:{key}", 0.0)
    elif field == "published":
        if DATE.search(value):
            yield Candidate(field, value, f"script:{key}", WEIGHTS[field])
    elif HAN.search(value) and len(value) <= 30:
        yield Candidate(field, value, f"script:{key}", WEIGHTS[field])
