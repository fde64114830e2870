"""An article with what a desk files it under: topics, region, bodies, people, laws, campaigns, keywords, summary."""

from dataclasses import dataclass, replace

from archive.article import Article, Evidence, Region, Topic
from pipelines.tagging.keywords import keywords
from pipelines.tagging.names import campaigns, companies, laws
from pipelines.tagging.officials import people, speakers
from pipelines.tagging.places import home_of
from pipelines.tagging.reading import LONGEST, read
from pipelines.tagging.regions import Found, regions
from pipelines.tagging.summary import summary
from pipelines.tagging.topics import topics
from pipelines.tagging.unions import unions
from seeds.gazetteer import gazetteer
from seeds.portal import Portal

TAGGED = ("topics", "regions", "organisations", "people", "laws", "campaigns")


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of a text under the names that an article's JSON has for them."""

    topics: tuple[Topic, ...] = ()
    regions: tuple[Region, ...] = ()
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    evidence: tuple[Evidence, ...] = ()


def tag(article: Article, portal: Portal | None = None) -> Article:
    """The article with its tags and their evidence; evidence of an earlier tagging is replaced.

    A page that holds no article gets none: what is not a story is about nothing.
    """
    kept = tuple(item for item in article.evidence if item.field not in TAGGED)
    if article.verdict == "not-an-article":
        return replace(article, evidence=kept)
    title = " ".join(part for part in (article.kicker, article.title, article.subtitle) if part)
    found = tag_text(title, article.body, portal=portal, published=article.published, source=article.source)
    return replace(
        article,
        topics=found.topics,
        regions=found.regions,
        organisations=found.organisations,
        people=found.people,
        laws=found.laws,
        campaigns=found.campaigns,
        keywords=found.keywords,
        summary=found.summary,
        evidence=(*kept, *found.evidence),
    )


def tag_text(
    title: str, body: str, *, portal: Portal | None = None, published: str = "", source: str = ""
) -> Tags:
    """The tags of a headline and a clean body. `published` is ISO 8601 or "", `source` the publication's name."""
    body = body[:LONGEST]
    text = read(title, body, published)
    place = regions(text, home(portal, source))
    subjects, reasons = topics(text, context(place))
    bodies = unions(text, place.codes)
    named = people(text)
    return Tags(
        topics=subjects,
        regions=place.regions,
        organisations=(*bodies, *companies(text)),
        people=named,
        laws=laws(title, body),
        campaigns=campaigns(text),
        keywords=keywords(text, (*bodies, *named, *speakers(text))),
        summary=summary(title, body),
        evidence=(*reasons, *place.evidence),
    )


def home(portal: Portal | None, source: str) -> str:
    """Where the paper is at home: the publication named as source, unless the portal's own place is nearer."""
    declared = portal.region if portal else ""
    told = home_of(source)
    if declared and (not told or gazetteer().within(declared, told)):
        return declared
    return told


def context(place: Found) -> tuple[str, ...]:
    """What the region says of the topic: labour disputes abroad are news from abroad."""
    codes = set(place.codes)
    if codes & {"810000", "820000", "710000"}:
        return ("@hkmotw",)
    return ("@abroad",) if any(code.isalpha() and code != "CN" for code in codes) else ()
