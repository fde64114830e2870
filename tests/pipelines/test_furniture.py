"""The story stays whole, and what surrounds it is called by its name."""

import json

import pytest

from pipelines.clean.families import families, is_spam
from pipelines.clean.furniture import classify, split_head, split_tail
from pipelines.parts import Line

LEAD = "全国总工会近日印发通知，部署开展送温暖活动，要求各级工会深入一线走访慰问。"
MORE = "通知指出，要聚焦困难职工和新就业形态劳动者，把党的关怀送到职工群众心坎上。"


def plain(*texts):
    return classify([Line(text) for text in texts])


def between(text, tag="p"):
    """The label of a line that stands between two paragraphs of a page."""
    path = ("div#main.article",)
    return classify([Line(LEAD, "p", path), Line(text, tag, path), Line(MORE, "p", path)])[1]


def behind(text, tag=""):
    """The label of a line that follows the story."""
    return classify([Line(LEAD, tag), Line(MORE, tag), Line(text, tag)])[2]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "1.本网（示例新闻网）稿件下“稿件来源”项标注为“示例新闻网”的，其网络版权均属示例新闻网所有，未经授权不得转载。",
            "copyright",
        ),
        ("凡本网注明“来源：示例日报”的作品，均为本网合法拥有版权的作品。", "copyright"),
        ("Copyright © 2008-2026 by example.com. all rights reserved", "copyright"),
        ("中 工 网 版 权 所 有", "copyright"),
        ("，免责声明：本文仅代表文章作者的个人观点，与本站无关。文章投诉邮箱：a@example.com", "disclaimer"),
        ("平台声明：该文观点仅代表作者本人，某号系信息发布平台，仅提供信息存储空间服务。", "disclaimer"),
        ("苏ICP备18039698号-1 苏公网安备 32031102000168号", "licence"),
        ("增值电信业务经营许可证：苏B2-20140236", "licence"),
        ("关于我们 | 版权声明 | 违法和不良信息举报电话：010-84151598", "contact"),
        ("联系地址：某省某市某大厦4层 联系电话：0516-85752568", "contact"),
        ("扫描关注示例网微信公众号，第一时间获取更多精彩内容。", "app-tail"),
        ("·END·", "app-tail"),
        ("分享让更多人看到", "share"),
        ("本文地址：http://www.example.com/news/2017-01-10/1.html", "self-url"),
        ("文章关键词：", "keywords"),
        ("上一篇：某市总工会召开会议", "navigation"),
        ("扫一扫在手机打开当前页", "interface"),
        ("字号 打印 留言 论坛 网摘 手机点评 纠错 E-mail推荐", "interface"),
        ("（责编：王小明、李大海）", "editor"),
        ("校对|黄小慧", "editor"),
        ("（作者为某市人大常委会副主任、市总工会主席）", "author-note"),
        ("来源：示例工人报", "byline"),
        ("《示例工人报》（2021年12月22日 02版）", "byline"),
        ("图为慰问活动现场。（记者 张小三 摄）", "caption"),
    ],
)
def test_furniture_behind_the_story_is_called_by_its_name(text, label):
    assert behind(text) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("当前位置：首页 > 要闻 > 正文", "breadcrumb"),
        ("您现在的位置：首页 > 工会要闻", "breadcrumb"),
        ("首页学习时政看点工事全总工会评论权益视频财经企业就业民生", "navigation"),
        ("2024-05-20 09:37 来源：示例网", "byline"),
        ("【字体：大 中 小】", "interface"),
    ],
)
def test_furniture_before_the_story_is_called_by_its_name(text, label):
    assert classify([Line(text, "div"), Line(LEAD, "p"), Line(MORE, "p")])[0] == label


@pytest.mark.parametrize(
    "text",
    [
        "本案系一起侵害作品版权纠纷，法院判决被告立即停止转载，并赔偿经济损失三万元。",
        "凡未经许可转载他人作品的，依照著作权法第五十三条承担侵权责任，版权所有者可以向法院起诉。",
        "市场监管部门集中整治违法广告，查处虚假广告案件一百二十起，罚没款三百万元。",
        "工会提醒职工，扫描二维码前要核实来源，谨防诈骗短信和虚假招聘广告。",
        "警方捣毁一个传播淫秽视频的网站，抓获犯罪嫌疑人十二名，查扣涉案资金二百万元。",
        "联系电话有变动的职工，请及时到所在单位工会登记，以便发放慰问品。",
        "相关新闻发布会将于近日举行，省总工会将介绍产业工人队伍建设改革情况。",
        "记者从会上获悉，全市已建成户外劳动者服务站点一千二百个，覆盖所有街道。",
        "据统计，2024年5月20日至6月1日，全市共受理职工法律援助案件三百件。",
        "评论区里，网友纷纷点赞：这样的工会真暖心，职工有了自己的家。",
    ],
)
def test_news_about_copyright_spam_or_advertising_stays(text):
    assert between(text) == "body"
    assert behind(text) == "body"


