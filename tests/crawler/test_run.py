"""How a run begins and ends: names, locks, signals, exit status."""

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from archive.database import Archive, ArchiveError
from crawler.lock import AlreadyRunning, Lock
from crawler.private import AllowanceError
from crawler.run import CrawlError, choose, crawl, exit_status, groups
from crawler.watch import PortalReport, Tally, judge
from seeds.portal import Fetch, Listing, Portal, PortalError
from tests.crawler import portals as fates
from tests.crawler.conftest import drive, launch
from tests.crawler.site import Site, serving

ALL = 1000  # more than any portal here has articles


def portal(name: str, *lists: str) -> Portal:
    return Portal(name, name, "http://union.example/", "city", lists=tuple(Listing(url) for url in lists))


def slow_portal(folder: Path, articles: int) -> object:
    """A portal whose pages each take a worker a quarter of a second; the server of the block."""
    folder.mkdir(exist_ok=True)
    server = serving()
    site = server.__enter__()
    rows = "".join(
        fates.row(f"/c/1/{n}.html", f"慢慢读的第{n}篇文章还没有读完") for n in range(100, 100 + articles)
    )
    site.replies["/"] = fates.listing(rows)
    filling = "<!-- DANGER:slow " + "x" * 60_000 + "-->"
    for n in range(100, 100 + articles):
        site.replies[f"/c/1/{n}.html"] = fates.article(f"慢慢读的第{n}篇文章还没有读完", more=filling)
    (folder / "slow.toml").write_text(fates.toml(site, '[[list]]\nurl = "ORIGIN/"\n'), encoding="utf-8")
    return server, site


def gated(site: Site, at_first: int) -> threading.Semaphore:
    """Hold back the articles after the first few, so that a run is under way until the gate lets all pass."""
    gate = threading.Semaphore(at_first)
    for path in [path for path in site.replies if path.startswith("/c/")]:
        site.replies[path] = replace(site.replies[path], gate=gate)
    return gate


@pytest.fixture
def slow(tmp_path: Path):
    server, site = slow_portal(tmp_path / "portals", 40)
    yield site
    server.__exit__(None, None, None)


def said(tmp_path: Path, **more: object) -> dict[str, object]:
    allowed = {"allow_private": ["127.0.0.1/32"], "workers": 1, "glance": True}
    places = {"db": str(tmp_path / "slow.db"), "portals_dir": str(tmp_path / "portals")}
    return {"names": ["slow"], **places, **allowed, **more}


def stored(db: Path) -> int:
    with Archive.open(db, read_only=True) as archive:
        return archive.counts().get("clean", 0)


def wait_until(reached, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def listeners(pid: int) -> list[str]:
    """Addresses on which a process waits for visitors, where the system tells."""
    if not Path("/proc/net/tcp").exists():
        return []
    own = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}
    lines = (
        Path("/proc/net/tcp").read_text().splitlines()[1:]
        + Path("/proc/net/tcp6").read_text().splitlines()[1:]
    )
    return [
        line.split()[1] for line in lines if line.split()[3] == "0A" and f"socket:[{line.split()[9]}]" in own
    ]


def test_fetching_waits_for_understanding(slow, tmp_path: Path) -> None:
    process = launch(tmp_path, said(tmp_path))
    wait_until(lambda: len(slow.hits) >= 4)
    ahead = []
    assert listeners(process.pid) == []
    while process.poll() is None:
        fetched = sum(path.startswith("/c/") for path in slow.paths())
        done = stored(tmp_path / "slow.db") if (tmp_path / "slow.db").exists() else 0
        ahead.append(fetched - done)
        time.sleep(0.1)
    process.communicate()
    # Four wait for the one worker; a few more are on the wire or being written.
    assert stored(tmp_path / "slow.db") == 40
    assert max(ahead) <= 12


