"""The command line: what it prints, where, and with which exit status."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from archive.article import from_dict
from crawler.watch import PortalReport, Report
from desk import cli, crawling, finding, portals
from desk.__main__ import main as start
from desk.reading import credits_of

ROOT = Path(__file__).resolve().parent.parent.parent
STYLES = ("table", "json", "jsonl", "csv")


def test_search_finds_a_word_in_either_script(gongwen, shelf) -> None:
    status, out, _ = gongwen("search", "走訪", "--db", shelf, "--limit", "50")
    assert status == 0
    assert "市总工会走访第3家企业" in out


def test_a_word_can_be_excluded(gongwen, shelf) -> None:
    titles = [
        row["title"] for row in gongwen.json("search", "走访 -第3家", "--db", shelf, "--format", "json")
    ]
    assert len(titles) == 4
    assert titles == [
        row["title"]
        for row in gongwen.json("search", "--db", shelf, "--format", "json", "--", "走访", "-第3家")
    ]


def test_search_json_is_the_article_of_the_contract(gongwen, shelf) -> None:
    rows = gongwen.json("search", "走访", "--db", shelf, "--format", "json")
    known = {key: value for key, value in rows[0].items() if key not in {"score", "snippet", "first_seen"}}
    assert from_dict(known).title.startswith("市总工会走访")


def test_a_search_that_finds_nothing_says_why_on_stderr(gongwen, shelf) -> None:
    status, out, err = gongwen("search", "从未出现的词语", "--db", shelf, "--format", "json")
    assert (status, json.loads(out)) == (0, [])
    assert err.count("\n") == 1


def test_a_page_that_is_no_article_is_never_found(gongwen, shelf) -> None:
    titles = {
        row["title"] for row in gongwen.json("search", "--db", shelf, "--limit", "99", "--format", "json")
    }
    assert "没有日期的稿件" in titles
    assert not titles & {"镜像上的稿件", "导航页"}


@pytest.mark.parametrize(
    "filters",
    [
        ("--since", "2026-W47"),
        ("--until", "2026-11-10"),
        ("--portal", "nobody"),
        ("--topic", "rights"),
        ("--region", "福建"),
        ("--org", "北京"),
    ],
)
def test_a_filter_that_nothing_passes_gives_nothing(gongwen, shelf, filters) -> None:
    assert gongwen.json("search", "走访", "--db", shelf, "--format", "json", *filters) == []


@pytest.mark.parametrize(
    "filters",
    [
        ("--since", "2026-W46"),
        ("--until", "2026-W46"),
        ("--portal", "workercn"),
        ("--topic", "welfare"),
        ("--region", "江苏"),
        ("--org", "盐城"),
    ],
)
def test_a_filter_that_all_pass_changes_nothing(gongwen, shelf, filters) -> None:
    assert len(gongwen.json("search", "走访第", "--db", shelf, "--format", "json", *filters)) == 5


@pytest.mark.parametrize("style", STYLES)
def test_hostile_titles_leave_the_terminal_and_the_rows_whole(gongwen, shelf, style) -> None:
    status, out, _ = gongwen("search", "--db", shelf, "--limit", "99", "--format", style)
    assert status == 0
    assert "\x1b" not in out
    assert "\u202e" not in out or style in {"json", "jsonl"}
    rows = list(csv.reader(io.StringIO(out))) if style == "csv" else [[line] for line in out.splitlines()]
    assert not any(row[0].startswith("gongwen: ") for row in rows)


def test_markup_in_a_title_is_printed_as_it_stands(gongwen, shelf) -> None:
    _, out, _ = gongwen("search", "没有开头", "--db", shelf)
    assert "[/b]没有开头的标记[video]" in out


def test_a_csv_row_is_one_record_and_no_formula(gongwen, shelf) -> None:
    _, out, _ = gongwen("search", "--db", shelf, "--limit", "99", "--format", "csv")
    head, *rows = csv.reader(io.StringIO(out))
    assert {len(row) for row in rows} == {len(head)}
    assert not any(value.startswith("=") for row in rows for value in row)


@pytest.mark.parametrize("style", STYLES)
def test_show_prints_every_hostile_article(gongwen, shelf, hostile, style) -> None:
    for number in range(100, 100 + len(hostile)):
        status, out, err = gongwen("show", f"{number:016x}", "--db", shelf, "--explain", "--format", style)
        assert (status, err) == (0, "")
        assert "\x1b" not in out


def test_show_explain_prints_changes_and_evidence(gongwen, shelf) -> None:
    status, out, _ = gongwen("show", f"{203:016x}", "--db", shelf, "--explain")
    assert status == 0
    assert "drop_readings @0 “(guó)” → “”" in out
    assert "《工会法》" in out


def test_show_json_is_the_article(gongwen, shelf) -> None:
    assert gongwen.json("show", "https://union.example/203.html", "--db", shelf, "--format", "json")[
        "laws"
    ] == ["《工会法》"]


def test_show_of_nothing_known_says_so(gongwen, shelf) -> None:
    status, out, err = gongwen("show", "ffffffffffffffff", "--db", shelf)
    assert (status, out) == (2, "")
    assert err.startswith("gongwen: ffffffffffffffff: no article")


WRONG = {
    "an unknown command": ("nosuch",),
    "an unknown option": ("search", "--nosuch"),
    "an unknown format": ("search", "--format", "xml"),
    "a limit that is no number": ("search", "--limit", "viele"),
    "a week that is none": ("digest", "--week", "2025-W53"),
    "a day that is none": ("search", "--since", "2026-13-01"),
    "no database": ("search", "工会"),
    "no database for a digest": ("digest",),
    "no database for an export": ("export",),
    "a database in no folder": ("search", "工会", "--db", "nowhere/gongwen.db"),
    "a database that is a folder": ("search", "工会", "--db", "."),
    "a database that is none": ("search", "工会", "--db", "config.toml"),
    "a database without a name": ("crawl", "--db", ""),
    "a check of no database": ("portals", "check", "--db", "nowhere/gongwen.db"),
    "a format that the ending contradicts": ("digest", "--format", "md", "-o", "x.html"),
    "a file of a later version's format": ("digest", "-o", "x.docx"),
    "an address that is none": ("extract", "a.html", "--url", "http://[bad"),
    "a list page with an address that is none": ("portals", "links", "a.html", "--url", "http://[bad"),
    "an article by an address that is none": ("show", "http://[bad", "--db", "gongwen.db"),
    "a manifest that is missing": ("extract", "--manifest", "missing.jsonl"),
    "nothing to extract": ("extract",),
    "a url for two pages": ("extract", "a.html", "b.html", "--url", "https://union.example/"),
    "a file of texts that is missing": ("tag", "missing.jsonl"),
    "a list page that is missing": ("portals", "links", "missing.html", "--url", "https://union.example/"),
    "a list page without address": ("portals", "links", "missing.html"),
    "a portal nobody declared": ("portals", "show", "nosuch"),
    "a folder of portals that is none": ("portals", "list", "--portals", "nowhere"),
    "an export format of a later version": ("export", "--format", "xlsx", "--db", "x.db"),
    "a digest format of a later version": ("digest", "--format", "docx", "--db", "x.db"),
}


@pytest.mark.parametrize("args", WRONG.values(), ids=WRONG)
def test_wrong_use_is_one_line_and_exit_2(gongwen, shelf, tmp_path, args) -> None:
    (tmp_path / "x.db").write_bytes(shelf.read_bytes())
    shelf.unlink()
    (tmp_path / "config.toml").write_text("# nothing set\n", encoding="utf-8")
    status, out, err = gongwen(*args)
    assert (status, out) == (2, "")
    assert err.startswith("gongwen: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_broken_portal_file_is_named_with_its_key(gongwen, tmp_path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "bad.toml").write_text(
        'title = "x"\nhomee = "https://union.example/"\n', encoding="utf-8"
    )
    status, out, err = gongwen("portals", "list", "--portals", tmp_path / "p")
    assert (status, out) == (2, "")
    assert "bad.toml" in err
    assert "homee" in err


@pytest.mark.parametrize(
    "text", ['dbb = "x"', "db = 3", "db = ", "workers = true", "allow_private = '127.0.0.0/8'"]
)
def test_a_wrong_config_file_is_named(gongwen, tmp_path, text) -> None:
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    status, _, err = gongwen("search", "工会")
    assert status == 2
    assert "config.toml" in err
    assert err.count("\n") == 1


def test_the_database_is_looked_for_in_option_environment_and_config(
    gongwen, shelf, tmp_path, monkeypatch
) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    shelf.rename(elsewhere)
    (tmp_path / "config.toml").write_text(f'db = "{elsewhere}"\n', encoding="utf-8")
    assert gongwen("search", "走访")[0] == 0
    monkeypatch.setenv("GONGWEN_DB", str(tmp_path / "other.db"))
    assert gongwen("search", "走访")[0] == 2
    assert gongwen("search", "走访", "--db", elsewhere)[0] == 0


def test_what_cannot_be_used_is_left_untouched(gongwen, tmp_path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no database", encoding="utf-8")
    assert gongwen("search", "工会", "--db", path)[0] == 2
    assert path.read_text(encoding="utf-8") == "no database"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["config.toml", "notes.txt"]


def test_reading_commands_write_nothing(gongwen, shelf) -> None:
    before = shelf.read_bytes()
    for args in (
        ("search", "走访"),
        ("export",),
        ("digest", "--week", "2026-W46"),
        ("doctor",),
        ("portals", "check"),
    ):
        gongwen(*args)
    assert shelf.read_bytes() == before


def test_help_names_no_command_that_is_not_there(gongwen) -> None:
    _, out, _ = gongwen("--help")
    assert not any(word in out for word in ("serve", "watch", "replay", "probe"))


# The crawl itself is tested where it lives; here: what is printed of it.
GOOD = PortalReport("jsgrb", "ok", lists=1, found=9, fetched=9, new=9)
BAD = PortalReport("zjknews", "broken", lists=1, reasons=("silent: 1 lists read and no article found",))


@pytest.fixture
def crawled(monkeypatch) -> Callable[[Report], None]:
    return lambda report: monkeypatch.setattr(crawling, "crawl", lambda *_args, **_how: report)


def test_a_crawl_where_all_is_well_is_silent_without_a_terminal(gongwen, crawled) -> None:
    crawled(Report("gongwen.db", (GOOD,), 3.0, 0))
    assert gongwen("crawl") == (0, "", "")


def test_a_broken_promise_is_named_and_exits_1(gongwen, crawled) -> None:
    crawled(Report("gongwen.db", (GOOD, BAD), 3.0, 1))
    status, out, err = gongwen("crawl")
    assert status == 1
    assert "zjknews" in out
    assert err == "zjknews: silent: 1 lists read and no article found\n"


def test_a_crawl_in_json_is_json_alone(gongwen, crawled) -> None:
    crawled(Report("gongwen.db", (GOOD, BAD), 3.0, 1))
    rows = gongwen.json("crawl", "--format", "json")
    assert [row["state"] for row in rows] == ["ok", "broken"]


def test_an_interrupted_crawl_exits_130(gongwen, crawled, monkeypatch) -> None:
    crawled(Report("gongwen.db", (GOOD,), 3.0, 130))
    assert gongwen("crawl")[0] == 130

    def interrupt(*_args: object, **_how: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr(crawling, "crawl", interrupt)
    assert gongwen("crawl")[0] == 130


def test_ordinary_options_reach_the_crawl(gongwen, monkeypatch, tmp_path) -> None:
    seen: dict[str, object] = {}

    def crawl(names: tuple[str, ...], db: Path, **how: object) -> Report:
        seen.update(names=names, db=db, **how)
        return Report(str(db), (), 0.0, 0)

    monkeypatch.setattr(crawling, "crawl", crawl)
    assert gongwen("crawl", "jsgrb", "zjknews", "--allow-private", "127.0.0.0/8", "--workers", "1")[0] == 0
    assert seen == {
        "names": ("jsgrb", "zjknews"), "db": Path("gongwen.db"), "portals": None, "workers": 1,
        "allow_private": ("127.0.0.0/8",), "limit": None,
    }  # fmt: skip


def piped(*args: str, shell: str = "", **extra: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, its stdout handed to a shell command where one is given."""
    command = [sys.executable, "-m", "desk.cli", *args]
    python_path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    env = {**os.environ, "PYTHONPATH": python_path, **extra}
    if shell:
        command = ["bash", "-c", f'set -o pipefail; "$@" {shell}', "bash", *command]
    return subprocess.run(command, capture_output=True, check=False, env=env, timeout=60)


