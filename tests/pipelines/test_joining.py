"""An article that stands on several pages: joined, said once, and every line of every page accounted for."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Article, Page, apply_marks
from pipelines.document import blocks, parse
from pipelines.process import process

FETCHED = datetime(2026, 11, 21, 8, tzinfo=UTC)
ADDRESS = "https://union.example/2026/11/10/1234"
TITLE = "示例市总工会启动冬送温暖行动"
SUMMARY = "摘要里写着：示例市总工会今冬将走访慰问困难职工三百二十户，并为户外劳动者新设四十个驿站。"
STORY = (
    "11月10日，示例市总工会启动“冬送温暖”行动，首批走访慰问困难职工320户，发放慰问金64万元。",
    "市总工会相关负责人介绍，行动将持续到明年春节前，重点关注新就业形态劳动者和困难企业职工。",
    "各县区总工会同步开展政策宣讲、免费体检和法律咨询，让服务送到职工身边。",
    "在城东环卫驿站，保洁员老许领到了棉衣和热水壶，他说冬天扫街的手终于暖和了。",
    "据了解，全市今年已建成户外劳动者驿站160个，年底前还将新增40个，覆盖主要商圈和园区。",
    "市总工会表示，将把送温暖常态化，对困难职工家庭实行一户一策，动态更新帮扶档案。",
)


def leaf(
    *paragraphs: str, number: int = 1, pages: int = 1, title: str = TITLE, by: str = "", after: str = ""
) -> Page:
    """One page: everything but the story is the same on all pages of the article."""
    story = "".join(f"<p>　　{text}</p>" for text in paragraphs)
    numbers = "".join(f'<a href="{page_name(each)}">{each}</a> ' for each in range(1, pages + 1) if pages > 1)
    html = f"""<html><head><title>{title}-示例市总工会</title></head><body>
    <div>当前位置：首页 &gt; 要闻 &gt; 正文</div><h1>{title}</h1>
    <div>2026-11-10 09:30　来源：示例日报　{by}</div><div class=article>{story}</div>{after}
    <div class=pager>{numbers}</div><div>主办单位：示例市总工会　某ICP备00000000号</div></body></html>"""
    return Page(f"https://union.example/2026/11/10/{page_name(number)}", html.encode(), FETCHED)


def page_name(number: int) -> str:
    return "1234.html" if number == 1 else f"1234_{number}.html"


def several(first: Page, *parts: Page) -> Page:
    return replace(first, parts=parts)


def visible(page: Page) -> Counter[str]:
    root = parse(page.body.decode())
    assert root is not None
    return Counter(block.line.text for block in blocks(root))


def accounted(article: Article) -> Counter[str]:
    return Counter(article.body_as_published.split("\n") + [cut.text for cut in article.cuts])


def test_three_pages_are_one_story_in_their_order() -> None:
    pages = [leaf(*STORY[at * 2 : at * 2 + 2], number=at + 1, pages=3) for at in range(3)]
    article = process(several(*pages))
    assert article.body.split("\n") == list(STORY)
    assert (article.title, article.published, article.source) == (TITLE, "2026-11-10T09:30+08:00", "示例日报")
    assert article.doubts == ()


def test_all_that_is_visible_on_any_page_is_body_or_cut() -> None:
    pages = [leaf(*STORY[at * 2 : at * 2 + 2], number=at + 1, pages=3) for at in range(3)]
    seen = sum((visible(page) for page in pages), Counter())
    assert accounted(process(several(*pages))) == seen


def test_a_second_page_that_repeats_title_and_summary_says_them_once() -> None:
    first = leaf(SUMMARY, *STORY[:3], pages=2)
    second = leaf(f"{TITLE}（2）", SUMMARY, *STORY[3:], number=2, pages=2)
    article = process(several(first, second))
    assert article.body.split("\n") == [SUMMARY, *STORY]
    assert [cut.text for cut in article.cuts if cut.reason == "echo"] == [SUMMARY]
    assert f"{TITLE}（2）" in [cut.text for cut in article.cuts]


def test_the_title_in_the_midst_of_the_second_page_is_an_echo() -> None:
    second = leaf(STORY[3], f"{TITLE}(2)", *STORY[4:], number=2, pages=2)
    article = process(several(leaf(*STORY[:3], pages=2), second))
    assert article.body.split("\n") == list(STORY)
    assert [cut.reason for cut in article.cuts if cut.text == f"{TITLE}(2)"] == ["echo"]


def test_a_short_refrain_on_the_second_page_stays() -> None:
    article = process(
        several(leaf(*STORY[:3], "劳动光荣！", pages=2), leaf(*STORY[3:], "劳动光荣！", number=2, pages=2))
    )
    assert article.body.split("\n").count("劳动光荣！") == 2


def test_who_signs_on_the_last_page_signs_the_article() -> None:
    end = "<div>作者：王小明</div><div>（责任编辑：李小红）</div>"
    article = process(several(leaf(*STORY[:3], pages=2), leaf(*STORY[3:], number=2, pages=2, after=end)))
    assert (article.authors, article.editors) == (("王小明",), ("李小红",))
    assert {"author", "editor"} <= {each.field for each in article.evidence}


def test_who_signs_on_the_first_page_is_not_replaced() -> None:
    end = "<div>（责任编辑：李小红）</div>"
    first = leaf(*STORY[:3], pages=2, by="作者：王小明　责任编辑：赵小兰")
    article = process(several(first, leaf(*STORY[3:], number=2, pages=2, by="作者：周大为", after=end)))
    assert (article.authors, article.editors) == (("王小明",), ("赵小兰",))


def test_one_short_sentence_may_be_the_whole_last_page() -> None:
    article = process(several(leaf(*STORY, pages=2), leaf("（记者将继续关注此事进展。）", number=2, pages=2)))
    assert article.body.endswith("（记者将继续关注此事进展。）")
    assert article.doubts == ()


def excuse() -> Page:
    return leaf("您访问的页面不存在或已删除。", number=2, title="提示信息")


def another_article() -> Page:
    return leaf(*(text.replace("温暖", "清凉") for text in STORY[3:]), number=2, title="示例省总工会召开全会")


def emptiness() -> Page:
    return replace(leaf(), body=b"")


@pytest.mark.parametrize("strange", [excuse, another_article, emptiness])
def test_a_page_that_is_no_part_of_the_article_gives_a_doubt_and_no_text(strange) -> None:
    first = leaf(*STORY[:3])
    article = process(several(first, strange()))
    assert article.body == process(first).body
    assert [doubt for doubt in article.doubts if doubt.startswith("page 2 of the article was left out: ")]
    assert article.verdict == "clean"


def test_the_lines_of_a_page_left_out_are_cut_and_not_lost() -> None:
    pages = leaf(*STORY[:3]), another_article()
    assert accounted(process(several(*pages))) == visible(pages[0]) + visible(pages[1])


def test_pages_announced_and_not_held_are_a_doubt() -> None:
    pages = [leaf(*STORY[at * 2 : at * 2 + 2], number=at + 1, pages=3) for at in range(2)]
    assert process(several(*pages)).doubts == ("the article goes on over 3 pages, 2 are held",)
    assert process(pages[0]).doubts == ("the article goes on over 3 pages, 1 is held",)


def test_an_article_on_one_page_announces_no_other() -> None:
    related = '<a href="1235.html">下一篇</a> <a href="1235.html">下一篇：示例省总工会召开全会</a>'
    assert process(leaf(*STORY, after=f"<div>{related}</div>")).doubts == ()


def test_pages_teach_and_name_the_article_by_its_first() -> None:
    first, second = leaf(*STORY[:3], pages=2), leaf(*STORY[3:], number=2, pages=2)
    whole, alone = process(several(first, second)), process(first)
    assert (whole.id, whole.url) == (alone.id, alone.url)
    assert whole.page_digest == several(first, second).digest != alone.page_digest


def test_images_of_further_pages_belong_to_the_article() -> None:
    def with_image(page: Page, name: str) -> Page:
        image = f'<p><img src="/upload/{name}.jpg"></p></div>'
        return replace(page, body=page.body.replace(b"</p></div>", f"</p>{image}".encode(), 1))

    first = with_image(leaf(*STORY[:3], pages=2), "W020261110")
    second = with_image(leaf(*STORY[3:], number=2, pages=2), "W020261111")
    urls = [image.url for image in process(several(first, second)).images]
    assert urls == [f"https://union.example/upload/W02026111{n}.jpg" for n in (0, 1)]


DAMAGED = st.sampled_from(
    [
        *STORY,
        "全國(guó)总工会12日在示例市召开座谈会，各产业工會(huì)负责人参加并就下一步工作交流了意见。",
        "會議强调,要維護職工合法權益,讓勞動者有更多獲得感,各級工會要把實事辦好、把好事辦實。",
        "职工代表说&#8203;：这次培训\x05很实用，希望以后每个季度都能办一次，\x06让更多工友受益。",
    ]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(DAMAGED, min_size=1, max_size=4), min_size=1, max_size=4))
def test_marks_lead_from_all_pages_as_found_to_the_body(stories: list[list[str]]) -> None:
    pages = [leaf(*story, number=at, pages=len(stories)) for at, story in enumerate(stories, 1)]
    article = process(several(*pages))
    assert apply_marks(article.body_as_published, article.marks) == article.body


def test_damage_on_the_second_page_alone_is_repaired_and_marked_there() -> None:
    broken = "全國(guó)總工會(huì)與各產業工會召開座談會，就維護(hù)勞動者權益、建設(shè)驛站交換意見。"
    first, second = leaf(*STORY[:3], pages=2), leaf(*STORY[3:5], broken, number=2, pages=2)
    article = process(several(first, second))
    assert broken in article.body_as_published
    assert "(guó)" not in article.body
    assert apply_marks(article.body_as_published, article.marks) == article.body
    assert all(mark.at > article.body.index(STORY[3]) for mark in article.marks)
