"""The whole way once, for a person: sample portals on loopback, a real crawl, a search, a digest."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from archive.article import Verdict
from archive.database import Archive
from archive.search import Filter, search
from desk import crawling
from desk.digest import build, render
from desk.files import write
from desk.output import Row, plain_column, print_table, say
from desk.plain import one_line, short
from desk.problem import DeskError
from desk.weeks import Week
from pipelines.query import parse
from seeds.portal import all_portals
from seeds.sample.serve import FIRST_PORT, PREFIX, Sample, start

if TYPE_CHECKING:
    from crawler.watch import Report

WEEK = Week(2026, 46)  # the week that most of the sample's articles are of
OURS = ".gongwen-demo"  # marks a folder that an earlier demo made and this one may replace
# The sites are ours and wait for nobody; every other manner stays as it is.
IMPATIENT = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 4}
LOOPBACK = ("127.0.0.0/8",)
# One sentence of a seed, as the mirror has it and as it was written.
MIRRORED = ("sample-mirror", "/41/201907/30/190730071301534.shtml")
BEFORE, AFTER = ("把正確的政治方向", "講述"), ("把正确的政治方向", "讲述")
PAIRS = (("工會", "工会"), ("集體協商", "集体协商"))
ASKED = "集体协商"
SHOWN = 5
ANY: tuple[Verdict, ...] = get_args(Verdict)
COLUMNS = (
    plain_column("portal", "portal", narrow=True),
    plain_column("title", "site"),
    plain_column("requests", "requests"),
    plain_column("lists", "lists"),
    plain_column("new", "pages kept"),
    plain_column("verdicts", "understood as"),
)


def run(folder: Path = Path("demo")) -> int:
    """Crawl the sample portals into `folder`, show what came of it, and return the crawl's exit status.

    A folder of an earlier demo is made anew; any other that is not empty is left alone and reported.
    """
    prepare(folder)
    db = folder / "gongwen.db"
    with start(folder / "portals", first_port=FIRST_PORT) as sample:
        say(
            f"Serving {len(sample.origins)} sample sites on 127.0.0.1 and crawling them with the real spiders …\n"
        )
        report = crawl(sample, db)
        with Archive.open(db, read_only=True) as archive:
            print_table(crawled(sample, report, archive), COLUMNS)
            show_manners(sample, report)
            show_repair(archive, sample)
            show_search(archive)
            files = write_digest(archive, folder)
    show_ways_on(db, folder / "portals", files)
    return report.exit_status


def prepare(folder: Path) -> None:
    """An empty folder, marked as ours."""
    if folder.exists() and not (folder / OURS).exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DeskError(
            str(folder), "is there already and no demo made it", "move it away or start elsewhere"
        )
    if (folder / OURS).exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / OURS).write_text("Made by `gongwen demo`, which replaces this folder whenever it runs.\n")


def crawl(sample: Sample, db: Path) -> "Report":
    """The crawl of all sample portals."""
    names = tuple(sample.origins)
    return crawling.crawl(names, db, sample.portals, allow_private=LOOPBACK, settings=IMPATIENT)


def crawled(sample: Sample, report: "Report", archive: Archive) -> Iterator[Row]:
    """A row a portal."""
    portals = all_portals(sample.portals)
    verdicts: dict[str, Counter[str]] = {name: Counter() for name in sample.origins}
    for article in archive.articles(Filter(verdicts=ANY)):
        verdicts[article.portal][article.verdict] += 1
    for portal in report.portals:
        yield {
            "portal": portal.name,
            "title": portals[portal.name].title,
            "requests": len(sample.visits(portal.name)),
            "lists": portal.lists,
            "new": portal.new + portal.not_articles,
            "verdicts": ", ".join(f"{n} {verdict}" for verdict, n in verdicts[portal.name].most_common()),
        }


def show_manners(sample: Sample, report: "Report") -> None:
    """Whether robots.txt was honoured, what was sent compressed, what a portal broke."""
    robots = sum(visit.path == "/robots.txt" for visit in sample.log)
    closed = [visit for visit in sample.visits(f"{PREFIX}notices") if visit.path.startswith("/nbwj/")]
    gzipped = sum(visit.gzipped for visit in sample.log)
    say(
        f"\n{len(sample.log)} requests in {report.seconds:.0f} s: {robots} for robots.txt, {gzipped} answered with gzip; "
        f"the page that robots.txt closes was asked for {len(closed)} times."
    )
    for portal in report.broken:
        for reason in portal.reasons:
            say(f"{portal.name}: {one_line(reason)}")


def show_repair(archive: Archive, sample: Sample) -> None:
    """A sentence of a hijacked mirror before and after."""
    name, path = MIRRORED
    article = archive.get(sample.origins[name] + path)
    if article is None:
        return
    before, after = passage(article.body_as_published, BEFORE), passage(article.body, AFTER)
    say(f"\nA hijacked mirror wrote:  {before}\nwhich is understood as:   {after}")
    say(f"({article.title}; {len(article.marks)} changes recorded, verdict {article.verdict}: never quoted)")


def passage(text: str, ends: tuple[str, str]) -> str:
    r"""The first place that begins and stops so; characters that no font has are shown as boxes.

    >>> passage("甲。嚴把正確\ue49b職工身邊乙", ("嚴把", "職工"))
    '嚴把正確▯'
    """
    found = text[max(0, text.find(ends[0])) :]
    found = found[: max(0, found.find(ends[1]))]
    return "".join("▯" if "\ue000" <= char <= "\uf8ff" else char for char in one_line(found))


def show_search(archive: Archive) -> None:
    """The same question in both scripts, and what an answer looks like."""
    say("")
    for traditional, simplified in PAIRS:
        one, other = (
            search(archive, parse(words), Filter(limit=None)) for words in (traditional, simplified)
        )
        same = [hit.id for hit in one.hits] == [hit.id for hit in other.hits]
        say(
            f"Search {traditional}: {one.total} articles; {simplified}: {other.total}{', the same ones' if same else ''}."
        )
    for hit in search(archive, parse(ASKED), Filter(limit=SHOWN)).hits:
        say(f"    {hit.id}  {hit.published[:10]}  {short(hit.title, 40)}  ({one_line(hit.source)})")


def write_digest(archive: Archive, folder: Path) -> Sequence[Path]:
    """The digest of the sample's week as html and md."""
    issue = build(archive, WEEK, now=datetime.now(UTC), portals=all_portals(folder / "portals"))
    say(
        f"\nThe week {WEEK}: {issue.totals.articles} articles, {issue.totals.stories} when reprints count once."
    )
    paths = []
    for style in ("html", "md"):
        path, content = folder / f"digest-{WEEK}.{style}", render(issue, style)
        write(path, content.encode("utf-8") if isinstance(content, str) else content)
        paths.append(path)
    return paths


def show_ways_on(db: Path, portals: Path, files: Sequence[Path]) -> None:
    """Where everything is and what to try next."""
    say(f"\nThe database:  {db}")
    for path in files:
        say(f"The digest:    {path}")
    say(
        f"\nLook around:\n"
        f"    gongwen search 欠薪 --db {db}\n"
        f"    gongwen show ID --explain --db {db}\n"
        f"    gongwen digest --week {WEEK} --db {db} --portals {portals}\n"
        f"    gongwen portals list --portals {portals}\n"
        f"And a real portal:\n"
        f"    gongwen crawl workercn"
    )
