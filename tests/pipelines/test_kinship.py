"""Copies are known as copies, whatever was done to them; strangers and other notices are not; and whose words they are."""

import random
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from archive.article import Article, Story
from pipelines.fold import fold
from pipelines.kinship import MOST, containment, decide, family, sketch

WRAPPER = "近日，网友十分关注这件事，小编带大家一起来了解一下吧！"
TAIL = "以上就是今天的全部内容，想了解更多请持续关注本站。免责声明：本文仅代表作者个人观点，与本网无关。"


def bodies(documents: Path) -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(documents.glob("*.clean.txt"))]
    return ["\n".join(line for line in text.split("\n")[3:] if len(line) > 40) for text in texts]


def article(body: str, *, n: int = 1, **fields: Any) -> Article:
    folded = fold(body)
    plain = Article(
        id=f"{n:016x}", url=f"https://union.example/{n}", body=body, folded=folded, sketch=sketch(folded)
    )
    return replace(plain, **fields)


def wrapped(body: str) -> str:
    return f"{WRAPPER}\n{body}\n{TAIL}"


def shortened(body: str) -> str:
    return body[: len(body) * 6 // 10]


def excerpted(body: str) -> str:
    return max(body.split("\n"), key=len)[:260]


def traditional(body: str) -> str:
    return OpenCC("s2t").convert(body)


def ridden_with_pinyin(body: str) -> str:
    dice = random.Random(1)
    return "".join(
        f"{one}({lazy_pinyin(one, style=Style.TONE)[0]})"
        if "一" <= one <= "龥" and dice.random() < 0.15
        else one
        for one in body
    )


def with_half_width_signs(body: str) -> str:
    return body.translate(str.maketrans("，；：！？（）＋", ",;:!?()+"))


def without_plus(body: str) -> str:
    return body.replace("+", " ")


def edited(body: str) -> str:
    dice = random.Random(2)
    characters = list(body)
    for _ in range(5):
        characters[dice.randrange(len(characters))] = "某"
    return "".join(characters)


def reordered(body: str) -> str:
    paragraphs = body.split("\n")
    return "\n".join(reversed(paragraphs))


def with_a_lost_passage(body: str) -> str:
    middle = len(body) // 2
    return body[:middle] + "□" * 12 + body[middle + 12 :]


DAMAGES = [
    wrapped,
    shortened,
    excerpted,
    traditional,
    ridden_with_pinyin,
    with_half_width_signs,
    without_plus,
    edited,
    reordered,
    with_a_lost_passage,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_copy_is_still_a_copy(documents: Path, damage: Callable[[str], str]) -> None:
    originals = [article(body, n=n) for n, body in enumerate(bodies(documents))]
    for n, original in enumerate(originals):
        copy = article(damage(original.body), n=100 + n)
        assert [kin.article.id for kin in family(copy, originals)] == [original.id]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_copy_shares_hashes_with_its_original_and_few_with_strangers(
    documents: Path, damage: Callable[[str], str]
) -> None:
    originals = [sketch(fold(body)) for body in bodies(documents)]
    for n, body in enumerate(bodies(documents)):
        copy = sketch(fold(damage(body)))
        shared = [len(set(copy) & set(original)) for original in originals]
        assert shared[n] >= 2
        assert all(shared[n] > 4 * one for at, one in enumerate(shared) if at != n)


def test_strangers_are_no_kin(documents: Path) -> None:
    articles = [article(body, n=n) for n, body in enumerate(bodies(documents))]
    assert [family(one, articles) for one in articles] == [()] * len(articles)


NOTICE = (
    "各基层工会：为进一步关心关爱一线职工，经研究决定，{place}总工会定于{date}在{hall}举办2024年送清凉活动启动仪式，"
    "请各单位组织{people}名职工代表参加，并于{due}前将回执报送至{place}总工会权益保障部。"
    "参加活动的人员请提前{early}分钟入场，遵守会场纪律，将手机调至静音状态。联系人：{name}。"
)
YANCHENG = {
    "place": "盐城市",
    "date": "7月10日",
    "hall": "工人文化宫",
    "people": "30",
    "due": "7月5日",
    "early": "15",
    "name": "张老师",
}


@pytest.mark.parametrize(
    "filled",
    [
        {**YANCHENG, "date": "8月2日", "due": "7月28日", "people": "45", "early": "20"},
        {**YANCHENG, "place": "徐州市"},
        {**YANCHENG, "place": "徐州市", "hall": "市民广场", "name": "李老师", "people": "60"},
    ],
    ids=["another day", "another place", "another place and hall"],
)
def test_two_notices_of_one_template_are_no_kin(filled: dict[str, str]) -> None:
    assert family(article(NOTICE.format(**filled), n=1), [article(NOTICE.format(**YANCHENG), n=2)]) == ()


@pytest.mark.parametrize(
    "damage",
    [wrapped, traditional, ridden_with_pinyin, with_half_width_signs],
    ids=lambda damage: damage.__name__,
)
def test_a_short_notice_and_its_copy_are_kin(damage: Callable[[str], str]) -> None:
    notice = NOTICE.format(**YANCHENG)
    assert family(article(damage(notice), n=1), [article(notice, n=2)])


def test_a_copy_that_falsifies_a_figure_is_kin(documents: Path) -> None:
    original = next(body for body in bodies(documents) if "N" in body)
    assert family(article(original.replace("17家", "170家"), n=1), [article(original, n=2)])


def test_an_empty_text_has_no_kin() -> None:
    assert sketch("") == ()
    assert family(article("", n=1), [article("", n=2)]) == ()
    assert family(article("工会", n=1), [article("工会", n=2)]) == ()


def test_a_long_text_has_a_bounded_sketch() -> None:
    long = "".join(chr(0x4E00 + at * 7919 % 20_000) for at in range(60_000))
    assert len(sketch(long)) == MOST


def test_sketches_stay_what_they_were_when_the_archive_was_filled() -> None:
    first = "全国总工会".encode("utf-32-le")
    expected = crc32(first) << 31 | int.from_bytes(blake2b(first, digest_size=4).digest()) >> 1
    assert sketch("《全国总工会》") == (expected,)


@given(st.text(alphabet="工会职劳动者，。1N ", max_size=200))
def test_a_text_contains_itself(text: str) -> None:
    assert containment(sketch(text), sketch(text)) in (0.0, 1.0)


@given(st.text(max_size=300))
def test_hashes_fit_the_database(text: str) -> None:
    assert all(0 <= one < 2**63 for one in sketch(text))


BODY = "市总工会昨天召开座谈会，听取外卖骑手和网约车司机对集体协商的意见，并当场答复了其中的九条。" * 4


def told(*members: Article, outlets: tuple[tuple[str, str], ...] = ()) -> Story:
    story = decide(members[0], members[1:], outlets)
    assert story is not None
    return story


def test_the_earliest_full_text_is_the_original() -> None:
    late = article(BODY, n=1, published="2024-10-12", source="中工网")
    early = article(BODY, n=2, published="2024-10-11T08:00:00+08:00", source="工人日报")
    undated = article(BODY, n=3)
    story = told(late, early, undated)
    assert (story.original, story.original_source, story.copies) == (early.id, "工人日报", 3)
    assert "2024-10-11" in story.reason


@pytest.mark.parametrize("verdict", ["mirror", "farm", "spam"])
def test_a_mirror_is_never_the_original(verdict: str) -> None:
    mirror = article(BODY, n=1, published="2001-01-01", verdict=verdict)
    clean = article(BODY, n=2, published="2024-10-11")
    assert told(mirror, clean).original == clean.id


def test_where_only_mirrors_are_held_the_original_is_not_held() -> None:
    mirrors = [article(BODY, n=n, verdict="mirror", source="工人日报") for n in range(2)]
    story = told(*mirrors)
    assert (story.original, story.original_source) == ("", "工人日报")
    assert "only copies are held" in story.reason


def test_an_excerpt_is_not_the_original_even_when_it_is_earlier() -> None:
    excerpt = article(BODY[:100], n=1, published="2024-10-10")
    full = article(BODY + "座谈会由市总工会主席主持，有关部门负责人参加。", n=2, published="2024-10-11")
    assert told(excerpt, full).original == full.id


def test_an_outlets_own_article_comes_before_an_earlier_reprint() -> None:
    reprint = article(BODY, n=1, portal="people", source="工人日报", published="2024-10-11T06:00:00+08:00")
    own = article(
        BODY, n=2, portal="workercn", source="中工网-工人日报", published="2024-10-11T09:00:00+08:00"
    )
    story = told(reprint, own, outlets=(("workercn", "工人日报"), ("people", "人民网")))
    assert story.original == own.id


def test_without_kin_there_is_no_story(documents: Path) -> None:
    first, second = (article(body, n=n) for n, body in enumerate(bodies(documents)[:2]))
    assert decide(first, [second]) is None
    assert decide(first, []) is None
    assert decide(first, [first]) is None


def test_a_story_keeps_its_name_when_copies_join() -> None:
    story = Story("00000000000000aa", f"{2:016x}", "", "", 2)
    old = article(BODY, n=2, story=story, published="2024-10-11")
    assert told(article(BODY, n=1, published="2024-10-01"), old).id == "00000000000000aa"
