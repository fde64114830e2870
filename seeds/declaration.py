"""What a portal file can say, as frozen values; the sentence beside a field is its line in docs/add-a-portal.md."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

Level = Literal["national", "province", "city", "county", "industry", "press", "reprint", "abroad"]
Status = Literal["live", "archive", "closed", "blocked"]
Role = Literal["canonical", "alias", "channel", "mobile", "gateway", "sister"]
ListKind = Literal["html", "feed", "sitemap", "xml-index", "json", "hanweb", "date", "redirect", "epaper"]
NextKind = Literal["none", "suffix", "link", "query", "countdown"]
Proof = Literal["seen_code", "seen_page", "seen_html", "seen_both", "inferred", "guess", "sample"]
Decoder = Literal["yymmddHHMMSSmmm", "ms-hex12", "objectid8", "j_14", "ms13", "us16"]
Form = Literal["html", "json", "pdf", "issue"]

TOML_NAMES: Final = {
    "Portal": {"hosts": "host", "address": "url", "lists": "list", "articles": "article"},
    "Pattern": {"tests": "test"},
}
"""Where the file's word is not the field's: [[list]] reads better once a table than [[lists]]."""


class PortalError(Exception):
    """A portal file is wrong: names the file, the key and the remedy in one line."""

    def __init__(self, path: Path | str, key: str, problem: str, remedy: str) -> None:
        self.path, self.key, self.problem, self.remedy = path, key, problem, remedy
        super().__init__(" ".join(f"{path}: {key}: {problem}; {remedy}".split()))


@dataclass(frozen=True, slots=True)
class Host:
    """A name the portal answers to."""

    name: Annotated[
        str, 'host name, with its port if it has one; "*.example.cn" is every host below example.cn'
    ]
    role: Annotated[
        Role,
        "canonical and alias serve the same paths (an address on an alias is rewritten to the canonical host); "
        "channel, mobile and sister have paths of their own; gateway serves other hosts' pages",
    ] = "alias"
    rewrite: Annotated[
        str,
        "expression with groups origin and path: what it matches is another edition of http://origin/path",
    ] = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Which parts of a URL are identity."""

    keep_query: Annotated[
        tuple[str, ...], "parameters that are identity, kept even where others would go"
    ] = ()
    drop_query: Annotated[
        tuple[str, ...],
        'parameters that are not, besides spm, utm_* and their like; "*" drops all that are not kept',
    ] = ()
    keep_fragment: Annotated[bool, "true for a site whose pages differ only after the #"] = False
    scheme: Annotated[Literal["", "http", "https"], "for a site that answers on one scheme only"] = ""


@dataclass(frozen=True, slots=True)
class Charset:
    """How the portal's bytes become text."""

    declared: Annotated[str, "what its pages say of themselves; for readers of the file"] = ""
    decode: Annotated[
        str, "tried after strict UTF-8, before what the page declares; empty: the usual order"
    ] = ""
    try_utf8_first: Annotated[bool, "saved copies are often UTF-8 under an old declaration"] = True


@dataclass(frozen=True, slots=True)
class Fetch:
    """How to ask. A portal may slow the crawl down; robots.txt cannot be switched off here."""

    delay: Annotated[float, "seconds between requests, if more than the crawler's own"] = 0.0
    tls_verify: Annotated[bool, "false only where the certificate chain is known to be broken"] = True
    render: Annotated[bool, "true: needs a browser; declared, but skipped without one"] = False
    charset: Annotated[Charset, "see [fetch.charset]"] = field(default_factory=Charset)
    blocked_status: Annotated[
        tuple[int, ...], "answers that mean: this portal does not want us; not retried"
    ] = ()
    blocked_body: Annotated[tuple[str, ...], "words that only its refusal page has"] = ()


