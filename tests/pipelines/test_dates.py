"""Dates are read as precisely as a page prints them, and never more."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dates import dates, read_date

NOON = datetime(2024, 5, 20, 4, 0, tzinfo=UTC)  # noon in Shanghai


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2024-08-23 08:23", "2024-08-23T08:23+08:00"),
        ("2019-07-30 07:13:01", "2019-07-30T07:13:01+08:00"),
        ("2024年05月10日06:58", "2024-05-10T06:58+08:00"),
        ("2024年5月20日9时30分", "2024-05-20T09:30+08:00"),
        ("2024年5月10日 下午3:05", "2024-05-10T15:05+08:00"),
        ("2015/5/26 9:40:31", "2015-05-26T09:40:31+08:00"),
        ("25.03.2016  11:09", "2016-03-25T11:09+08:00"),
        ("2024 05/09 22:27:02", "2024-05-09T22:27:02+08:00"),
        ("2025 年/4 月/2 日", "2025-04-02"),
        ("2020.10.04", "2020-10-04"),
        ("二〇二四年十月十一日", "2024-10-11"),
        ("一九九七年十二月三十一日", "1997-12-31"),
        ("2007-08-20-23:59:59", "2007-08-20T23:59:59+08:00"),
        ("2024-05-13 13:48:13:671", "2024-05-13T13:48:13+08:00"),
        ("2024-05-10T06:58:03+08:00", "2024-05-10T06:58:03+08:00"),
        ("2024-05-10T06:58:03Z", "2024-05-10T06:58:03+00:00"),
        ("2020-02-29T10:34:31.000-05:00", "2020-02-29T10:34:31-05:00"),
        ("Fri, 10 May 2024 06:58:00 +0800", "2024-05-10T06:58:00+08:00"),
        ("May 10, 2024 09:30", "2024-05-10T09:30+08:00"),
        ("20240509222702", "2024-05-09T22:27:02+08:00"),
        ("1715572974045", "2024-05-13T12:02:54+08:00"),
        ("2016年11月", "2016-11"),
        ("2024年", "2024"),
        ("２０２４年５月１０日", "2024-05-10"),
        ("2013年10月14日, 格林尼治标准时间07:17", "2013-10-14T07:17+00:00"),
        ("发布时间：18-03-0823:16", "2018-03-08T23:16+08:00"),
    ],
)
def test_a_date_is_read_in_every_shape_that_pages_print(printed, iso):
    found = read_date(printed)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("//www.workercn.cn2014-10-17 15:40:40来源: 中工网", "2014-10-17T15:40:40+08:00"),
        ("2024-05-1006:58:03", "2024-05-10T06:58:03+08:00"),  # day and hour without a blank
        ("2021-01-20 04:29:4439健康网", "2021-01-20T04:29:44+08:00"),  # seconds and a name without a blank
    ],
)
def test_what_is_glued_to_a_date_does_not_hide_it(line, iso):
    assert dates(line)[0].iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-30",
        "2024年13月1日",
        "2024-05-32",
        "电话010-84151598",
        "1998 - 2024",
        "第2024001号",
        "10-12-15",
        "3-18-03-08 23:16",
    ],
)
def test_what_is_no_day_is_no_date(text):
    assert read_date(text) is None


def test_a_time_that_never_was_leaves_the_day():
    assert read_date("2024-05-20 99:10").iso == "2024-05-20"


@pytest.mark.parametrize(
    "line", ["2024年05月20日 星期一 小满", "今天是2024年5月20日", "2024年5月20日 农历四月十三"]
)
def test_a_greeting_with_todays_date_is_recognised(line):
    assert read_date(line).today


@pytest.mark.parametrize("line", ["2024年05月20日 08:30", "2024-05-20 星期一 08:30", "发布日期：2024-05-20"])
def test_a_dateline_is_not_taken_for_a_greeting(line):
    assert not read_date(line).today


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("13小时前", "2024-05-19"),
        ("5分钟前", "2024-05-20T11:55+08:00"),
        ("昨天 08:30", "2024-05-19T08:30+08:00"),
        ("前天", "2024-05-18"),
        ("05-18", "2024-05-18"),
        ("05-13 09:16", "2024-05-13T09:16+08:00"),
        ("12-31", "2023-12-31"),  # a day without a year is never in the future
    ],
)
def test_dates_that_count_from_the_visit_need_the_time_of_the_visit(text, iso):
    assert read_date(text, fetched=NOON).iso == iso
    assert read_date(text) is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2098, 12, 31)))
def test_every_day_survives_being_printed_the_chinese_way(day):
    assert read_date(f"发布时间：{day.year}年{day.month}月{day.day}日").iso == day.isoformat()


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    found = read_date(text, fetched=NOON)
    assert found is None or 0 <= found.start <= found.end <= len(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Oct 12, 2024", "2024-10-12"),
        ("August 3, 2024", "2024-08-03"),
        ("Sept. 5, 2023", "2023-09-05"),
        ("DECEMBER 1st, 2024", "2024-12-01"),
        ("2024年5月20日凌晨12:30", "2024-05-20T00:30+08:00"),
        ("2024年5月20日晚8:30", "2024-05-20T20:30+08:00"),
        ("2024年5月20日中午12:30", "2024-05-20T12:30+08:00"),
    ],
)
def test_months_in_english_and_hours_of_night_are_read(text: str, iso: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.iso == iso
