"""Portals, doctor, schedule, files: what keeps an installation going."""

import json
import os
import shlex
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.database import Archive
from crawler.lock import AlreadyRunning, Lock
from desk import files, health, scheduling
from desk.failing import tell
from desk.problem import DeskError

PORTAL = """
title = "示例市总工会"
home  = "https://union.example/"
level = "city"
region = "320300"

[[list]]
url = "https://union.example/news/"

[[article]]
match = '^https://union\\.example/(?P<id>\\d+)\\.html'
key = ["id"]
evidence = "sample"

[[article.test]]
url = "https://union.example/{name}.html"
expect = {{ id = "{expected}" }}

[expect]
week = [3, 120]
"""
LIST = """<html><body><ul class="list">{items}</ul></body></html>"""
ITEM = '<li><a href="/{n}.html" title="市总工会开展第{n}次走访慰问活动">市总工会开展第{n}次走访慰问活动</a><span>2026-11-{n}</span></li>'


@pytest.fixture
def declared(tmp_path: Path):
    def write(name: str = "12", expected: str = "12") -> Path:
        folder = tmp_path / "portals"
        folder.mkdir(exist_ok=True)
        (folder / "union.toml").write_text(PORTAL.format(name=name, expected=expected), encoding="utf-8")
        return folder

    return write


def test_the_list_names_every_portal(gongwen, declared) -> None:
    (row,) = gongwen.json("portals", "list", "--portals", declared(), "--format", "json")
    assert (row["name"], row["title"], row["week"]) == ("union", "示例市总工会", [3, 120])


def test_show_says_what_the_file_says_and_no_more(gongwen, declared) -> None:
    value = gongwen.json("portals", "show", "union", "--portals", declared(), "--format", "json")
    assert value["lists"][0]["url"] == "https://union.example/news/"
    assert "clones" not in value
    _, out, _ = gongwen("portals", "show", "union", "--portals", declared())
    assert "list[0].url" in out
    assert "article[0].test[0]." in out


def test_a_portal_whose_url_tests_hold_is_ok(gongwen, declared) -> None:
    status, out, _ = gongwen("portals", "check", "--portals", declared(), "--format", "json")
    assert (status, json.loads(out)[0]["state"]) == (0, "ok")


def test_a_failing_url_test_breaks_the_check(gongwen, declared) -> None:
    status, out, _ = gongwen("portals", "check", "--portals", declared(expected="13"), "--format", "json")
    assert status == 1
    assert "12.html" in json.loads(out)[0]["problems"][0]


def test_one_broken_file_does_not_hide_the_others(gongwen, declared) -> None:
    folder = declared()
    (folder / "broken.toml").write_text("titel = 1", encoding="utf-8")
    status, out, _ = gongwen("portals", "check", "--portals", folder, "--format", "json")
    assert status == 1
    assert {row["portal"]: row["state"] for row in json.loads(out)} == {"broken": "broken", "union": "ok"}


def test_a_portal_that_fell_silent_breaks_its_promise(gongwen, declared, shelf) -> None:
    with Archive.open(shelf) as archive:
        counts = {"union": {"lists": 1, "found": 2, "fetched": 2}}
        archive.finish_run(archive.start_run(["union"]), "done", counts)
    status, out, _ = gongwen("portals", "check", "--portals", declared(), "--db", shelf, "--format", "json")
    row = json.loads(out)[0]
    assert (status, row["state"], row["week"]) == (1, "broken", 0)
    assert "少于承诺的 3 篇" in row["problems"][0]


