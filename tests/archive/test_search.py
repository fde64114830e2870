"""Search: any passage a reader can see is found, nothing else is, and the marks stand on the body."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from archive.article import Region, Topic
from archive.database import Archive
from archive.search import Filter, Hit, search, why_empty
from pipelines.fold import fold
from pipelines.query import parse
from pipelines.store import store
from tests.archive.building import made

PROTECTION = "全市发放N95口罩2.5万只，落实“1+N”模式；十四五期间经费增长12.5%。"
OUTDOORS = "为户外劳动者建设服务站点，覆盖率达100%。"
ABROAD = "外劳权益如何保障？律师说法。"


def titles(archive: Archive, typed: str, wanted: Filter | None = None) -> list[str]:
    return [hit.title for hit in search(archive, parse(typed), wanted).hits]


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.snippet_ranges]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory, documents: Path) -> Iterator[tuple[Archive, list[str]]]:
    """The five clean readings, two of them in traditional characters, and three short texts."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(documents.glob("*.clean.txt"))]
    texts[1], texts[3] = OpenCC("s2t").convert(texts[1]), OpenCC("s2tw").convert(texts[3])
    bodies = [*texts, PROTECTION, OUTDOORS, ABROAD]
    with Archive.open(tmp_path_factory.mktemp("seeds") / "gongwen.db") as archive:
        for n, body in enumerate(bodies):
            store(archive, made(body, n=n, title=f"第{n}篇"), None)
        yield archive, bodies


QUERIES = """
    工会 工會 职工 職工 劳动 勞動 企业 企業 会 會 工 的 了 不 为 為 劳 们 年 月 日 一 1 2 0 5 n N a % ％ + ＋ 、 。 ， “ " 》 ( （ ： - ?
    N95 n95 Ｎ９５ 95 1+N １＋Ｎ 2.5万 2.5 12.5% 100% 十四五 2019 2022年 10月11日 外劳 户外劳动者 戶外勞動者 服务站 服務站點
    全国总工会 集体协商 集體協商 建材 邢台 邢臺 四心桥 四心橋 三年提升行动 机制 機制 五一 党建 黨建 农民工 農民工 劳务派遣 工匠 劳模
    勞模 着力 著力 著 着 干部 幹部 后 後 里 裡 台 于 於 人工智能 大数据 大數據 工资 工資 罢工 不存在的词 某某某 xyz 会员 會員 工会会 会会
""".split()


@pytest.mark.parametrize("typed", QUERIES)
def test_a_query_finds_exactly_the_texts_that_hold_it(seeds: tuple[Archive, list[str]], typed: str) -> None:
    archive, bodies = seeds
    holding = [
        n for n, body in enumerate(bodies) if fold(typed) in fold(body) or fold(typed) in fold(f"第{n}篇")
    ]
    found = search(archive, parse(f'"{typed}"' if typed not in '“"' else typed), Filter(limit=50))
    assert sorted(int(hit.id, 16) for hit in found.hits) == holding
    assert found.total == len(holding)


def test_the_queries_try_enough() -> None:
    assert len(QUERIES) >= 100


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_passage_of_a_body_is_found(seeds: tuple[Archive, list[str]], data: st.DataObject) -> None:
    archive, bodies = seeds
    n = data.draw(st.integers(0, len(bodies) - 1))
    line = data.draw(st.sampled_from([line for line in bodies[n].split("\n") if line.strip()]))
    start = data.draw(st.integers(0, len(line) - 1))
    passage = line[start : data.draw(st.integers(start + 1, min(len(line), start + 30)))]
    folded = fold(passage)
    if folded.strip('"「') and not re.search(r"(?:^|\s)[-－]", passage):
        found = {int(hit.id, 16) for hit in search(archive, parse(passage), Filter(limit=50)).hits}
        assert n in found
        if '"' not in folded and not re.search(r"\s", passage):  # a blank parts two words of a query
            assert found == {
                at for at, body in enumerate(bodies) if folded in fold(body) or folded in fold(f"第{at}篇")
            }


