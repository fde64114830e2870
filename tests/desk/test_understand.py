"""Pages and texts understood from files: in order, each alone, bounded in time."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from archive.article import from_dict
from desk.inputs import SavedPage, numbered_lines, saved_page
from desk.problem import DeskError
from desk.understand import TAG_KEYS, Work, each, page_work
from seeds.portal import all_portals

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>{title}_中工网</title></head><body><h1>{title}</h1>
<div>2026-11-11 08:30 来源：示例工人报</div><div id="content"><p>{one}</p><p>{two}</p><p>{one}{two}</p></div></body></html>"""
ONE = "本报讯 11月11日，市总工会组织志愿者走进产业园区，为一线职工讲解劳动合同、工伤保险和集体协商的有关规定，现场发放资料三百余份。"
TWO = "据介绍，今年以来，全市各级工会已开展同类活动二十六场，服务职工四千多人次，帮助职工追回拖欠工资一百二十万元，受到企业和职工欢迎。"


def page(title: str) -> str:
    return PAGE.format(title=title, one=ONE, two=TWO)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pages"
    made.mkdir()
    for name in ("甲", "乙"):
        (made / f"{name}.html").write_text(page(f"工会{name}进园区宣讲"), encoding="utf-8")
    return made


def test_pages_come_out_in_the_order_of_the_manifest(gongwen, folder, tmp_path) -> None:
    rows: list[dict[str, Any]] = [
        {"path": "乙.html", "url": "https://www.workercn.cn/c/2026-11-11/8790001.shtml"},
        {"path": "missing.html", "url": "https://union.example/"},
        {"path": "甲.html", "url": None, "portal": "workercn"},
    ]
    manifest = folder / "manifest.jsonl"
    manifest.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    status, out, err = gongwen("extract", "--manifest", manifest, "--workers", "2")
    first, second, third = map(json.loads, out.splitlines())
    assert (status, err) == (1, "")
    assert [row["path"] for row in (first, second, third)] == ["乙.html", "missing.html", "甲.html"]
    assert (first["title"], first["portal"]) == ("工会乙进园区宣讲", "workercn")
    assert (set(second), second["line"]) == ({"path", "line", "error"}, 2)
    assert "missing.html" in second["error"]
    assert third["portal"] == "workercn"


def test_a_saved_page_of_an_article_on_several_says_that_the_others_are_missing(gongwen, folder) -> None:
    pager = '<p><input type="hidden" name="__totalpage" value="3"><a href="javascript:go(2)">2</a></p></body>'
    saved = folder / "甲.html"
    saved.write_text(saved.read_text(encoding="utf-8").replace("</body>", pager), encoding="utf-8")
    alone, other = gongwen.lines("extract", saved, folder / "乙.html")
    assert "the article goes on over 3 pages, 1 is held" in alone["doubts"]
    assert other["doubts"] == []


def test_one_page_is_an_article_with_its_path(gongwen, folder) -> None:
    (row,) = gongwen.lines("extract", folder / "甲.html", "--url", "https://union.example/1.html")
    assert row.pop("path") == str(folder / "甲.html")
    article = from_dict(row)
    assert article.title == "工会甲进园区宣讲"
    assert ONE[:20] in article.body
    assert article.url == "https://union.example/1.html"


def test_a_page_that_would_stall_any_parser_fails_alone(gongwen, folder) -> None:
    bomb = folder / "bomb.html"
    bomb.write_text("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">" + ONE, encoding="utf-8")
    status, out, _ = gongwen("extract", bomb, folder / "甲.html")
    bad, good = map(json.loads, out.splitlines())
    assert status == 1
    assert "error" in bad
    assert good["title"] == "工会甲进园区宣讲"


def sleep_or_die(work: Work) -> dict[str, Any]:
    if work.path == "stalls":
        time.sleep(60)
    if work.path == "dies":
        os._exit(3)
    if work.path == "raises":
        raise RuntimeError("line one\nline two")
    return {"path": work.path}


def test_a_page_that_stalls_or_kills_its_worker_is_named_and_the_others_come() -> None:
    works = [Work(name) for name in ("a", "stalls", "b", "dies", "c", "raises")]
    rows = list(each(sleep_or_die, works, workers=1, deadline=5.0))
    assert [row["path"] for row in rows] == [work.path for work in works]
    assert [row.get("error", "") for row in rows] == [
        "", "not understood within 5 s", "", "the worker died (exit 3)", "", "RuntimeError: line one line two",
    ]  # fmt: skip


def test_work_ends_when_nobody_waits_for_it() -> None:
    rows = each(sleep_or_die, [Work("a"), Work("stalls"), Work("stalls")], workers=1, deadline=100.0)
    assert next(rows) == {"path": "a"}
    rows.close()  # would wait three minutes for the others


def heeding_ctrl_c() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so do its children; a person's terminal does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_an_extraction_with_130(folder) -> None:
    names = [str(folder / "甲.html")] * 400
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent.parent)}
    command = [sys.executable, "-m", "desk.cli", "extract", *names]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
        preexec_fn=heeding_ctrl_c,  # noqa: PLW1509 — no thread runs here
    )
    assert process.stdout
    assert process.stdout.readline().startswith(b"{")  # it is at work, and 399 more wait to be printed
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err.strip()) == (130, b"")
    assert out.count(b"\n") < 399