def test_settings_that_nothing_acts_on_are_named_and_break_no_promise(gongwen, tmp_path) -> None:
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "union.toml").write_text(
        'title = "示例"\nhome = "https://union.example/"\nlevel = "city"\n[[list]]\nurl = "https://union.example/"\n'
        'every = ["30m", "12h"]\n[[article]]\nmatch = \'^https://union\\.example/(?P<id>\\d+)\\.html\'\n'
        '[text]\nfooters = ["扫一扫"]\n[expect]\nweek = [0, 9]\n',
        encoding="utf-8",
    )
    (checked,) = gongwen.json("portals", "check", "--portals", folder, "--format", "json")
    assert (checked["state"], checked["unserved"]) == ("ok", ["list.every", "text.footers"])
    assert (
        gongwen.json("portals", "show", "union", "--portals", folder, "--format", "json")["unserved"]
        == checked["unserved"]
    )
    shown = gongwen("portals", "show", "union", "--portals", folder)[1]
    assert "declared, not served yet" in shown
    assert "list.every, text.footers" in shown


def test_links_are_those_of_discovery_as_json(gongwen, declared, tmp_path) -> None:
    page = tmp_path / "list.html"
    page.write_text(LIST.format(items="".join(ITEM.format(n=n) for n in range(11, 19))), encoding="utf-8")
    rows = gongwen.json(
        "portals", "links", page, "--url", "https://union.example/news/", "--portals", declared()
    )
    assert len(rows) == 8
    assert rows[0] == {
        "url": "https://union.example/11.html",
        "title": "市总工会开展第11次走访慰问活动",
        "date": "2026-11-11",
    }


# Doctor


def states(checks: tuple[health.Check, ...]) -> dict[str, str]:
    return {check.name: check.state for check in checks}


def test_a_fresh_installation_is_able_to_work_and_says_what_to_do(gongwen, tmp_path) -> None:
    status, out, _ = gongwen("doctor", "--format", "json", "--db", tmp_path / "new.db")
    found = {row["name"]: row for row in json.loads(out)}
    assert (status, found["database"]["state"]) == (1, "warning")
    assert "gongwen crawl" in found["database"]["remedy"]
    assert not (tmp_path / "new.db").exists()


def test_a_sound_archive_with_a_good_run_is_all_right(gongwen, shelf) -> None:
    with Archive.open(shelf) as archive:
        archive.finish_run(archive.start_run(["workercn"]), "done", {})
    checks = health.examine(shelf, None, now=datetime.now(UTC))
    assert states(checks)["database"] == "ok"
    assert states(checks)["last run"] == "ok"


@pytest.mark.parametrize(
    ("outcome", "state"), [("done", "ok"), ("broken promises", "warning"), ("interrupted", "warning")]
)
def test_a_run_is_judged_by_its_outcome(shelf, outcome, state) -> None:
    with Archive.open(shelf) as archive:
        archive.finish_run(archive.start_run(["workercn"]), outcome, {})
    assert states(health.examine(shelf, None, now=datetime.now(UTC)))["last run"] == state


def test_a_crawl_long_ago_is_a_warning(shelf) -> None:
    with Archive.open(shelf) as archive:
        archive.finish_run(archive.start_run(["workercn"]), "done", {})
    checks = health.examine(shelf, None, now=datetime.now(UTC) + timedelta(days=9))
    assert states(checks)["last run"] == "warning"


def test_a_run_whose_process_is_gone_was_killed(shelf) -> None:
    with Archive.open(shelf) as archive:
        archive.start_run(["workercn"])
    assert states(health.examine(shelf, None, now=datetime.now(UTC)))["last run"] == "warning"


def test_a_run_that_holds_the_lock_is_under_way(gongwen, shelf) -> None:
    with Archive.open(shelf) as archive:
        archive.start_run(["workercn"])
    lock = Lock(shelf)
    lock.take()
    try:
        (last,) = [
            row
            for row in gongwen.json("doctor", "--db", shelf, "--format", "json")
            if row["name"] == "last run"
        ]
    finally:
        lock.release()
    assert last["state"] == "ok"
    assert "still running" in last["found"]
    assert "北京时间" in last["found"]


def test_what_keeps_from_working_exits_2(gongwen, tmp_path) -> None:
    (tmp_path / "notes.db").write_text("no database at all, whatever its name", encoding="utf-8")
    status, out, _ = gongwen("doctor", "--db", tmp_path / "notes.db", "--format", "json")
    assert status == 2
    assert {row["name"]: row["state"] for row in json.loads(out)}["database"] == "broken"


