"""One stored article for a reader: its text, its tags, and where everything came from."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from archive.article import Article, Cut, Evidence, Mark, to_dict
from archive.database import Archive
from desk.output import Style, console, plain_column, print_rows, print_value
from desk.plain import harmless, one_line, short
from desk.problem import DeskError

AROUND = 80  # characters of a piece of text that a line of history shows
HISTORY = 200  # marks and cuts that are printed; json has all of them

COLUMNS = tuple(
    plain_column(name, name)
    for name in ("id", "published", "source", "portal", "title", "verdict", "url", "body")
)

Line = tuple[str, str]  # a style of rich and the text


def show(archive: Archive, key: str, style: Style, *, explain: bool) -> None:
    """Print the article with an id, the beginning of one, or a URL."""
    article = archive.get(key)
    if article is None:
        raise DeskError(key, "no article has this id or address", "find ids with gongwen search")
    match style:
        case "table":
            copies = archive.copies(article.story.id) if article.story else ()
            print_article(article, copies, explain=explain)
        case "csv":
            print_rows([to_dict(article)], COLUMNS, style)
        case "json" | "jsonl":
            print_value(to_dict(article), style)


def print_article(article: Article, copies: Iterable[Article], *, explain: bool) -> None:
    """Print an article; `explain` adds every change, every cut and the evidence of every field."""
    out = console()
    for style, text in (
        *head(article),
        ("", ""),
        ("", article.body),
        *tags(article),
        *relatives(article, copies),
    ):
        out.print(Text(harmless(text), style=style))
    if explain:
        for style, text in history(article):
            out.print(Text(harmless(text), style=style))


def head(article: Article) -> Iterator[Line]:
    """Title, when and by whom, where it lies."""
    if article.kicker:
        yield "dim", one_line(article.kicker)
    yield "bold", one_line(article.title) or "（无题）"
    if article.subtitle:
        yield "", one_line(article.subtitle)
    yield "", " · ".join(filter(None, (article.published, one_line(article.source), credits_of(article))))
    yield "dim", one_line(article.url)
    yield "dim", f"{article.id} · {article.portal or '—'} · {article.verdict}"


def credits_of(article: Article) -> str:
    """Who is credited, each under one role: a correspondent is among the authors of the article too."""
    authors = tuple(name for name in article.authors if name not in article.correspondents)
    roles = (("作者", authors), ("通讯员", article.correspondents), ("编辑", article.editors))
    return " ".join(f"{role} {'、'.join(map(one_line, names))}" for role, names in roles if names)


def tags(article: Article) -> Iterator[Line]:
    """A line for each kind of tag there is."""
    named = (
        ("话题", [f"{topic.id} {topic.score:g}" for topic in article.topics]),
        ("地区", [f"{region.path} {region.code}" for region in article.regions]),
        ("组织", article.organisations),
        ("人物", article.people),
        ("法规", article.laws),
        ("行动", article.campaigns),
        ("关键词", article.keywords),
        ("摘要", [article.summary] if article.summary else []),
        ("存疑", article.doubts),
        ("判定依据", article.verdict_reasons),
    )
    for name, values in named:
        if values:
            yield "cyan", f"{name}：{one_line('；'.join(values))}"


def relatives(article: Article, copies: Iterable[Article]) -> Iterator[Line]:
    """The story the article belongs to, and its other copies."""
    if article.story is None:
        return
    whose = "本篇" if article.story.original == article.id else article.story.original or "未收"
    reason = f"{one_line(article.story.original_source)} {one_line(article.story.reason)}".strip()
    yield "cyan", f"同题 {article.story.copies} 篇，原稿：{whose}（{reason}）"
    for copy in copies:
        if copy.id != article.id:
            yield (
                "dim",
                f"  {copy.id} {copy.published or '—'} {one_line(copy.source) or copy.portal} {short(copy.title, AROUND)}",
            )


def history(article: Article) -> Iterator[Line]:
    """What was changed, what was left out, and why each field says what it says."""
    yield "bold", f"改动 {len(article.marks)} 处"
    for mark in article.marks[:HISTORY]:
        yield "", mark_line(mark)
    yield "bold", f"删去 {len(article.cuts)} 段"
    for cut in article.cuts[:HISTORY]:
        yield "", cut_line(cut)
    yield "bold", "字段依据"
    for evidence in article.evidence:
        yield from evidence_lines(evidence)


def mark_line(mark: Mark) -> str:
    """One change of the text.

    >>> mark_line(Mark("drop_readings", 2, "(guó)", ""))
    '  drop_readings @2 “(guó)” → “”'
    """
    return f"  {mark.step} @{mark.at} “{short(mark.removed, AROUND)}” → “{short(mark.added, AROUND)}”"


def cut_line(cut: Cut) -> str:
    return f"  {cut.reason}：{short(cut.text, AROUND)}"


def evidence_lines(evidence: Evidence) -> Iterator[Line]:
    place = f" [{short(evidence.place, AROUND)}]" if evidence.place else ""
    yield "", f"  {evidence.field} = {short(evidence.value, AROUND)}  ← {evidence.rule}{place}"
    for rule, value in evidence.lost:
        yield "dim", f"      {rule}: {short(value, AROUND)}"