@pytest.mark.parametrize(
    "text",
    [
        "走访慰问困难职工",
        "一、总体要求",
        "融入新质生产力发展的“契合点”",
        "（一）加强组织领导",
        "1",
        "03 减肥有多难",
    ],
)
def test_a_sub_heading_between_paragraphs_stays(text):
    assert between(text) in ("heading", "body")


@pytest.mark.parametrize(
    "item",
    [
        "●调整结构必须吃透两头：一头是当地的优势，一头是市场的动向。",
        "●新开工竣工面积分类指数持续走高",
        "△杭州暂停新建专业市场。近日杭州市政府规定，不再审批新的专业市场。",
        "■ 参加工会满一年的会员，可以申请助学补助。",
    ],
)
def test_an_item_of_a_list_is_no_caption(item):
    assert between(item) in ("body", "heading")


@pytest.mark.parametrize(
    "caption", ["△坦帕市市长简·卡斯特", "◎ 图：@示例报微博截图", "▲示例日报全媒体记者张小三、李妍摄"]
)
def test_a_sign_before_a_picture_marks_its_caption(caption):
    assert between(caption) == "caption"


def test_a_list_stays_in_its_place():
    items = ["1.豆子提前浸泡", "2.泡豆子的水要保留", "3.粥油要保留"]
    labels = classify([Line(LEAD, "p"), *(Line(item, "li") for item in items), Line(MORE, "p")])
    assert set(labels) <= {"body", "heading"}


def test_a_notice_keeps_attachments_contacts_signature_and_day():
    notice = [
        "关于开展送温暖活动的通知",
        "各县区总工会：",
        LEAD,
        "现将有关事项通知如下，请认真组织实施。",
        "附件：1.活动方案",
        "联系人：张小三 联系电话：0512-12345678",
        "某市总工会",
        "2024年1月5日",
        "（此件公开发布）",
    ]
    assert plain(*notice) == ("title", *["body"] * 8)


def test_contacts_at_the_foot_of_a_page_are_no_notice():
    labels = plain(
        "某市总工会走访企业",
        LEAD,
        MORE,
        "主办单位：某市总工会",
        "联系电话：0512-12345678",
        "苏ICP备18039698号-1",
    )
    assert labels[3:] == ("contact", "contact", "licence")


def test_a_one_paragraph_notice_is_a_story():
    assert plain("讣告", LEAD)[-1] == "body"


def test_a_related_list_inside_the_story_is_cut_and_the_story_goes_on():
    path = ("div#main.article",)
    lines = [
        Line(LEAD, "p", path),
        Line("相关报道：", "p", path),
        Line("某市总工会开展夏送清凉活动", "p", path, 1.0),
        Line(MORE, "p", path),
    ]
    assert classify(lines) == ("body", "related", "related", "body")


def test_a_tail_family_in_the_middle_is_left_alone():
    assert between("凡本网站注册的职工，均可凭文章截图到工会领取纪念品，先到先得，领完即止。") == "body"


def test_spam_is_a_list_of_words_and_never_a_sentence():
    assert is_spam("日韩av无码| 久久精品人人澡| 又大又爽免费视频")
    assert not is_spam("高清版纪录片在线观看人次突破百万，免费视频资源向职工开放，受到欢迎。")


def test_an_original_title_is_a_title():
    assert between("（原标题：某市总工会开展送温暖活动）") == "title"


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("各界人士前往送别。返回搜狐，查看更多", "返回搜狐，查看更多"),
        ("会议由市总工会主席主持。（责任编辑：李方）", "（责任编辑：李方）"),
        ("会议由市总工会主席主持。责编：李方", "责编：李方"),
        ("活动取得圆满成功。来源：示例工人报", "来源：示例工人报"),
        ("受到职工好评。【责任编辑：陈颖】", "【责任编辑：陈颖】"),
        (
            "引领改革纵深前行,我来为大家科普一下关于工会建设?下面希望有你要的答案,我们一起来看看吧!",
            ",我来为大家科普一下关于工会建设?下面希望有你要的答案,我们一起来看看吧!",
        ),
    ],
)
def test_a_glued_tail_is_found_where_it_begins(text, tail):
    assert text[split_tail(text) :] == tail


