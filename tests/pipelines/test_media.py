"""A story's images, captions and attachments are its own, by absolute addresses of the web."""

from datetime import UTC, datetime

from archive.article import Attachment, Image, Page, from_dict, to_dict
from pipelines.process import process

LEAD = (
    "某市总工会近日召开产业工人队伍建设改革推进会，部署下一步工作，要求各级工会深入企业，走访慰问一线职工。"
)
MORE = "会议指出，要聚焦职工所需所盼，推动服务向基层延伸，让职工群众得到更多实惠，把好事办实、实事办好。"
URL = "https://union.example/art/2026/1.html"


def article(story, around="", head=""):
    page = (
        f"<html><head><meta charset=utf-8><title>某市召开推进会</title>{head}</head><body><div class='logo'><img src='/logo.png'></div>"
        f"<h1>某市召开推进会</h1><div class='box'><div class='content'><p>{LEAD}</p>{story}<p>{MORE}</p></div>{around}</div>"
        "<div class='hot'><a href='/2'><img src='/hot/2.jpg'>另一则</a></div></body></html>"
    )
    return process(Page(URL, page.encode(), datetime(2026, 11, 21, tzinfo=UTC)))


def test_an_image_has_its_absolute_address_and_the_caption_below_it():
    found = article("<p><img src='../img/W02.jpg'></p><p>图为会议现场。王小明 摄</p>")
    assert found.images == (Image("https://union.example/art/img/W02.jpg", "图为会议现场。王小明 摄"),)


def test_a_caption_may_stand_in_a_figure():
    found = article("<figure><img src='/a.jpg'><figcaption>会议现场</figcaption></figure>")
    assert found.images == (Image("https://union.example/a.jpg", "会议现场"),)


def test_an_image_that_is_loaded_late_has_its_true_address():
    found = article("<p><img src='/js/blank.gif' data-original='//img.example/b.jpg'></p>")
    assert found.images == (Image("https://img.example/b.jpg"),)


def test_the_sentence_after_an_image_is_no_caption():
    assert article("<p><img src='/a.jpg'></p>").images == (Image("https://union.example/a.jpg"),)


def test_buttons_codes_and_other_stories_images_are_not_the_storys():
    found = article(
        "<p><img src='/a.jpg' width='16'><img src='/img/icon/share.png'><img src='/ewm.png'></p>"
        "<p><img src='data:image/gif;base64,R0lGOD'><img src='javascript:x()'><img src='http://['></p>"
    )
    assert found.images == ()


def test_a_flood_of_images_is_bounded():
    assert len(article("".join(f"<p><img src='/{at}.jpg'></p>" for at in range(90))).images) == 40


def test_documents_in_and_below_a_notice_are_its_attachments():
    found = article(
        "<p><a href='./P02.pdf'>申报表.pdf</a></p>",
        around="<ul class='fujian'><li>附件1：<a href='/f/%E5%90%8D%E5%8D%95.xlsx'>入选名单</a></li></ul>",
    )
    assert found.attachments == (
        Attachment("https://union.example/art/2026/P02.pdf", "申报表.pdf"),
        Attachment("https://union.example/f/%E5%90%8D%E5%8D%95.xlsx", "入选名单"),
    )


def test_a_file_that_a_programme_hands_out_is_an_attachment():
    found = article("<p>附件：<a href='/system/_content/download.jsp?wbfileid=7'>登记表.doc</a></p>")
    assert [each.title for each in found.attachments] == ["登记表.doc"]


def test_pages_and_programmes_outside_the_notice_are_no_attachments():
    found = article("<p><a href='/2.html'>通知</a></p>", around="<p><a href='/app/reader.zip'>阅读器</a></p>")
    assert found.attachments == ()


def test_the_base_of_a_page_moves_its_addresses():
    found = article("<p><img src='a.jpg'></p>", head="<base href='https://cdn.example/x/'>")
    assert found.images == (Image("https://cdn.example/x/a.jpg"),)


def test_images_and_attachments_survive_being_printed():
    found = article("<p><img src='/a.jpg'></p><p><a href='/b.pdf'>附件</a></p>")
    again = from_dict(to_dict(found))
    assert (again.images, again.attachments, again.event) == (found.images, found.attachments, found.event)


def test_a_page_without_an_article_shows_nothing():
    page = b"<html><body><img src='/a.jpg'><p>404 not found</p></body></html>"
    assert process(Page(URL, page, datetime(2026, 11, 21, tzinfo=UTC))).images == ()
