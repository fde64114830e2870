"""A page in, an article out: whole, proved, and never an exception."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article, Page, apply_marks, from_dict, to_dict
from pipelines.document import blocks, parse
from pipelines.process import mend, process
from pipelines.rules import rules
from seeds.portal import Extract, Pattern, Portal

FETCHED = datetime(2026, 11, 21, 8, tzinfo=UTC)
LEAD = "11月10日，示例市总工会启动“冬送温暖”行动，首批走访慰问困难职工320户，发放慰问金64万元。"
SECOND = "市总工会相关负责人介绍，行动将持续到明年春节前，重点关注新就业形态劳动者和困难企业职工。"
THIRD = "各县区总工会同步开展政策宣讲、免费体检和法律咨询，让服务送到职工身边。"

SHAPES = {
    "paragraphs in a container": f"<div class=article><p>　　{LEAD}</p><p>　　{SECOND}</p><p>　　{THIRD}</p></div>",
    "breaks in one cell, 2008": f"<table><tr><td>　　{LEAD}<br><br>　　{SECOND}<br><br>　　{THIRD}</td></tr></table>",
    "a paragraph an element": f"<section><div><span>{LEAD}</span></div><div>{SECOND}</div><div>{THIRD}</div></section>",
}


def page(story: str, url: str = "https://union.example/2026/11/10/1234.html") -> Page:
    nav = "".join(
        f'<li><a href="/{at}">{name}</a></li>' for at, name in enumerate(["首页", "要闻", "维权", "视频"])
    )
    related = "".join(f'<li><a href="/r{at}">某地工会举办职工技能竞赛第{at}场</a></li>' for at in range(6))
    html = f"""<html><head><title>示例市总工会启动冬送温暖行动-示例市总工会</title></head><body><ul>{nav}</ul>
    <div>当前位置：首页 &gt; 要闻 &gt; 正文</div><h1>示例市总工会启动冬送温暖行动</h1>
    <div>2026-11-10 09:30　来源：示例日报　作者：王小明　浏览次数：12</div>{story}
    <div>（责任编辑：李小红）</div><div><b>相关新闻</b><ul>{related}</ul></div>
    <div>主办单位：示例市总工会　某ICP备00000000号</div></body></html>"""
    return Page(url, html.encode(), FETCHED)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_story_is_whole_and_alone(shape: str) -> None:
    assert process(page(SHAPES[shape])).body.split("\n") == [LEAD, SECOND, THIRD]


def test_the_fields_are_those_the_page_prints() -> None:
    article = process(page(SHAPES["paragraphs in a container"]))
    assert article.title == "示例市总工会启动冬送温暖行动"
    assert (article.published, article.published_precision) == ("2026-11-10T09:30+08:00", "minute")
    assert (article.source, article.authors, article.editors) == ("示例日报", ("王小明",), ("李小红",))
    assert article.verdict == "clean"


def test_every_field_says_where_it_came_from() -> None:
    article = process(page(SHAPES["paragraphs in a container"]))
    assert {"title", "published", "source", "author", "editor"} <= {each.field for each in article.evidence}


def visible(page: Page) -> Counter[str]:
    root = parse(page.body.decode())
    assert root is not None
    return Counter(block.line.text for block in blocks(root))


@pytest.mark.parametrize("shape", SHAPES)
def test_body_and_cuts_are_all_that_is_visible(shape: str) -> None:
    article = process(page(SHAPES[shape]))
    told = article.body_as_published.split("\n") + [cut.text for cut in article.cuts]
    assert Counter(told) == visible(page(SHAPES[shape]))


def test_what_is_glued_to_the_last_paragraph_is_cut_and_named() -> None:
    article = process(page(f"<div><p>{LEAD}</p><p>{SECOND}返回搜狐，查看更多</p></div>"))
    assert article.body.split("\n") == [LEAD, SECOND]
    assert "返回搜狐，查看更多" in [cut.text for cut in article.cuts]


def test_a_portals_selectors_go_first_and_its_remove_list_is_kept_out() -> None:
    extract = Extract(body=("css:div.text",), remove=("css:div.text .ad",), title=("css:h1",))
    portal = Portal(
        "example", "示例", "https://union.example/", "city", articles=(Pattern(r".*", extract=extract),)
    )
    story = f"<div class=text><p>{LEAD}</p><p class=ad>{SECOND}</p><p>{THIRD}</p></div>"
    assert process(page(story), portal).body.split("\n") == [LEAD, THIRD]


def test_a_chain_may_read_the_pages_embedded_json() -> None:
    extract = Extract(body=("css:div.text",), source=("json:article.origin",))
    portal = Portal(
        "example", "示例", "https://union.example/", "city", articles=(Pattern(r".*", extract=extract),)
    )
    script = (
        '<script type="application/json">{"article": {"origin": "示例工人报"}}</script><script>{</script>'
    )
    assert process(page(f"{script}<div class=text><p>{LEAD}</p></div>"), portal).source == "示例工人报"


def test_an_article_names_the_rules_that_read_it() -> None:
    assert process(page(SHAPES["paragraphs in a container"])).rules == rules()
    assert rules().startswith("2026.")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no text"),
        (b"<html><body><script>var a</script></body></html>", "no text"),
        ("<h1>提示</h1><p>您访问的页面不存在或已删除。</p>".encode(), "no such page"),
        (
            ("<ul>" + "".join(f"<li><a href={n}>某市工会工作动态第{n}期</a>" for n in range(40))).encode(),
            "no running text",
        ),
    ],
)
def test_a_page_without_an_article_says_so(body: bytes, reason: str) -> None:
    article = process(Page("https://union.example/x", body, FETCHED))
    assert article.verdict == "not-an-article"
    assert reason in article.verdict_reasons[0]


def test_the_same_page_has_the_same_id_whoever_fetched_it() -> None:
    story = SHAPES["paragraphs in a container"]
    first = process(page(story, "http://union.example/2026/11/10/1234.html"))
    second = process(page(story, "https://union.example/2026/11/10/1234.html?spm=a.b"))
    assert first.id == second.id != process(page(story, "https://union.example/2026/11/10/9.html")).id


def readings(documents: Path) -> list[Path]:
    return sorted(documents.glob("*.reading.json"))


SEEDS = [
    "000_621701c48eb81bd5",
    "001_724886c98c96e1a2",
    "002_d66bfd989e31ca80",
    "003_8956921c870c9c93",
    "004_17105475ecdcac13",
]


def seed(documents: Path, name: str) -> tuple[Article, dict[str, object]]:
    text = (documents / f"{name}.txt").read_text(encoding="utf-8")
    return mend(text), json.loads((documents / f"{name}.reading.json").read_text(encoding="utf-8"))[
        "restored"
    ]


@pytest.mark.parametrize("name", SEEDS)
def test_a_seed_reads_as_a_person_read_it(documents: Path, name: str) -> None:
    article, gold = seed(documents, name)
    paragraphs = [part["text"] for part in gold["body"]]  # type: ignore[attr-defined]
    assert article.body.split("\n") == paragraphs
    assert (article.title, article.subtitle) == (gold["title"], gold.get("subtitle") or "")
    assert list(article.editors) == [name for name in str(gold["editor"] or "").split("、") if name]


@pytest.mark.parametrize(
    ("name", "source", "authors", "published", "verdict"),
    [
        (SEEDS[0], "", ("李昱霖", "王立鹏"), "", "mirror"),
        (SEEDS[1], "中工网—《工人日报》", ("雷雪峰",), "2019-07-30T07:13:01+08:00", "mirror"),
        (SEEDS[2], "", (), "", "mirror"),
        (SEEDS[3], "中工网", ("刘登石",), "", "farm"),
        (SEEDS[4], "徐州日报", ("邬政", "胥明虎"), "2017-01-10", "clean"),
    ],
)
def test_a_seed_has_its_fields(
    documents: Path, name: str, source: str, authors: tuple[str, ...], published: str, verdict: str
) -> None:
    article, _ = seed(documents, name)
    assert (article.source, article.authors, article.published) == (source, authors, published)
    assert article.verdict == verdict


@pytest.mark.parametrize("name", SEEDS)
def test_the_marks_prove_the_repair_of_a_seed(documents: Path, name: str) -> None:
    article, _ = seed(documents, name)
    assert apply_marks(article.body_as_published, article.marks) == article.body


@pytest.mark.parametrize("name", SEEDS)
def test_mending_a_mended_body_changes_nothing(documents: Path, name: str) -> None:
    article, _ = seed(documents, name)
    again = mend(f"{article.title}\n{article.body}")
    assert again.body == article.body
    assert again.marks == ()


def test_an_article_travels_as_json_and_back(documents: Path) -> None:
    article, _ = seed(documents, SEEDS[1])
    returned = from_dict(json.loads(json.dumps(to_dict(article))))
    assert to_dict(returned) == to_dict(article)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/pdivbrh1 全国总工会。，(guó)國會+\ue63a\ufffd!肮诰\n", max_size=300))
def test_no_page_raises(text: str) -> None:
    article = process(Page("https://union.example/x", text.encode(), FETCHED))
    assert apply_marks(article.body_as_published, article.marks) == article.body


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="全国总工会。，(guó)國會+\ue63a\ufffd!肮诰 \n\r\x05", max_size=300))
def test_no_text_raises(text: str) -> None:
    article = mend(text)
    assert apply_marks(article.body_as_published, article.marks) == article.body
