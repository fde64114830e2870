"""What kind of page this is: an article, a hijacked mirror's copy, a content farm's, spam, or no article at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from archive.article import Verdict
from pipelines.clean.spun import Kind, Spun, spun
from pipelines.parts import Label, Line

# A mirror writes its own host into the line that names the original's owner.
OWNER_HOST = re.compile(
    r"copyright.{0,40}?\bby\s{1,3}(?:www\.)?([\w-]{1,60}(?:\.[\w-]{1,60}){1,4})", re.IGNORECASE
)
# Repairs that only a mirror's damage calls for.
MIRROR_STEPS = frozenset({"unshift", "drop_readings", "drop_emoji_insertions", "to_simplified"})
NO_ARTICLE = re.compile(
    r"页面不存在|找不到(?:该|您|你)?(?:要)?(?:访问|查看|浏览)?的?(?:页面|网页)|访问的页面(?:不存在|已删除)|"
    r"内容(?:不存在|已(?:被)?删除)|404\s{0,3}not\s{0,3}found|错误页面|无法找到该?页",
    re.IGNORECASE,
)
# What only a content farm's machine does to a whole text; masked digits and a wrong number are doubts alone.
REWRITTEN: tuple[Kind, ...] = ("synonyms", "numerals")
LEAST_HAN = 30  # fewer Han characters than the shortest real notice seen (an obituary of 34)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, its named signals, and what a machine did to the text."""

    verdict: Verdict
    reasons: tuple[str, ...]
    spun: tuple[Spun, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a verdict rests on: the text, every line with its label, and the names of the steps that repaired any."""

    title: str
    body: str
    url: str
    lines: Sequence[Line]
    labels: Sequence[Label]
    repairs: frozenset[str]


def judge(seen: Seen) -> Judged:
    """The verdict and its named signals; the gravest wins."""
    body = seen.body
    if reason := not_an_article(body, seen.title):
        return Judged("not-an-article", (reason,))
    mangled = spun(f"{seen.title}\n{body}")
    return replace(among(seen, mangled), spun=mangled)


def among(seen: Seen, mangled: Sequence[Spun]) -> Judged:
    """The verdict on a page that holds an article."""
    lines, labels, body = seen.lines, seen.labels, seen.body
    spam = spam_signals(lines, labels)
    farm = (*farm_signals(lines, labels), *(each.reason for each in mangled if each.kind in REWRITTEN))
    mirror = mirror_signals(lines, seen.url, seen.repairs)
    if mirror:
        return Judged("mirror", (*mirror, *spam))
    if farm:
        return Judged("farm", (*farm, *spam))
    if spam and sum(len(lines[at].text) for at, label in enumerate(labels) if label == "spam") > len(body):
        return Judged("spam", spam)
    return Judged("clean", spam)


def not_an_article(body: str, title: str) -> str:
    """Why this is no article, "" where it is one.

    >>> not_an_article("您访问的页面不存在或已删除。", "提示")
    'the page says that there is no such page'
    """
    if len(body) < 400 and NO_ARTICLE.search(title + "\n" + body):
        return "the page says that there is no such page"
    han = sum("\u3400" <= char <= "\u9fff" for char in body)
    if han < LEAST_HAN:
        return f"no running text was found ({han} Chinese characters outside lists of links)"
    return ""


def spam_signals(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[str, ...]:
    spam = [line.text for line, label in zip(lines, labels, strict=True) if label == "spam"]
    return (f"{len(spam)} lines of injected spam: {spam[0][:30]}",) if spam else ()


def farm_signals(lines: Sequence[Line], labels: Sequence[Label]) -> tuple[str, ...]:
    wrapped = [line.text for line, label in zip(lines, labels, strict=True) if label == "wrapper"]
    return (f"a content farm's wrapper sentence: {wrapped[0][-40:]}",) if wrapped else ()


def mirror_signals(lines: Sequence[Line], url: str, repairs: frozenset[str]) -> tuple[str, ...]:
    """Damage that only copying makes, and an owner line that names a foreign host."""
    signals = [f"the text bears a mirror's damage ({step})" for step in sorted(repairs & MIRROR_STEPS)]
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    owners = [found[1] for line in lines[-40:] if (found := OWNER_HOST.search(line.text[:400]))]
    foreign = [owner for owner in owners if host and not host.endswith(owner.lower())]
    return (*signals, *(f"the copyright line names another host: {owner}" for owner in foreign))
