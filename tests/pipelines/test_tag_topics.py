"""What an article is about, and what it only mentions."""

import pytest

from pipelines.tag import tag_text
from seeds.taxonomy import taxonomy


def topics(title: str, body: str = "") -> set[str]:
    return {topic.id for topic in tag_text(title, body).topics}


@pytest.mark.parametrize(
    ("title", "body", "topic"),
    [
        ("经审干部培训班开班", "市总工会举办经费审查业务培训，部署审计工作。", "governance.audit"),
        ("提高技术工人待遇的意见出台", "一线职工可获技能津贴，职称评审通道打开。", "reform.treatment"),
        ("学雷锋，职工志愿服务队走进社区", "工会志愿者开展便民服务。", "welfare.volunteer"),
        ("", "户外劳动者服务站点启用，环卫工人可以歇脚、喝水。", "welfare.station"),
        ("", "香港立法会讨论输入外劳，工联会要求保障打工仔。", "world.hkmotw"),
        ("", "市总工会第十次代表大会闭幕，选举产生新一届委员会，主席当选。", "organise.congress"),
        ("", "职工代表大会选举张三当选职工代表，新一届职代会产生。", "organise.staffcongress"),
        ("算法协商恳谈会举行", "平台企业与骑手代表就抽成、派单规则协商。", "newform.algorithm"),
        ("英国铁路工人大罢工", "工会宣布，由于谈判未能达成一致，四万名员工罢工。", "world.abroad"),
        ("工友追回被拖欠工資", "總工會幫助農民工討薪。", "rights.wages"),
    ],
)
def test_a_topic_is_found(title: str, body: str, topic: str) -> None:
    assert topic in topics(title, body)


@pytest.mark.parametrize(
    ("title", "body", "not_topic"),
    [
        ("", "户外劳动者在驿站休息，户外劳动者服务站点启用。", "world.hkmotw"),  # 户[外劳]动者
        ("", "职工代表大会选举张三当选职工代表，新一届职代会产生。", "organise.congress"),
        ("", "市总工会帮助农民工维权，农民工满意。", "welfare.village"),  # 帮[助农]民工
        ("", "全市职工运动会开幕，千名职工参赛。", "action.trend"),  # 职[工运]动会
        ("英国铁路工人大罢工", "工会宣布四万名员工罢工。", "action.strike"),
        ("短视频与大众文化生产", "短视频已成为醒目的媒介景观。", "digital.media"),  # no work in it
        ("某厅官被开除党籍", "省纪委通报案例。", "rights.contract"),
    ],
)
def test_a_decoy_names_no_topic(title: str, body: str, not_topic: str) -> None:
    assert not_topic not in topics(title, body)


@pytest.mark.parametrize(
    "slogan",
    [
        "大力弘扬劳模精神、劳动精神、工匠精神，",
        "以习近平新时代中国特色社会主义思想为指导，",
        "深入学习贯彻党的二十大精神，",
        "推动构建和谐劳动关系，",
    ],
)
def test_a_slogan_adds_no_topic(slogan: str) -> None:
    story = "市总工会启动送清凉活动，为高温下的职工送去防暑用品。"
    assert topics("", f"{slogan}{story}") == topics("", story) == {"welfare.cooling"}


def test_an_enumeration_names_in_passing() -> None:
    body = "市总工会召开会议。今年做好技能竞赛、金秋助学、医疗互助、法律援助等工作。"
    assert not topics("", body) & {"model.contest", "welfare.schooling", "welfare.mutual", "rights.legalaid"}


def test_a_palace_of_culture_that_lends_its_hall_is_no_subject() -> None:
    assert "culture.venue" not in topics("", "职工羽毛球比赛在市工人文化宫举行，百名职工参赛。")


def test_at_most_three_topics_and_the_surest_first() -> None:
    found = tag_text("根治欠薪：法律援助、劳动仲裁、集体协商、技能大赛、送清凉", "总工会部署。").topics
    assert len(found) <= 3
    assert [topic.score for topic in found] == sorted((topic.score for topic in found), reverse=True)


def test_the_evidence_says_cue_weight_place_and_runners_up() -> None:
    found = tag_text("市总工会开展送清凉活动", "慰问高温下的环卫工人，送上慰问品。")
    proof = next(item for item in found.evidence if item.value == "welfare.cooling")
    assert "送清凉 +18.0 title" in proof.rule
    assert proof.place == "title"
    assert all(name in {sub.id for sub in taxonomy().subtopics} for name, _ in proof.lost)


def test_a_long_body_cannot_outvote_the_headline() -> None:
    tail = "会议还强调安全生产和劳动竞赛。" * 60
    assert topics("职工医疗互助理赔", "总工会发放互助金。" + "患病职工表示感谢。" * 30 + tail) == {
        "welfare.mutual"
    }


def test_nothing_is_about_nothing() -> None:
    assert topics("", "") == set()
