"""A small archive for the desk: a week of ordinary news, a story with copies, and texts that mean harm."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.article import Article, Mark, Region, Story, Topic
from archive.database import Archive
from desk import cli
from pipelines.store import store

HOSTILE = (
    "[/b]没有开头的标记[video]",
    "\x1b[31m红色\x1b[0m标题\x07",
    "第一行\ngongwen: 伪造的一行\r\n第三行",
    '=HYPERLINK("http://spam.example","领奖")',
    "右到左\u202e改写\u2066标题\u2069",
    "长" * 10_000,
    "<script>window.__xss=1</script>",
    '" onmouseover="window.__xss=1',
    "{{ 7 * 7 }}{% raw %}",
    "半个\ud800字符\x00与\x0b控制\ufffe",
    "]]><!--&amp;",
    "*粗*|表|`码`[链](javascript:alert(1))",
)
DAY = "2026-11-11"


def ordinary(number: int, **fields: Any) -> Article:
    """An article of 2026-W46, clean and plain, different from every other number."""
    letters = "".join(chr(0x4E00 + (number * 97 + n * 31) % 5000) for n in range(60))
    plain = Article(
        id=f"{number:016x}",
        url=f"https://union.example/{number}.html",
        portal="workercn",
        title=f"市总工会走访第{number}家企业",
        source="示例工人报",
        published=DAY,
        published_precision="day",
        body=f"{letters}\n工会主席说：“要让职工过个暖冬。”",
        fetched="2026-11-12T08:00:00+08:00",
        topics=(Topic("welfare.hardship", 12.0),),
        regions=(Region("320900", "江苏省/盐城市"),),
        organisations=("盐城市总工会",),
        rules="test",
    )
    return replace(plain, body_as_published=fields.get("body", plain.body), **fields)


@pytest.fixture
def make() -> Callable[..., Article]:
    return ordinary


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A database: five ordinary articles, twelve hostile ones, a mirror, a page that is none, one without a date."""
    path = tmp_path / "gongwen.db"
    hostile = [
        ordinary(
            100 + n,
            title=text,
            source=text[:40],
            url=f"javascript:alert({n})",
            summary=text,
            campaigns=(text[:30],),
        )
        for n, text in enumerate(HOSTILE)
    ]
    special = [
        ordinary(200, verdict="mirror", title="镜像上的稿件"),
        ordinary(201, verdict="not-an-article", title="导航页"),
        ordinary(202, published="", published_precision=None, title="没有日期的稿件"),
        ordinary(
            203, marks=(Mark("drop_readings", 0, "(guó)", ""),), title="修复过的稿件", laws=("《工会法》",)
        ),
    ]
    with Archive.open(path) as archive:
        for article in (*map(ordinary, range(5)), *hostile, *special):
            store(archive, article, None)
    return path


class Command:
    """Runs a command line as the console script does and keeps what it said."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self.capfd = capfd

    def __call__(self, *args: str | Path) -> tuple[int, str, str]:
        status = cli.run([str(arg) for arg in args])
        said = self.capfd.readouterr()
        return status, said.out, said.err

    def json(self, *args: str | Path) -> Any:
        status, out, err = self(*args)
        assert status in {0, 1}, err
        return json.loads(out)

    def lines(self, *args: str | Path) -> list[Any]:
        status, out, err = self(*args)
        assert status in {0, 1}, err
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def gongwen(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """The command, in an empty folder, with no setting of this machine in sight."""
    for name in ("GONGWEN_DB", "GONGWEN_PORTALS", "GONGWEN_ALLOW_PRIVATE", "GONGWEN_CONTACT"):
        monkeypatch.delenv(name, raising=False)
    config = tmp_path / "config.toml"
    config.write_text("", encoding="utf-8")
    monkeypatch.setenv("GONGWEN_CONFIG", str(config))
    monkeypatch.chdir(tmp_path)
    return Command(capfd)


@pytest.fixture
def hostile() -> tuple[str, ...]:
    return HOSTILE


@pytest.fixture
def reprinted() -> Callable[[int], list[Article]]:
    """A story: its original and so many copies in other papers."""

    def made(copies: int) -> list[Article]:
        family = Story("S1", f"{0:016x}", "工人日报", "same text", copies + 1)
        original = ordinary(0, title="七部门印发欠薪治理行动方案", source="工人日报", story=family)
        return [original, *(ordinary(n, source=f"第{n}家报纸", story=family) for n in range(1, copies + 1))]

    return made