@pytest.mark.parametrize(("signum", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_one_signal_finishes_and_stores_what_is_in_flight(
    slow, tmp_path: Path, signum: int, status: int
) -> None:
    gate = gated(slow, at_first=2)
    process = launch(tmp_path, said(tmp_path))
    wait_until(lambda: sum(path.startswith("/c/") for path in slow.paths()) >= 3)
    process.send_signal(signum)
    gate.release(ALL)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == status
    assert "Traceback" not in errors
    fetched = sum(path.startswith("/c/") for path in slow.paths())
    assert 3 <= fetched < 40
    assert stored(tmp_path / "slow.db") == fetched
    assert '"state": "stopped"' in output
    with Archive.open(tmp_path / "slow.db", read_only=True) as archive:
        assert archive.runs()[0].outcome == "interrupted"


def test_a_second_run_is_told_who_is_at_work_and_disturbs_nothing(slow, tmp_path: Path) -> None:
    gate = gated(slow, at_first=2)
    process = launch(tmp_path, said(tmp_path))
    wait_until(lambda: any(path.startswith("/c/") for path in slow.paths()))
    second = drive(tmp_path, said(tmp_path))
    assert second.status == 75
    assert f"process {process.pid} since 2" in second.errors
    assert len(second.errors.splitlines()) == 1
    process.send_signal(signal.SIGINT)
    gate.release(ALL)
    process.communicate(timeout=60)
    assert process.returncode == 130


@pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="only Linux tells whose child a process was"
)
def test_a_killed_run_leaves_no_lock_and_no_process_behind(slow, tmp_path: Path) -> None:
    process = launch(tmp_path, said(tmp_path))
    wait_until(lambda: any(path.startswith("/c/") for path in slow.paths()))
    process.kill()
    process.communicate()
    Lock(tmp_path / "slow.db").take()

    def orphans() -> list[str]:
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    home = (folder / "environ").read_bytes()
                except OSError:
                    continue
                if str(tmp_path / "home").encode() in home:
                    found.append(folder.name)
        return found

    wait_until(lambda: not orphans(), 20)


def test_a_limit_bounds_the_new_articles_and_counts_the_rest(slow, tmp_path: Path) -> None:
    outcome = drive(tmp_path, said(tmp_path, limit=2))
    report = outcome.portal("slow")
    assert (report["new"], report["left"]) == (2, 38)
    assert outcome.status == 0


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"names": ["nowhere"]}, "no portal is called 'nowhere'; `gongwen portals list` names them"),
        ({"allow_private": ["300.0.0.0/8"]}, "--allow-private: '300.0.0.0/8' does not appear to be"),
        ({"db": Path("/no/such/folder/x.db")}, "/no/such/folder/x.db: its folder does not exist"),
        ({"portals_dir": Path("/no/such/portals")}, "there is no such folder"),
    ],
)
def test_wrong_use_is_one_line_before_anything_is_fetched(slow, tmp_path: Path, change, line) -> None:
    wanted = {"names": ["slow"], "db": tmp_path / "slow.db", "portals_dir": tmp_path / "portals", **change}
    with pytest.raises((CrawlError, AllowanceError, ArchiveError, PortalError)) as raised:
        crawl(wanted.pop("names"), **wanted)
    assert line in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1
    assert slow.hits == []
    assert not Path("/no").exists()


def test_a_wrong_portal_file_stops_the_run_with_its_line(slow, tmp_path: Path) -> None:
    (tmp_path / "portals" / "wrong.toml").write_text(
        'title = "x"\nhome = "http://x.example/"\nlevel = "town"\n'
    )
    with pytest.raises(PortalError, match=r"wrong\.toml: level"):
        crawl(["slow"], db=tmp_path / "slow.db", portals_dir=tmp_path / "portals")
    assert slow.hits == []


def test_a_file_that_is_no_database_is_left_alone(slow, tmp_path: Path) -> None:
    (tmp_path / "slow.db").write_text("这是一封信，不是数据库。" * 20, encoding="utf-8")
    with pytest.raises(ArchiveError, match="not a Gongwen database"):
        crawl(["slow"], db=tmp_path / "slow.db", portals_dir=tmp_path / "portals")
    assert (tmp_path / "slow.db").read_text(encoding="utf-8").startswith("这是一封信")
    assert slow.hits == []


def test_without_names_only_live_portals_that_can_be_served_are_crawled() -> None:
    live, closed = portal("live", "http://a.example/"), replace(portal("closed"), status="closed")
    blocked = replace(portal("blocked"), status="blocked")
    blind = replace(portal("blind", "http://b.example/"), fetch=Fetch(render=True))
    chosen, passed = choose([], {one.name: one for one in (live, closed, blocked, blind)})
    assert [one.name for one in chosen] == ["live"]
    assert {one.name: one.state for one in passed} == {"blocked": "skipped", "blind": "skipped"}


