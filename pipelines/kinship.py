"""Which texts are one text: a sample of each text's 5-grams, how much of one stands in another, and whose it was first."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from zlib import crc32

from archive.article import NEVER_QUOTED, Article, Story

GRAM = 5  # characters; folded 5-grams separate copies (≥ .99) from strangers (≤ .021) on the seeds
RATE = 32  # one gram in so many is sampled, by its hash
FEWEST = 32  # sampled of a short text, the smallest hashes: a notice of 200 characters has some 190 grams
MOST = 512  # sampled of a long one
SPACE = 1 << 32
THRESHOLD = SPACE // RATE
TAIL = 31  # bits that follow the 32 that decide about sampling; a hash fits SQLite's signed integer

ROUGH = 0.3  # by the sketches; less is not worth a comparison of the texts
SAME = 0.8  # share of the shorter text's grams in the longer: the same text, a wrapper, a shortened copy
SHORT = 400  # letters; below, a template filled in twice shares as much as a copy with a slip
SAME_SHORT = 0.9
FACTS = 0.6  # share of the shorter text's figures that the longer must have too
FEW_FACTS = 3  # fewer say nothing
WHOLE = 0.9  # a member that holds less of the fullest text is an excerpt, not the original


def sketch(folded: str) -> tuple[int, ...]:
    """Up to 512 hashes that stand for a text, ascending; the same grams are sampled from every text.

    Punctuation and spacing do not count. A text under five letters has no sketch.
    """
    samples = _samples(_letters(folded))
    return tuple(sorted(_hash(head, gram) for gram, head in samples))


def _letters(folded: str) -> str:
    return "".join(filter(str.isalnum, folded))


def _samples(letters: str) -> list[tuple[bytes, int]]:
    """The sampled grams with the crc that chose them."""
    encoded = letters.encode("utf-32-le", "replace")
    width = 4 * GRAM
    heads = {encoded[at : at + width]: 0 for at in range(0, len(encoded) - width + 1, 4)}
    for gram in heads:
        heads[gram] = crc32(gram)
    chosen = [(gram, head) for gram, head in heads.items() if head < THRESHOLD]
    if FEWEST <= len(chosen) <= MOST:
        return chosen
    smallest = sorted(heads.items(), key=lambda pair: (pair[1], pair[0]))
    return smallest[: FEWEST if len(chosen) < FEWEST else MOST]


def _hash(head: int, gram: bytes) -> int:
    return head << TAIL | int.from_bytes(blake2b(gram, digest_size=4).digest()) >> 1


def containment(a: Sequence[int], b: Sequence[int]) -> float:
    """An estimate, from two sketches, of the share of the smaller text's grams that stand in the other.

    >>> containment(sketch("工会会员代表大会选举产生新一届委员会"), sketch("会员代表大会选举产生新一届委员会"))
    1.0
    """
    bound = min(_bound(a), _bound(b))
    left, right = ({one for one in hashes if one <= bound} for hashes in (a, b))
    fewer = min(len(left), len(right))
    return len(left & right) / fewer if fewer else 0.0


def _bound(hashes: Sequence[int]) -> int:
    """Up to which hash a sketch holds every gram of its text."""
    if len(hashes) < FEWEST:
        return SPACE << TAIL  # the whole text
    last = hashes[-1]
    return last if len(hashes) in (FEWEST, MOST) else max(last, THRESHOLD << TAIL)


@dataclass(frozen=True, slots=True)
class Kin:
    """A candidate that has the same text: how much of the shorter stands in the longer."""

    article: Article
    shared: float


def decide(
    article: Article, candidates: Iterable[Article], outlets: Sequence[tuple[str, str]] = ()
) -> Story | None:
    """The story that an article and those candidates make that have its text; None when none of them has.

    `outlets` holds (portal, a name it signs with), so that a portal's own articles are known as its own.
    """
    kin = family(article, candidates)
    return tell(article, kin, outlets) if kin else None


def family(article: Article, candidates: Iterable[Article]) -> tuple[Kin, ...]:
    """The candidates that have the same text, closest first."""
    grams = _grams(article.folded)
    others = (
        one for one in candidates if one.id != article.id and containment(article.sketch, one.sketch) >= ROUGH
    )
    compared = (Kin(one, _shared(grams, _grams(one.folded))) for one in others)
    found = [kin for kin in compared if _is_kin(article, kin)]
    return tuple(sorted(found, key=lambda kin: (-kin.shared, kin.article.id)))


def _grams(folded: str) -> frozenset[str]:
    letters = _letters(folded)
    return frozenset(letters[at : at + GRAM] for at in range(len(letters) - GRAM + 1))


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    fewer = min(len(a), len(b))
    return len(a & b) / fewer if fewer else 0.0


def _is_kin(article: Article, kin: Kin) -> bool:
    shorter, longer = sorted((article.folded, kin.article.folded), key=len)
    needed = SAME_SHORT if len(shorter) < SHORT else SAME
    return kin.shared >= needed and not is_other_notice(shorter, longer)


# Figures with what they count, and places: what two notices of one template differ in.
FACT = re.compile(r"\d[\d.,:%]{0,20}[\u4e00-\u9fff]?")
PLACE = re.compile(r"(?=([\u4e00-\u9fff]{2}[省市县区镇乡旗州]))")  # overlapping: 至徐州 hides no 徐州市


def is_other_notice(shorter: str, longer: str) -> bool:
    """Tell whether two alike texts say different things: one template, filled in twice.

    >>> is_other_notice("5月10日9时在3楼会议室", "6月21日14时在2楼会议室")
    True
    >>> is_other_notice("5月10日9时在3楼会议室", "通知:5月10日9时在3楼会议室")
    False
    """
    facts = set(FACT.findall(shorter))
    figures_differ = len(facts) >= FEW_FACTS and len(facts & set(FACT.findall(longer))) < FACTS * len(facts)
    return figures_differ or _is_of_another_place(shorter, longer)


def _is_of_another_place(shorter: str, longer: str) -> bool:
    """Tell whether each text names a place twice and more that the other never names."""
    here, there = (Counter(PLACE.findall(text)) for text in (shorter, longer))
    return _has_own(here, there) and _has_own(there, here)


def _has_own(here: Counter[str], there: Counter[str]) -> bool:
    return any(times > 1 and place not in there for place, times in here.items())


def tell(
    article: Article,
    kin: Sequence[Kin],
    outlets: Sequence[tuple[str, str]] = (),
    originals: Iterable[Article] = (),
) -> Story:
    """The story of a family: the earliest full text of an outlet's own, never a mirror's, with the reason.

    `originals` are the originals of the stories that the kin belong to already.
    """
    members = tuple({one.id: one for one in (*originals, *(one.article for one in kin), article)}.values())
    named = _named_source(members)
    original, why = _original(_full_texts(members), partial(_is_own, outlets=outlets), named)
    told = [one.story.id for one in members if one.story]
    return Story(
        id=min(told, default=(original or _earliest(members)).id),
        original=original.id if original else "",
        original_source=(original.source if original and original.source else named),
        reason=f"{why}; {_closeness(kin)}",
        copies=len(members),
    )


def _closeness(kin: Sequence[Kin]) -> str:
    least = min(one.shared for one in kin)
    return f"shares {least:.2f} or more of its text with {len(kin)} held"


def _full_texts(members: Sequence[Article]) -> list[Article]:
    """Members that may be quoted and are no excerpts of another that may."""
    quotable = [one for one in members if one.verdict not in NEVER_QUOTED]
    longest = max((len(one.folded) for one in quotable), default=0)
    return [one for one in quotable if len(one.folded) >= WHOLE * longest]


def _named_source(members: Iterable[Article]) -> str:
    """The publication that most of the source lines name."""
    named = Counter(one.source for one in members if one.source)
    return max(named, key=lambda source: (named[source], source), default="")


def _is_own(article: Article, outlets: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a portal signs the article itself."""
    names = [name for portal, name in outlets if portal == article.portal and name]
    return any(name in article.source for name in ("本网", "本报", "本站", *names))


def _original(full: list[Article], own: Callable[[Article], bool], named: str) -> tuple[Article | None, str]:
    signed = [one for one in full if own(one)]
    if signed:
        return _earliest(signed), "the earliest that its own outlet signs"
    if not full:
        return None, f"only copies are held; they name {named or 'no source'}"
    first = _earliest(full)
    return first, f"the earliest full text held, {first.published or 'undated'}"


def _earliest(members: Iterable[Article]) -> Article:
    """By the date they carry, the undated last; then by the time we met them."""
    return min(members, key=lambda one: (not one.published, one.published, one.fetched, one.id))