def test_a_reader_that_leaves_early_is_no_error(shelf) -> None:
    done = piped("export", "--db", str(shelf), shell="| head -c 10")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_one_line(shelf) -> None:
    done = piped("export", "--db", str(shelf), shell="> /dev/full")
    assert done.returncode == 2
    assert done.stderr.startswith(b"gongwen: ")
    assert done.stderr.count(b"\n") == 1


def test_output_is_utf8_whatever_the_locale(shelf) -> None:
    done = piped(
        "search", "走访", "--db", str(shelf), "--format", "jsonl", PYTHONIOENCODING="latin-1", LC_ALL="C"
    )
    assert "走访" in done.stdout.decode("utf-8")


def test_an_unexpected_fault_of_ours_is_not_hidden(monkeypatch, gongwen, shelf) -> None:
    def fault(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "parse", fault)
    with pytest.raises(ZeroDivisionError):
        gongwen("search", "工会", "--db", shelf)


@pytest.mark.parametrize("words", [(), ("portals",)])
def test_a_group_without_a_command_shows_its_help_as_it_is(gongwen, words) -> None:
    status, out, err = gongwen(*words)
    assert (status, out) == (2, "")
    assert f"Usage: {' '.join(('gongwen', *words))} [OPTIONS] COMMAND [ARGS]...\n\n" in err