def test_a_portal_that_is_named_is_crawled_whatever_its_status() -> None:
    closed = replace(portal("closed", "http://a.example/"), status="closed")
    assert choose(["closed", "closed"], {"closed": closed}) == ([closed], ())


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(CrawlError, match="no portal is called 'x'"):
        choose(["x"], {})


def test_portals_of_one_host_take_turns_and_others_do_not_wait() -> None:
    one, two = portal("one", "http://a.example/1/"), portal("two", "http://a.example/2/", "http://b.example/")
    three, four = portal("three", "http://b.example/x"), portal("four", "http://c.example/")
    grouped = [{member.name for member in group} for group in groups([one, four, three, two])]
    assert {"four"} in grouped
    assert {"one", "two", "three"} in grouped


def test_the_exit_status_is_the_worst_of_all_portals() -> None:
    ok, skipped, broken = (PortalReport("x", state) for state in ("ok", "skipped", "broken"))
    assert exit_status([ok, skipped], 0) == 0
    assert exit_status([ok, broken], 0) == 1
    assert exit_status([ok, broken], signal.SIGINT) == 130


def test_the_lock_names_its_holder(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "a.db"), Lock(tmp_path / "a.db")
    first.take()
    with pytest.raises(AlreadyRunning, match=f"process {os.getpid()} since 2"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_a_note_that_cannot_be_read_does_not_hide_the_lock(tmp_path: Path) -> None:
    first = Lock(tmp_path / "a.db")
    first.take()
    first.note.write_text("{")
    with pytest.raises(AlreadyRunning, match="another process"):
        Lock(tmp_path / "a.db").take()
    first.release()


def tally(**counts: int) -> Tally:
    made = Tally()
    made.read["http://a.example/"] = 10
    for name, number in counts.items():
        made.counts[name.replace("_", "-")] = number
    return made


def test_a_few_dead_links_are_a_remark() -> None:
    made = tally(fetched=20, new=20)
    for n in range(3):
        made.blame("failed", "HTTP 404", f"http://a.example/{n}")
    report = judge("x", made, "finished", 1.0)
    assert report.state == "ok"
    assert report.remarks == ("HTTP 404: 3 times, e.g. http://a.example/0",)


def test_many_dead_links_break_a_promise() -> None:
    made = tally(fetched=5, new=5)
    for n in range(5):
        made.blame("failed", "HTTP 500", f"http://a.example/{n}")
    assert judge("x", made, "finished", 1.0).state == "broken"


def test_pages_that_all_hold_nothing_break_a_promise() -> None:
    report = judge("x", tally(fetched=4, not_an_article=4), "finished", 1.0)
    assert report.reasons == ("none of the 4 pages fetched holds an article",)


def test_a_run_that_was_stopped_is_not_called_silent() -> None:
    made = Tally()
    made.read["http://a.example/"] = 0
    report = judge("x", made, "shutdown", 1.0)
    assert (report.state, report.reasons) == ("stopped", ())


def test_a_day_without_a_newspaper_is_no_fault_while_another_day_has_one() -> None:
    made = Tally()
    made.missing["http://a.example/{Y}{m}{d}"] = "http://a.example/20261121"
    assert judge("x", made, "finished", 1.0).reasons
    made.read["http://a.example/{Y}{m}{d}"] += 8
    assert judge("x", made, "finished", 1.0).state == "ok"


def test_a_full_disk_stops_the_run_keeps_what_is_stored_and_says_so(tmp_path: Path, slow: Site) -> None:
    ended = drive(tmp_path, said(tmp_path, room=500_000))
    assert ended.status == 2
    [portal_report] = ended.report["portals"]
    assert portal_report["state"] == "broken"
    assert any("not stored" in reason and "disk" in reason for reason in portal_report["reasons"])
    assert "Traceback" not in ended.errors
    assert stored(tmp_path / "slow.db") == portal_report["new"] < ALL
    after = drive(tmp_path, said(tmp_path))
    assert after.status == 0
    assert stored(tmp_path / "slow.db") == 40


def test_pages_that_nothing_is_known_of_break_a_promise() -> None:
    tally = Tally()
    tally.count("fetched", 3)
    tally.count("new", 2)
    assert "1 pages were fetched and not accounted for" in judge("union", tally, "finished", 1).reasons[0]