def test_a_wrong_config_is_found_by_the_doctor_too(gongwen, tmp_path, shelf) -> None:
    (tmp_path / "config.toml").write_text("colour = 'red'", encoding="utf-8")
    status, out, err = gongwen("doctor", "--db", shelf, "--format", "json")
    assert status == 2
    assert "colour" in out + err


@pytest.mark.usefixtures("gongwen")  # no setting of this machine in sight
@pytest.mark.parametrize("where", ["environment", "config"])
def test_a_crawler_that_nobody_can_be_asked_about_is_warned_of(shelf, tmp_path, monkeypatch, where) -> None:
    assert states(health.examine(shelf, None, now=datetime.now(UTC)))["contact"] == "warning"
    if where == "environment":
        monkeypatch.setenv("GONGWEN_CONTACT", "desk@union.example")
    else:
        (tmp_path / "config.toml").write_text("contact = 'desk@union.example'", encoding="utf-8")
    assert states(health.examine(shelf, None, now=datetime.now(UTC)))["contact"] == "ok"


# Schedule


def test_a_crontab_line_starts_this_installation_with_absolute_paths(gongwen, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GONGWEN_HOME", "home")
    status, out, _ = gongwen("schedule", "--db", "news 50%.db")
    jobs = [line for line in out.splitlines() if line and line[0] in "*0123456789"]
    assert status == 0
    assert f"GONGWEN_HOME={tmp_path / 'home'}" in out.splitlines()
    for line in jobs:
        words = shlex.split(line.replace(r"\%", "%"))
        assert Path(words[5]).is_absolute()
        assert str(tmp_path / "news 50%.db") in words
        assert not line.replace(r"\%", "").count("%")
    assert len(jobs) == 2


def test_a_unit_escapes_what_systemd_would_read(tmp_path) -> None:
    text = scheduling.schedule("systemd", tmp_path / "50% $off.db")
    assert "50%% $$off.db" in text
    assert text.count("[Timer]") == 2
    assert "Asia/Shanghai" in text


def test_an_ordinary_path_is_not_quoted() -> None:
    assert scheduling.quoted("/srv/gongwen.db") == "/srv/gongwen.db"


# Files


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path) -> None:
    path = tmp_path / "digest.html"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o604)
    files.write(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_new_file_is_as_readable_as_the_umask_says(tmp_path) -> None:
    before = os.umask(0o027)
    try:
        files.write(tmp_path / "new.html", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.html").stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path) -> None:
    (tmp_path / "latest.html").symlink_to("w46.html")
    files.write(tmp_path / "latest.html", b"new")
    assert (tmp_path / "latest.html").is_symlink()
    assert (tmp_path / "w46.html").read_bytes() == b"new"


def test_a_folder_is_no_place_to_write(tmp_path) -> None:
    with pytest.raises(DeskError):
        files.write(tmp_path, b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_crawl_that_finds_another_at_work_has_its_own_exit_status(capsys, tmp_path) -> None:
    assert tell(AlreadyRunning(tmp_path / "gongwen.db", 4711, "2026-11-21 08:00")) == 75
    assert "process 4711 since 2026-11-21 08:00" in capsys.readouterr().err


def test_a_schedule_passes_on_the_portals_it_was_given(gongwen, declared) -> None:
    folder = declared()
    _, out, _ = gongwen("schedule", "--portals", folder.name)
    assert out.count(f"--portals {folder}") == 2
    assert "--portals" not in gongwen("schedule")[1]


def test_a_schedule_passes_on_whom_to_contact(monkeypatch) -> None:
    monkeypatch.setenv("GONGWEN_CONTACT", "desk@union.example")
    assert "GONGWEN_CONTACT=desk@union.example" in scheduling.schedule("crontab")
    assert "KillMode=mixed" in scheduling.schedule("systemd")
