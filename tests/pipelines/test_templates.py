"""Date, source, author and editor are read in the templates of portals, and their furniture is left out."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.article import Page
from pipelines.process import process

TEMPLATES = tomllib.loads((Path(__file__).parents[1] / "cases" / "templates.toml").read_text("utf-8"))["page"]
TITLE = "某市召开产业工人队伍建设改革推进会"
LEAD = (
    "某市总工会近日召开产业工人队伍建设改革推进会，部署下一步工作，要求各级工会深入企业，走访慰问一线职工。"
)
MORE = "会议指出，要聚焦职工所需所盼，推动服务向基层延伸，让职工群众得到更多实惠，把好事办实、实事办好。"
LAST = "下一步，将继续完善机制，切实增强职工获得感、幸福感、安全感，为高质量发展凝聚力量。"
STORY = (LEAD, MORE, LAST)
MENU = "".join(
    f"<li><a href='/{name}'>{name}</a></li>" for name in "首页 新闻 财经 体育 娱乐 科技 汽车 房产".split()
)
OTHERS = "".join(
    f"<li><a href='/r{at}.html'>相关的另一条新闻标题第{at}号</a><span>2024-01-0{at} 08:00</span></li>"
    for at in range(1, 6)
)
FOOT = "关于我们 | 联系我们 | 版权声明<br>Copyright © 1996-2024 All Rights Reserved 京ICP证010000号"


def page(case):
    before = f"<p>{case['before']}</p>" if "before" in case else ""
    story = f"{before}<p>　　{case.get('opening', '')}{LEAD}</p><p>　　{MORE}</p><p>　　{LAST}{case.get('ending', '')}</p>"
    return (
        f"<html><head><meta charset='utf-8'><title>{TITLE}{case.get('suffix', '')}</title>{case.get('head', '')}</head>"
        f"<body><ul class='nav'>{MENU}</ul><h1>{TITLE}</h1>{case['under']}<div class='content'>{story}{case.get('after', '')}</div>"
        f"<div class='rel'><h3>相关新闻</h3><ul>{OTHERS}</ul></div><div class='footer'>{FOOT}</div></body></html>"
    )


@pytest.mark.parametrize("case", TEMPLATES, ids=[each["template"] for each in TEMPLATES])
def test_the_fields_of_a_template_are_read_and_its_furniture_is_left_out(case):
    html = page(case).encode()
    found = process(Page("https://site.example/x/abc.html", html, datetime(2026, 11, 21, tzinfo=UTC)))
    assert found.source in case["sources"]
    assert (list(found.authors), found.published[:10], list(found.editors)) == (
        case["authors"],
        case["day"],
        case["editors"],
    )
    assert found.title == TITLE
    kept = found.body.split("\n")
    assert [text for text in STORY if not any(text in line for line in kept)] == []
    assert [line for line in kept if not any(text in line for text in STORY)] == []
