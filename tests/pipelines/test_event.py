"""The day of an event is the first that the story names, never the dateline's or one that only measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.event import event

PUBLISHED = "2024-05-10T06:58+08:00"


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("5月8日，全市产业工人队伍建设改革推进会召开。", "2024-05-08"),
        ("新华社北京5月9日电 5月8日，全国总工会召开会议。", "2024-05-08"),
        ("2023年11月3日，某县总工会举行启动仪式，5月将总结。", "2023-11-03"),
        ("记者8日从市总工会获悉，驿站已建成三百家。", "2024-05-08"),
        ("记者28日从市总工会获悉，驿站已建成三百家。", "2024-04-28"),
        ("昨日，市总工会开展慰问活动。", "2024-05-09"),
        ("12月28日，市总工会举行年会。", "2023-12-28"),
        ("驿站深受欢迎。\n5月6日上午，职工在驿站歇脚。", "2024-05-06"),
    ],
)
def test_the_first_dated_sentence_says_when_it_happened(body, day):
    assert event(body, PUBLISHED) == day


@pytest.mark.parametrize(
    "body",
    [
        "新华社北京5月9日电（记者张小三）全国总工会部署送温暖工作。",
        "截至5月8日，全市新增会员三千人。",
        "条例自2024年7月1日起施行。",
        "近日，市总工会召开会议。",
        "从2018年到2024年，会员翻了一番。",
        "2月30日，市总工会召开会议。",
    ],
)
def test_datelines_and_days_that_measure_are_no_event(body):
    assert event(body, PUBLISHED) == ""


def test_a_day_without_its_year_needs_the_publication():
    assert event("5月8日，推进会召开。", "") == ""
    assert event("2024年5月8日，推进会召开。", "") == "2024-05-08"
    assert event("5月8日，推进会召开。", "2024-05") == ""


@given(
    st.text(alphabet="0123456789年月日昨天自至，。电 ", max_size=60),
    st.sampled_from(["", "2024", "2024-02-29"]),
)
def test_no_text_breaks_the_reader(body, published):
    assert len(event(body, published)) in (0, 10)