@pytest.mark.parametrize(
    "text",
    [
        "市总工会主席到会讲话。（记者 张小三）",
        "让工会更加充满活力。（经济日报评论员）",
        "他担任该刊责任编辑多年，培养了一批青年编辑。",
        "这些数据的来源：一是问卷，二是走访，三是统计年报。",
        "更多职工从中受益。（资料来源：参考消息、海外网等）",
    ],
)
def test_a_bracket_that_belongs_to_the_story_is_no_tail(text):
    assert split_tail(text) is None


def test_a_source_glued_to_the_story_is_split_from_it():
    text = "来源:中工网今年来,江苏省盐城市建湖县总工会紧紧按照部署"
    assert text[split_head(text) :].startswith("今年来")
    assert split_head("来源于职工的智慧正在改变企业，今年来成果丰硕。") is None


def test_every_example_of_the_collection_belongs_to_a_family(shared):
    footers = json.loads((shared / "portals" / "patterns.json").read_text(encoding="utf-8"))["footers"]
    examples = [example for family in footers for example in family["examples"] if len(example) > 3]
    story = {"body", "heading"}
    assert [text for text in examples if behind(text) in story] == []


def test_bodies_of_the_gold_pages_lose_no_paragraph(shared):
    lost = []
    for row in (shared / "pages" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        paragraphs = [text for text in json.loads(row)["body"].split("\n") if text]
        lines = [Line(text, "p", ("div#main.article",)) for text in paragraphs]
        labels = classify(lines, region=(0, len(lines)))
        lost += [
            text for text, label in zip(paragraphs, labels, strict=True) if label not in ("body", "heading")
        ]
    assert lost == []


@pytest.mark.parametrize(
    "text",
    [
        "来源:" * 40_000,
        "(" * 100_000,
        "首页>" * 40_000,
        "，字" * 60_000,
        "2024-" * 40_000,
        "记者 张三 " * 20_000,
    ],
)
def test_a_hostile_line_is_read_like_any_other(text):
    labels = classify([Line(LEAD, "p"), Line(text, "p"), Line(MORE, "p")])
    assert (labels[0], labels[2]) == ("body", "body")
    split_tail(text)
    split_head(text)


def test_the_families_file_names_known_labels_only():
    assert len(families()) > 20


@pytest.mark.parametrize(
    "head",
    [
        "【熱門點閱】",
        "★延伸閱讀★",
        "看更多相關新聞",
        "你可能也想看",
        "▶其他人也看了",
        "更多體育報導",
        "編輯部推薦",
    ],
)
def test_the_heads_of_lists_in_traditional_script_open_them(head):
    lines = [Line(LEAD, "p"), Line(MORE, "p"), Line(head, "p"), Line("●某地舉行龍舟賽", "p", (), 0.5)]
    assert classify(lines)[2:] == ("related", "related")


def test_a_sentence_that_begins_like_such_a_head_stays():
    assert between("最新消息显示，各地已建成工会驿站三百家，户外劳动者可以歇脚、喝水、充电。") == "body"


@pytest.mark.parametrize("tail", ["返回示例网首页>>", "详情>>", "查看详情>"])
def test_what_points_away_from_a_paragraphs_end_is_cut(tail):
    text = f"{LEAD}{tail}"
    assert text[split_tail(text) :] == tail
    assert split_tail(f"{LEAD}市民可登录首页查看详情。") is None


def test_a_signature_before_the_first_sentence_is_cut_and_one_in_the_middle_stays():
    path = ("div#main.article",)
    lines = [Line("原标题：行业协商更有底气（引题）", "p", path), Line("本报记者 易小喆", "p", path)]
    lines += [Line(LEAD, "p", path), Line("本报记者 易小喆", "p", path), Line(MORE, "p", path)]
    assert classify(lines, region=(0, 5)) == ("title", "byline", "body", "heading", "body")


def test_a_farms_lead_is_a_wrapper_with_a_source_before_it_too():
    told = f"{LEAD}户外劳动者可以在驿站歇脚。"
    wrapper = (
        f"来源:中工网{told[:-1]}，我来为大家科普一下关于职工书屋怎么建?下面希望有你要的答案,我们一起来看看吧!"
    )
    lines = [Line(text, "p") for text in (wrapper, "职工书屋怎么建", "来源:中工网", told, MORE)]
    assert classify(lines)[:3] == ("wrapper", "wrapper", "byline")


def test_a_sub_heading_behind_an_ordinary_lead_is_no_keyword():
    assert between("职工书屋怎么建") == "heading"