def test_a_scraped_text_is_mended(gongwen, documents) -> None:
    paths = sorted(documents.glob("00[0-4]_????????????????.txt"))
    rows = gongwen.lines("mend", *paths)
    assert [row["path"] for row in rows] == [str(path) for path in paths]
    assert all(row["title"] and row["body"] for row in rows)


def test_a_text_in_another_encoding_is_an_error_of_its_own(gongwen, tmp_path) -> None:
    path = tmp_path / "gbk.txt"
    path.write_bytes("工会新闻".encode("gb18030"))
    status, out, _ = gongwen("mend", path)
    assert status == 1
    assert "not UTF-8" in json.loads(out)["error"]


def test_texts_from_stdin_are_tagged_in_order(gongwen, monkeypatch) -> None:
    lines = [
        {"title": "市总工会为职工送清凉", "body": ONE, "published": "2026-07-11"},
        {"title": None, "body": TWO, "portal": "jsgrb"},
    ]
    text = "\ufeff" + "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))
    rows = gongwen.lines("tag", "-")
    assert [set(row) for row in rows] == [{"path", "line", *TAG_KEYS}] * 2
    assert [row["line"] for row in rows] == [1, 2]
    assert {row["path"] for row in rows} == {"-"}
    assert any(topic["id"].startswith("welfare") for topic in rows[0]["topics"])


BAD_ROWS = {
    "no JSON": "{",
    "a list": "[]",
    "a title that is a number": '{"title": 3}',
    "deep": "[" * 100_000,
    "an address that is none": '{"url": "http://[bad"}',
    "an unknown portal": '{"portal": "nosuch"}',
}


@pytest.mark.parametrize("line", BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_line_is_named_by_its_number_and_stops_no_other(gongwen, tmp_path, line) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"title": "工会"}\n' + line + '\n\n{"title": "集体协商"}\n', encoding="utf-8")
    status, out, err = gongwen("tag", path, "--workers", "1")
    good, bad, last = map(json.loads, out.splitlines())
    assert (status, err) == (1, "")
    assert [row["line"] for row in (good, bad, last)] == [1, 2, 4]
    assert set(bad) == {"path", "line", "error"}
    assert "line 2" in bad["error"]
    assert "error" not in good | last


def test_a_wrong_manifest_line_stops_no_other(gongwen, folder) -> None:
    manifest = folder / "m.jsonl"
    lines = (
        '{"path": "甲.html", "portal": "nosuch"}',
        '{"url": "https://union.example/"}',
        '{"path": "乙.html"}',
    )
    manifest.write_text("\n".join(lines), encoding="utf-8")
    status, out, _ = gongwen("extract", "--manifest", manifest, "--workers", "1")
    first, second, third = map(json.loads, out.splitlines())
    assert status == 1
    assert (first["path"], first["line"], "nosuch" in first["error"]) == ("甲.html", 1, True)
    assert (second["path"], second["line"]) == (str(manifest), 2)
    assert third["title"] == "工会乙进园区宣讲"


def test_a_batch_that_cannot_be_read_is_used_wrongly(gongwen, tmp_path) -> None:
    assert gongwen("tag", tmp_path / "nosuch.jsonl")[:2] == (2, "")
    assert gongwen("extract", "--manifest", tmp_path / "nosuch.jsonl")[:2] == (2, "")


def test_half_a_character_in_a_text_is_left_out(gongwen, tmp_path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(r'{"title": "工会\ud800主席", "body": "\ud83d\ude00 集体协商"}', encoding="utf-8")
    (row,) = gongwen.lines("tag", path)
    assert "error" not in row


def test_a_manifest_line_needs_a_path() -> None:
    with pytest.raises(DeskError, match='no "path"'):
        saved_page({"url": "https://union.example/"}, "m line 1", Path())


def test_a_portal_is_named_or_found_by_its_address() -> None:
    portals = all_portals()
    assert page_work(SavedPage("a", portal="jsgrb"), portals).portal is portals["jsgrb"]
    assert (
        page_work(SavedPage("a", "https://www.workercn.cn/c/2026-11-11/1.shtml"), portals).portal
        is portals["workercn"]
    )
    assert page_work(SavedPage("a", "https://nobody.example/1.html"), portals).portal is None
    assert page_work(SavedPage("a"), portals).portal is None
    with pytest.raises(DeskError, match="nosuch"):
        page_work(SavedPage("a", portal="nosuch"), portals)


def test_a_path_from_here_wins_over_one_beside_the_manifest(tmp_path, monkeypatch) -> None:
    (tmp_path / "beside").mkdir()
    for name in ("beside/a.html", "a.html", "beside/b.html"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert SavedPage("a.html", beside="beside").file == Path("a.html")
    assert SavedPage("b.html", beside="beside").file == Path("beside/b.html")


def test_blank_lines_are_no_rows_and_are_counted(tmp_path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('\n{"a": 1}\n\n{"a": 2}\r\n', encoding="utf-8")
    assert [number for number, _ in numbered_lines(str(path))] == [2, 4]