@given(typed=st.text(max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_search(seeds: tuple[Archive, list[str]], typed: str) -> None:
    archive, _ = seeds
    found = search(archive, parse(typed))
    assert found.total >= len(found.hits)


HOSTILE = [
    "工会*",
    "NEAR(工会 职工, 5)",
    "^工会",
    "{title body}:工会",
    "words:工会",
    "rowid:1",
    'body:"工会',
    '""" OR 1=1 --',
    "工会') OR ('1'='1",
    "\0工会",
    "工会\0",
    "\ud800",
    "((((((((((",
    "-" * 100,
    "。。。！？",
    "*",
    "+",
    "工" * 10_000,
    "工会 OR " * 1_000,
    " ".join(chr(0x4E00 + n) for n in range(3_000)),
    "\u202e工会",
    "a AND OR NOT b",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_syntax_elsewhere_is_text_here(seeds: tuple[Archive, list[str]], typed: str) -> None:
    archive, bodies = seeds
    found = search(archive, parse(typed), Filter(limit=50))
    groups = [[term.text for term in group] for group in parse(typed).groups]
    holding = [
        n
        for n, body in enumerate(bodies)
        if all(any(text in fold(body) for text in group) for group in groups)
    ]
    assert {int(hit.id, 16) for hit in found.hits} >= set(holding)
    assert found.total == len(holding) or "第" in fold(typed) or ":" in typed


def test_both_scripts_find_the_same(seeds: tuple[Archive, list[str]]) -> None:
    archive, _ = seeds
    assert {hit.id for hit in search(archive, parse("工會")).hits} == {
        hit.id for hit in search(archive, parse("工会")).hits
    }


def test_a_passage_does_not_reach_over_the_end_of_a_paragraph(archive: Archive) -> None:
    store(archive, made("第一段说工\n会议在第二段"), None)
    assert titles(archive, "工会") == []
    assert titles(archive, "工 会议") == ["市总召开会议"]


def test_a_word_comes_before_a_part_of_another_word(archive: Archive) -> None:
    for n in range(3):
        store(archive, made(f"{OUTDOORS}{OUTDOORS}第{n}号站", n=n, title=f"站点{n}"), None)
    store(archive, made(ABROAD + "本栏目由律师事务所协办，欢迎读者来信提问。" * 5, n=9, title="说法"), None)
    for n in range(10, 20):
        store(archive, made("今天天气晴朗，适合出行。" + str(n), n=n, title=f"天气{n}"), None)
    assert titles(archive, "外劳")[0] == "说法"


def test_a_title_counts_more_than_a_mention(archive: Archive) -> None:
    for n in range(10):
        store(archive, made(f"今天天气晴朗，适合出行{n}。", n=n), None)
    store(archive, made("会上还谈到欠薪问题，并作了部署。" * 2, n=20, title="综合消息"), None)
    store(archive, made("各地开展专项行动，成效明显。" * 2, n=21, title="欠薪治理有新招"), None)
    assert titles(archive, "欠薪") == ["欠薪治理有新招", "综合消息"]


def test_one_character_ranks_titles_first(archive: Archive) -> None:
    store(archive, made("罚款已经缴纳。", n=1, title="甲", published="2026-11-20"), None)
    store(archive, made("事情已经处理。", n=2, title="罚", published="2026-11-01"), None)
    assert titles(archive, "罚") == ["罚", "甲"]


def test_marks_stand_on_the_body_as_it_reads(archive: Archive) -> None:
    body = "开头。全國(guó) 總工會　发出通知。"
    store(archive, made(body), None)
    hit = search(archive, parse("全国总工会")).hits[0]
    assert [body[start:end] for start, end in hit.body_ranges] == ["全國(guó) 總工會"]
    assert marked(hit) == ["全國(guó) 總工會"]


def test_a_long_text_shows_the_passage_with_the_words(archive: Archive) -> None:
    filler = "今天天气晴朗，适合出行。" * 60
    store(archive, made(f"{filler}骑手与平台开展集体协商。{filler}"), None)
    hit = search(archive, parse("骑手 协商")).hits[0]
    assert marked(hit) == ["骑手", "协商"]
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert len(hit.snippet) < 100


def test_without_a_word_in_the_body_the_snippet_is_its_beginning(archive: Archive) -> None:
    store(archive, made("会议在礼堂举行。", title="劳模表彰"), None)
    hit = search(archive, parse("title:劳模")).hits[0]
    assert (hit.snippet, hit.snippet_ranges, hit.title_ranges) == ("会议在礼堂举行。", (), ((0, 2),))


def test_columns_look_only_where_they_say(archive: Archive) -> None:
    store(archive, made("正文提到欠薪。", n=1, title="甲", source="工人日报", authors=("王小明",)), None)
    store(archive, made("正文提到工人日报和王小明。", n=2, title="欠薪乙", source="中工网"), None)
    assert titles(archive, "title:欠薪") == ["欠薪乙"]
    assert titles(archive, "body:欠薪") == ["甲"]
    assert titles(archive, "source:工人日報") == ["甲"]
    assert titles(archive, "author:王小明") == ["甲"]
    assert titles(archive, "title:乙") == ["欠薪乙"]
    assert titles(archive, "body:乙") == []
    assert titles(archive, "-source:工人日报 欠薪") == ["欠薪乙"]


def test_tags_are_columns_too(archive: Archive) -> None:
    tags = {
        "topics": (Topic("rights.wages", 0.9),),
        "regions": (Region("320925", "江苏省/盐城市/建湖县"),),
        "organisations": ("盐城市总工会",),
        "laws": ("保障农民工工资支付条例",),
    }
    store(archive, made("甲文。", n=1, title="甲", **tags), None)
    store(archive, made("乙文。", n=2, title="乙", portal="other"), None)
    for typed in (
        "topic:rights",
        "topic:rights.wages",
        "region:盐城",
        "region:320900",
        "org:盐城市总",
        "law:农民工工资",
    ):
        assert titles(archive, typed) == ["甲"], typed
    for typed in ("topic:right", "topic:rights.wage", "region:320800", "region:南京", "org:南京"):
        assert titles(archive, typed) == [], typed
    assert titles(archive, "portal:other") == ["乙"]
    assert titles(archive, "-region:江苏") == ["乙"]
    assert sorted(titles(archive, "region:江苏 OR portal:other")) == ["乙", "甲"]
    assert titles(archive, "文 region:江苏 OR 乙文", Filter(sort="newest")) == ["乙", "甲"]


def test_a_province_is_not_a_prefecture_of_its_name(archive: Archive) -> None:
    store(archive, made("甲文。", n=1, title="省", regions=(Region("460100", "海南省/海口市"),)), None)
    store(
        archive, made("乙文。", n=2, title="州", regions=(Region("632500", "青海省/海南藏族自治州"),)), None
    )
    assert titles(archive, "region:海南") == ["省"]
    assert titles(archive, "region:海南藏族自治州") == ["州"]
    assert titles(archive, "", Filter(regions=("海南",))) == ["省"]


def test_what_may_not_be_quoted_is_found_only_when_asked_for(archive: Archive) -> None:
    for n, verdict in enumerate(("clean", "mirror", "farm", "spam", "not-an-article")):
        store(archive, made(f"欠薪问题{n}。", n=n, title=verdict, verdict=verdict), None)
    assert titles(archive, "欠薪") == ["clean"]
    assert sorted(titles(archive, "欠薪", Filter(verdicts=("mirror", "farm")))) == ["farm", "mirror"]


def test_filters_narrow(archive: Archive) -> None:
    store(
        archive, made("欠薪一。", n=1, title="周一", published="2026-11-16T09:00:00+08:00", portal="a"), None
    )
    store(archive, made("欠薪二。", n=2, title="周日", published="2026-11-22", portal="b"), None)
    store(archive, made("欠薪三。", n=3, title="当月", published="2026-11", portal="b"), None)
    store(archive, made("欠薪四。", n=4, title="无日期", portal="b"), None)
    week = {"since": date(2026, 11, 16), "until": date(2026, 11, 22)}
    assert titles(archive, "欠薪", Filter(**week, sort="newest")) == ["周日", "周一"]
    assert titles(archive, "欠薪", Filter(**week, portals=("a",))) == ["周一"]
    assert titles(
        archive, "欠薪", Filter(since=date(2026, 11, 1), until=date(2026, 11, 30), sort="oldest")
    ) == ["当月", "周一", "周日"]
    assert titles(archive, "欠薪", Filter(sort="newest", limit=2, offset=1)) == ["周一", "当月"]
    assert len(titles(archive, "欠薪")) == 4


def test_the_day_is_counted_in_shanghai(archive: Archive) -> None:
    store(archive, made("欠薪。", published="2026-11-15T23:30:00+00:00", title="凌晨"), None)
    assert titles(archive, "欠薪", Filter(since=date(2026, 11, 16))) == ["凌晨"]


def test_a_changed_article_is_found_by_its_new_words_only(archive: Archive) -> None:
    store(archive, made("会议决定发放补贴。"), None)
    store(archive, made("会议决定暂缓执行。", fetched="2026-11-22T08:00:00+08:00"), None)
    assert titles(archive, "发放补贴") == []
    assert titles(archive, "补") == []
    assert titles(archive, "暂缓执行") == ["市总召开会议"]


@pytest.mark.parametrize(
    ("typed", "wanted", "part"),
    [
        ("欠薪", Filter(portals=("nowhere",)), "no article of portal nowhere is held"),
        ("罢工", Filter(), 'no article of any kind holds "罢工"'),
        ("镜像", Filter(), "1 found, but only on mirrors"),
        ("欠薪", Filter(until=date(2001, 1, 1)), "1 found without the filters"),
        ("欠薪 -问题", Filter(), "1 found without the exclusions"),
        ("欠薪 天气", Filter(), "no article holds them all"),
    ],
)
def test_an_empty_answer_says_why(archive: Archive, typed: str, wanted: Filter, part: str) -> None:
    store(archive, made("欠薪问题。", n=1, published="2026-11-16"), None)
    store(archive, made("天气晴朗。", n=2, published="2026-11-16"), None)
    store(archive, made("镜像网站。", n=3, verdict="mirror"), None)
    assert search(archive, parse(typed), wanted).total == 0
    assert part in why_empty(archive, parse(typed), wanted)


def test_an_empty_archive_says_so(archive: Archive) -> None:
    assert (
        why_empty(archive, parse("工会")) == "the archive holds no article yet: fill it with `gongwen crawl`"
    )


def test_an_answer_needs_no_reason(archive: Archive) -> None:
    store(archive, made("欠薪问题。"), None)
    assert why_empty(archive, parse("欠薪")) == ""