def test_a_correspondent_is_credited_once(make) -> None:
    both = make(1, authors=("李明", "吴此仁"), correspondents=("吴此仁",))
    assert credits_of(both) == "作者 李明 通讯员 吴此仁"
    assert credits_of(make(2, authors=("吴此仁",), correspondents=("吴此仁",))) == "通讯员 吴此仁"
    assert credits_of(make(3, authors=("李明",), editors=("王芳",))) == "作者 李明 编辑 王芳"


def test_ctrl_c_while_the_program_loads_exits_130(monkeypatch) -> None:
    class Interrupted:
        def find_spec(self, name, path, target=None):
            raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "desk.cli")
    monkeypatch.setattr(sys, "meta_path", [Interrupted()])
    with pytest.raises(SystemExit) as end:
        start()
    assert end.value.code == 130


def test_a_narrow_list_of_portals_leaves_out_what_show_tells(monkeypatch) -> None:
    monkeypatch.setattr(portals, "console", lambda: Console(width=80))
    names = {column.name for column in portals.columns("table")}
    assert not names & {"home", "patterns", "priority"}
    assert {"name", "title", "status"} <= names
    assert portals.columns("csv") == portals.COLUMNS


def test_a_narrow_answer_has_little_text_on_one_line(monkeypatch) -> None:
    monkeypatch.setattr(finding, "console", lambda: Console(width=80))
    text = finding.columns("table")[-1]
    assert text.read({"snippet": "工会\n\n　　主席 Li Ming"}) == "工会主席 Li Ming"
    assert text.read({"snippet": "集体协商" * 50}) == "集体协商集体协商集体协…"