@dataclass(frozen=True, slots=True)
class Next:
    """How a list goes on."""

    kind: Annotated[
        NextKind,
        "suffix and query count up in the address; link follows a link; countdown too, where the first page links "
        "to the highest number",
    ] = "none"
    template: Annotated[
        str,
        "address of a further page: {url} is the list's, {stem} the same without its extension, {n} the count, "
        "{end} the last of a step, {cursor} the last item's; left out: {stem}_{n}.html or {url}?page={n}",
    ] = ""
    selector: Annotated[str, "finds the link to the next page; left out: the one that says 下一页"] = ""
    total: Annotated[str, "finds how many pages there are"] = ""
    first: Annotated[int, "the first {n}"] = 2
    step: Annotated[int, "from one {n} to the next"] = 1
    limit: Annotated[int, "further pages an ordinary crawl may take"] = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """A place where new articles are announced.

    Selectors are css, and may end in ::attr(name), unless they begin with "xpath:". For kind json and xml-index,
    items, link, title, date and cursor are dotted paths, and link may be an address with {dotted.path} in it.
    """

    url: Annotated[str, "its address; {Y} {m} {d} stand for the day in kinds date, epaper and xml-index"]
    kind: Annotated[ListKind, "what is found there"] = "html"
    channel: Annotated[str, "the column's name as readers know it"] = ""
    links: Annotated[
        str, "selector of the links to articles; left out, discovery decides by the shape of the URL"
    ] = ""
    items: Annotated[str, "selector or path of an item that holds link, title and date"] = ""
    link: Annotated[str, "the article's address within an item"] = ""
    title: Annotated[str, "the title within an item"] = ""
    date: Annotated[str, "the date within an item"] = ""
    date_format: Annotated[str, "how that date is written, as strptime has it, where it is odd"] = ""
    cursor: Annotated[str, "path of the value that {cursor} takes"] = ""
    index: Annotated[str, "the month's index of an e-paper, with {Y} {m}"] = ""
    pages: Annotated[str, "selector of the other pages of an issue"] = ""
    data: Annotated[str, "kind hanweb: address of the data behind the page, with {n} and {end}"] = ""
    post: Annotated[tuple[tuple[str, str], ...], "kind hanweb: form fields that go with it"] = ()
    next: Annotated[Next, "see [list.next]"] = field(default_factory=Next)
    every: Annotated[tuple[str, str], 'shortest and longest rhythm of visits, as "30m", "12h", "7d"'] = (
        "",
        "",
    )
    evidence: Annotated[Proof, "how this list is known"] = "guess"


@dataclass(frozen=True, slots=True)
class Extract:
    """Ordered chains; the first entry that yields text wins.

    An entry is "css:…", "xpath:…", "meta:NAME", "comment:NAME", "json:PATH", "line" (the byline grammar), "url" or
    "trafilatura". The chain of body selects elements; the others select text.
    """

    title: Annotated[tuple[str, ...], "chain for the headline"] = ()
    subtitle: Annotated[tuple[str, ...], "chain for the line below it"] = ()
    kicker: Annotated[tuple[str, ...], "chain for the line above it (引题)"] = ()
    date: Annotated[tuple[str, ...], "chain for the date"] = ()
    join_date: Annotated[
        tuple[str, ...], "css or xpath of the parts of a date that stands in several elements"
    ] = ()
    source: Annotated[tuple[str, ...], "chain for 来源"] = ()
    author: Annotated[tuple[str, ...], "chain for authors"] = ()
    editor: Annotated[tuple[str, ...], "chain for editors"] = ()
    channel: Annotated[tuple[str, ...], "chain for the column"] = ()
    id: Annotated[
        tuple[str, ...], "chain for the number that the page gives its article (meta:contentid)"
    ] = ()
    body: Annotated[tuple[str, ...], "chain for the elements that hold the story"] = ()
    remove: Annotated[
        tuple[str, ...], "css or xpath of what stands inside the body and is not the story"
    ] = ()
    next_page: Annotated[tuple[str, ...], "css or xpath of the link to the article's next part"] = ()


