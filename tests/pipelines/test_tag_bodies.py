"""Union bodies, companies, people, laws and campaigns, and those that must not be indexed."""

import pytest

from pipelines.tag import tag_text
from seeds.portal import Portal

PAPER = Portal("xzrb", "徐州日报", "https://paper.example/", "press", region="320300")


def bodies(body: str, portal: Portal | None = None) -> list[str]:
    return [name for name in tag_text("", body, portal=portal).organisations if "工会" in name]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("江门市新会区总工会送清凉。", ["新会区总工会"]),
        ("深圳龙岗区龙城街道总工会启动送清凉活动。", ["龙城街道总工会"]),
        ("衢州市衢江区网约送餐员联合工会成立大会召开。", ["衢江区网约送餐员联合工会"]),
        ("全总印发通知。全国总工会要求落实。", ["中华全国总工会"]),
        ("中国海员工会举行纪念大会。", ["中国海员建设工会"]),
        ("大同市总坚持改革方向，大同市总工会牵头。", ["大同市总工会"]),
        ("北京市朝阳区总工会举办书画展。", ["北京市朝阳区总工会"]),
        ("郑州公交集团工会开展慰问。", ["郑州公交集团工会"]),
        ("延边州总工会到延吉调研。", ["延边州总工会"]),
    ],
)
def test_a_union_body_has_one_canonical_name(body: str, names: list[str]) -> None:
    assert bodies(body) == names


def test_the_citys_union_is_the_papers_citys() -> None:
    assert bodies("市总决定在全市职工中开展大讨论。省总工会主席出席。", PAPER) == [
        "徐州市总工会",
        "江苏省总工会",
    ]


def test_a_citys_union_of_no_known_city_stays_generic() -> None:
    assert bodies("市总工会发放助学金。") == ["市总工会"]


@pytest.mark.parametrize(
    "body",
    [
        "该市总人口达到五百万。",
        "全市总体平稳，各级工会积极行动。",
        "镇总工会主席走访慰问。",
        "《工会法》规定了工会组织的权利。",
        "基层工会和企业工会负责人参加。",
    ],
)
def test_what_only_sounds_like_a_body_is_none(body: str) -> None:
    assert bodies(body) == []


def test_gonglianhui_is_hong_kongs_only_where_hong_kong_is_meant() -> None:
    assert bodies("香港立法会讨论输入外劳，工联会表示反对。") == ["香港工会联合会"]
    assert "香港工会联合会" not in bodies("园区工联会成立，工联会主席讲话。")


def test_a_company_is_named_by_its_legal_form_or_as_an_actor() -> None:
    found = tag_text("", "华津金属制品有限公司收到慰问品。滴滴将调整抽成，滴滴表示欢迎监督。").organisations
    assert "华津金属制品有限公司" in found
    assert "滴滴" in found


def test_a_nameless_company_is_none() -> None:
    assert tag_text("", "某公司拖欠工资，该公司负责人称将支付。").organisations == ()


def test_officials_and_model_workers_are_people() -> None:
    body = "省人大常委会副主任、省总工会主席周农出席。全国劳动模范张立刚、李明国讲话。"
    assert tag_text("", body).people == ("周农", "张立刚", "李明国")


@pytest.mark.parametrize(
    "body",
    [
        "职工王小明说，很开心。",
        "环卫工人陈姨介绍，驿站很方便。",
        "翟某涛等农民工拿到了工资。",
        "某公司经理李大鹏表示将支付工资。",
        "困难职工主席台前领取慰问金。",
    ],
)
def test_a_private_person_is_never_indexed(body: str) -> None:
    found = tag_text("", body)
    assert found.people == ()
    assert not {"王小明", "李大鹏"} & set(found.keywords)


def test_norms_are_laws_and_works_are_not() -> None:
    body = "依据《中华人民共和国工会法》和《江苏省“十四五”时期工会改革意见》，话剧《地铁六号线》上演，专栏《书记谈党建》开播。"
    assert tag_text("", body).laws == ("工会法", "江苏省“十四五”时期工会改革意见")


def test_a_law_is_known_by_its_short_form() -> None:
    assert tag_text("", "劳动合同法实施以来，职工满意。").laws == ("劳动合同法",)


def test_a_campaign_is_named_in_the_lead_not_in_passing() -> None:
    assert tag_text("", "总工会启动“送清凉”活动。").campaigns == ("送清凉",)
    late = "总工会召开会议。" * 40 + "还要做好金秋助学。"
    assert tag_text("", late).campaigns == ()
