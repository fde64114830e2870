"""The one step with a door: asks the archive for kin, decides, and hands the article over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive import keeping
from archive.article import Article, Page, Story
from archive.database import Archive
from archive.grams import Index, Text
from archive.lesson import Memory
from archive.memory import Family
from pipelines.fold import Folded, fold, fold_map
from pipelines.kinship import Kin, sketch, tell
from pipelines.kinship import family as kin_of
from pipelines.memory import NOTHING, family
from pipelines.segment import words
from seeds.portal import Portal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What storing did: "new", "changed" or "unchanged", and the story the article belongs to, None without kin."""

    what: keeping.Outcome
    story: Story | None


def recall(archive: Archive, page: Page, portal: Portal | None) -> Memory:
    """What was known of the page's family before the page was fetched: to read it as on the day it came.

    `process(page, portal, recall(archive, page, portal))` is what the crawl did, and what a replay does again.
    """
    if portal is None:
        return NOTHING
    return archive.recall(Family(portal.name, family(page.address, portal)), page.fetched)


def store(
    archive: Archive, article: Article, page: Page | None, outlets: Sequence[tuple[str, str]] = ()
) -> Outcome:
    """Find the article's kin, decide whose words they are, and keep everything in one transaction.

    `outlets` holds (portal, a name it signs with): `(portal.name, portal.title)` and its default source.
    """
    title, body = fold_map(article.title), fold_map(article.body)
    whole = _completed(article, body.text, page)
    kin = kin_of(whole, archive.candidates(whole.sketch)) if _can_have_kin(whole) else ()
    story = tell(whole, kin, outlets, _originals(archive, kin)) if kin else None
    relatives = [one.article.id for one in kin]
    what = archive.add(replace(whole, story=story), page, _index(whole, title, body), family=relatives)
    return Outcome(what, archive.story(whole.id))


def _completed(article: Article, folded: str, page: Page | None) -> Article:
    digest = page.digest if page else article.page_digest
    sampled = article.sketch if article.folded == folded else ()
    return replace(article, folded=folded, sketch=sampled or sketch(folded), page_digest=digest)


def _originals(archive: Archive, kin: Sequence[Kin]) -> list[Article]:
    """The originals of the stories that the kin belong to: among many copies they may not be the closest."""
    ids = {one.article.story.original for one in kin if one.article.story} - {""}
    return [held for original in sorted(ids) if (held := archive.get(original)) is not None]


def _can_have_kin(article: Article) -> bool:
    return article.verdict != "not-an-article" and bool(article.sketch)


def _index(article: Article, title: Folded, body: Folded) -> Index:
    people = (*article.authors, *article.correspondents, *article.editors)
    return Index(
        title=Text(title.text, title.gaps),
        body=Text(body.text, body.gaps),
        source=fold(article.source),
        author=fold("\n".join(people)),
        words=tuple(dict.fromkeys((*words(title.text), *words(body.text)))),
    )
