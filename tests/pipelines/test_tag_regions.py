"""Where an article's body acts: names, decoys, history, and what has to stay open."""

import pytest

from pipelines.tag import tag_text
from seeds.portal import Portal

XUZHOU, CHANGCHUN, JIANGSU = "320300", "220100", "320000"


def portal(region: str) -> Portal | None:
    return Portal("paper", "一家报", "https://paper.example/", "city", region=region) if region else None


def places(title: str, body: str = "", *, home: str = "", published: str = "") -> list[str]:
    found = tag_text(title, body, portal=portal(home), published=published)
    return [region.path for region in found.regions]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("近日，盐城市建湖县总工会启动送温暖活动。", "江苏省/盐城市/建湖县"),
        ("江苏盐城建湖县总工会启动送温暖活动。", "江苏省/盐城市/建湖县"),
        ("浙江安吉职工书画展开幕。", "浙江省/湖州市/安吉县"),
        ("江门新会区总工会组成慰问组送清凉。", "广东省/江门市/新会区"),
        ("吉林市总工会举办职工运动会。", "吉林省/吉林市"),
        ("兵团总工会启动送温暖活动。", "新疆生产建设兵团"),
        ("新疆生产建设兵团第八师石河子市总工会启动送温暖活动。", "新疆维吾尔自治区/石河子市"),
        ("台湾工会团体在台北游行，要求提高最低工资。", "台湾省"),
        ("澳门工联总会举办职工书画展。", "澳门特别行政区"),
        ("延边州总工会到延吉市调研工会工作。", "吉林省/延边朝鲜族自治州/延吉市"),
        ("北京市朝阳区总工会举办职工书画展。", "北京市/朝阳区"),
        ("会同县总工会开展送清凉活动。", "湖南省/怀化市/会同县"),
    ],
)
def test_the_place_of_the_acting_body_is_read_from_its_name(body: str, path: str) -> None:
    assert places("", body) == [path]


@pytest.mark.parametrize(
    "body",
    [
        "全市“安康杯”竞赛活动启动，各企业职工积极参与。",
        "公司工会开展医疗互助，互助金及时发放。",
        "区总工会会同区人社局检查欠薪。",
        "《南京日报》刊文谈职工书屋。",
        "河南籍农民工拿到了被拖欠的工资。",
        "职工在重大庆祝活动中登台表演。",
        "职工们为实现长治久安贡献力量。",
        "毕业于南京大学的职工讲述创新故事。",
        "职工之家设在中山路，环境温馨。",
    ],
)
def test_a_word_that_only_looks_like_a_place_gives_none(body: str) -> None:
    assert places("", body) == []


def test_hainan_is_the_province_unless_the_prefecture_is_said() -> None:
    assert places("海南举办职工技能大赛") == ["海南省"]
    assert places("海南州总工会开展送温暖活动") == ["青海省/海南藏族自治州"]


def test_jilin_is_the_province_unless_the_text_speaks_of_a_city() -> None:
    assert places("吉林职工运动会开幕") == ["吉林省"]
    assert places("吉林职工运动会开幕", "我市职工踊跃参加，市总工会主席致辞。") == ["吉林省/吉林市"]


def test_one_of_several_districts_with_a_name_needs_its_city() -> None:
    assert places("", "朝阳区总工会举办职工书画展。") == []
    assert places("", "朝阳区总工会举办职工书画展。", home=CHANGCHUN) == ["吉林省/长春市/朝阳区"]


def test_an_open_place_is_named_in_the_evidence() -> None:
    found = tag_text("", "朝阳区总工会举办职工书画展。")
    assert "朝阳区" in next(item.rule for item in found.evidence if item.field == "regions")


@pytest.mark.parametrize(
    ("name", "published", "path"),
    [
        ("通州市", "2007-05-01", ["江苏省/南通市/通州区"]),
        ("通州区", "2007-05-01", ["北京市/通州区"]),
        ("通州区", "2020-05-01", []),  # two districts bear the name since 2009
        ("湾里区", "2016-05-01", ["江西省/南昌市/新建区"]),
        ("闸北区", "2013-05-01", ["上海市/静安区"]),
        ("江北区", "2027-05-01", ["浙江省/宁波市/江北区"]),  # Chongqing's ended in 2025
    ],
)
def test_a_name_means_what_it_meant_in_its_year(name: str, published: str, path: list[str]) -> None:
    assert places("", f"{name}总工会举办职工书画展。", published=published) == path


def test_the_acting_body_beats_the_hall_it_meets_in() -> None:
    assert places("", "海南省总工会3日在海口召开全委会。") == ["海南省"]


def test_a_national_body_acts_for_the_nation_wherever_it_meets() -> None:
    assert places("", "中国海员建设工会全国委员会全体会议21日在福建厦门开幕。") == ["CN"]
    assert places("", "全国总工会主席在北京人民大会堂会见外国工会代表团。") == ["CN"]
    assert places("", "新华社北京1月2日电 全国总工会下发通知，启动送温暖活动。") == ["CN"]


def test_the_capitals_own_union_acts_for_the_capital() -> None:
    assert places("", "全国总工会表彰先进，北京市总工会组织职工收看。") == ["北京市"]


def test_a_journey_is_not_the_place_of_the_traveller() -> None:
    body = "市总工会组织劳模赴恩施、神农架、宜昌等地疗休养。"
    assert places("随州百余名劳模疗休养", body) == ["湖北省/随州市"]


def test_our_city_is_the_papers_city() -> None:
    body = "市总工会在我市开展送清凉活动。"
    assert places("", body, home=XUZHOU) == ["江苏省/徐州市"]


def test_our_city_without_a_paper_stays_open() -> None:
    assert places("", "市总工会在我市开展送清凉活动。") == []


def test_a_named_place_beats_the_papers_home() -> None:
    assert places("邢台市总工会开展调研", home=JIANGSU) == ["河北省/邢台市"]


def test_the_source_tells_the_home_when_the_portal_is_nobodys() -> None:
    found = tag_text("", "市总决定在职工中开展大讨论。", source="徐州日报")
    assert [region.code for region in found.regions] == [XUZHOU]


def test_a_strike_abroad_belongs_to_its_country() -> None:
    assert places("德国铁路工人罢工", "数以千计的铁路工人罢工。") == ["DE"]


def test_hong_kong_is_known_by_its_institutions() -> None:
    assert places("", "打工仔到立法会请愿，要求标准工时立法。") == ["香港特别行政区"]


def test_a_farms_tail_of_place_names_moves_nothing() -> None:
    tail = "\n浦北县| 百色市| 义乌市| 南宁市| 嘉禾县| 孝义市| 平顶山市|"
    assert places("", "徐州市总工会启动送清凉活动。" + tail) == ["江苏省/徐州市"]
    assert places("", "公司工会开展慰问。" + tail) == []


def test_a_short_form_counts_inside_its_frame_only() -> None:
    assert places("非洲工会代表团来湘访问") == ["湖南省"]
    assert places("", "职工品尝湘菜，交流厨艺。") == []