@dataclass(frozen=True, slots=True)
class UrlTest:
    """A real address and what its pattern must say of it."""

    url: Annotated[str, "an address seen in the wild"]
    expect: Annotated[
        tuple[tuple[str, str], ...], "group → text; also key, page, and date as far as the address tells it"
    ] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """The articles of one era of the site: which URLs they have, and how to read their pages."""

    match: Annotated[str, "expression with named groups, matched from the beginning of the canonical address"]
    era: Annotated[str, 'when the site looked so, for people: "2008-2021"'] = ""
    since: Annotated[date | None, "first day of that era"] = None
    until: Annotated[date | None, "last day of that era"] = None
    key: Annotated[
        tuple[str, ...],
        "groups that identify the article on every host; patterns with the same key names share one numbering",
    ] = ()
    date: Annotated[
        tuple[str, ...], "groups of the day (y m d ymd ym md), or of the id that a decoder reads"
    ] = ()
    decoder: Annotated[Decoder | None, "how that id encodes the time"] = None
    page: Annotated[str, "group that counts the parts of one article"] = ""
    form: Annotated[
        Form,
        "what answers: a page, data, a printed page, or a whole issue of articles; only html is fetched so far",
    ] = "html"
    extract: Annotated[Extract, "see [article.extract]"] = field(default_factory=Extract)
    evidence: Annotated[Proof, "how this pattern is known"] = "guess"
    tests: Annotated[tuple[UrlTest, ...], "see [[article.test]]"] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """What is known of the words around the story."""

    order: Annotated[
        tuple[str, ...], "in which order title, kicker, subtitle, source, date, author, body stand"
    ] = ()
    head: Annotated[tuple[str, ...], "beginnings of lines that stand above the story and are not it"] = ()
    footers: Annotated[tuple[str, ...], "beginnings of lines that stand below it"] = ()
    doubled_lead: Annotated[bool, "true where the site repeats its summary as first paragraph"] = False


@dataclass(frozen=True, slots=True)
class Clones:
    """Hosts that copy this portal, and how a clone's URL leads back to the original."""

    hosts: Annotated[tuple[str, ...], "host names of known copies"] = ()
    restore: Annotated[
        Literal["none", "swap-host", "drop-first-segment"], "what makes the copy's address the original's"
    ] = "none"


@dataclass(frozen=True, slots=True)
class Promise:
    """What the portal is expected to deliver."""

    week: Annotated[
        tuple[int, int] | None, "articles a week: below the first reported, above the second warned"
    ] = None
    fields: Annotated[
        tuple[tuple[str, float], ...], "field → least share of articles that have it, 0 to 1"
    ] = ()


@dataclass(frozen=True, slots=True)
class Portal:
    """One place that publishes news. Its name is the file's name."""

    name: str
    title: Annotated[str, "what readers call it"]
    home: Annotated[str, "its front page; may be empty only where the portal is not live"]
    level: Annotated[Level, "whose news it is"]
    region: Annotated[str, "division code of six digits; left out: the nation"] = ""
    english: Annotated[str, "the title for readers without Chinese"] = ""
    status: Annotated[Status, "only a live portal is crawled"] = "live"
    priority: Annotated[int, "1 first … 5 last"] = 3
    default_source: Annotated[str, "来源 of an article that names none"] = ""
    hosts: Annotated[tuple[Host, ...], "see [[host]]; left out: the host of home and of every list"] = ()
    address: Annotated[Address, "see [url]"] = field(default_factory=Address)
    fetch: Annotated[Fetch, "see [fetch]"] = field(default_factory=Fetch)
    lists: Annotated[tuple[Listing, ...], "see [[list]]; a live portal has at least one"] = ()
    articles: Annotated[tuple[Pattern, ...], "see [[article]]"] = ()
    text: Annotated[Text, "see [text]"] = field(default_factory=Text)
    clones: Annotated[Clones, "see [clones]"] = field(default_factory=Clones)
    expect: Annotated[Promise, "see [expect]"] = field(default_factory=Promise)
    evidence: Annotated[tuple[str, ...], "where the facts come from"] = ()
    confidence: Annotated[
        Literal["", "A", "B", "C", "D"],
        "A selectors and a real address seen, B a real address, C only host or list, D the name; asks for evidence",
    ] = ""
