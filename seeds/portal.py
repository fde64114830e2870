"""A portal: one place that publishes news, as its TOML file declares it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

Level = Literal["national", "province", "city", "county", "industry", "press", "reprint", "abroad"]
Status = Literal["live", "archive", "closed", "blocked"]
Role = Literal["canonical", "alias", "channel", "mobile", "gateway", "sister"]
ListKind = Literal["html", "feed", "sitemap", "xml-index", "json", "date", "redirect", "epaper"]
NextKind = Literal["none", "suffix", "link", "query", "countdown"]
Proof = Literal["seen_code", "seen_page", "seen_html", "seen_both", "inferred", "guess", "sample"]
Decoder = Literal["yymmddHHMMSSmmm", "ms-hex12", "objectid8", "j_14", "ms13", "us16"]


class PortalError(Exception):
    """A portal file is wrong: names the file, the key and the remedy in one line."""

    def __init__(self, path: Path | str, key: str, problem: str, remedy: str) -> None:
        self.path, self.key, self.problem, self.remedy = path, key, problem, remedy
        super().__init__(f"{path}: {key}: {problem}; {remedy}")


@dataclass(frozen=True, slots=True)
class Host:
    """A name the portal answers to. `name` may begin with "*." for a cluster with the same paths.

    A gateway (big5.workercn.cn) serves other hosts' pages under `rewrite`, a pattern with groups origin and path.
    """

    name: str
    role: Role = "alias"
    rewrite: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Which parts of a URL are identity."""

    keep_query: tuple[str, ...] = ()
    drop_query: tuple[str, ...] = ()
    keep_fragment: bool = False
    scheme: Literal["", "http", "https"] = ""


@dataclass(frozen=True, slots=True)
class Charset:
    """`decode` is tried after strict UTF-8 and before what the page declares; "" leaves the usual order."""

    declared: str = ""
    decode: str = ""
    try_utf8_first: bool = True


@dataclass(frozen=True, slots=True)
class Fetch:
    """How to ask. `delay` (seconds) may only slow the crawl down; robots.txt cannot be switched off here."""

    delay: float = 0.0
    tls_verify: bool = True
    render: bool = False
    charset: Charset = field(default_factory=Charset)
    blocked_status: tuple[int, ...] = ()
    blocked_body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Next:
    """How a list goes on. `template` knows {stem} {n} {url}; `selector` finds the link or the total."""

    kind: NextKind = "none"
    template: str = ""
    selector: str = ""
    total: str = ""
    first: int = 2
    limit: int = 1  # further pages an ordinary crawl may take


@dataclass(frozen=True, slots=True)
class Listing:
    """A place where new articles are announced.

    `url` of kind date holds {Y} {m} {d}; `links`, `date` and `next.selector` are css selectors unless they begin with
    "xpath:". Left out, `links` means: discovery decides by the shape of the URL. For kind json, `items`, `link`,
    `title`, `date` and `cursor` are dotted paths.
    """

    url: str
    kind: ListKind = "html"
    channel: str = ""
    links: str = ""
    items: str = ""
    link: str = ""
    title: str = ""
    date: str = ""
    date_format: str = ""
    cursor: str = ""
    index: str = ""  # kind date, epaper: the month's index, with {Y} {m}
    pages: str = ""  # kind epaper: selector of the other pages of the issue
    next: Next = field(default_factory=Next)
    every: tuple[str, str] = ("", "")  # shortest and longest rhythm, "30m" … "7d"
    evidence: Proof = "guess"


@dataclass(frozen=True, slots=True)
class Extract:
    """Ordered chains; each entry is "css:…", "xpath:…", "meta:NAME", "comment:NAME", "line", "url" or "trafilatura".

    The first that yields text wins. `body` selects elements; the other fields select text. `join_date` names the
    parts of a date that stands in several elements.
    """

    title: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    kicker: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    join_date: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    next_page: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UrlTest:
    """A URL and what its pattern must say of it: group name → text, and "date" → ISO 8601."""

    url: str
    expect: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """The articles of one era of the site: which URLs they have, and how to read their pages.

    `match` is a regular expression with named groups. `key` names the groups that are identity across hosts.
    `date` names the groups that hold the day (y m d, ymd, ym d, y md …) or, with `decoder`, the id that encodes the
    time. `page` names the group that counts the parts of one article.
    """

    match: str
    era: str = ""
    since: date | None = None
    until: date | None = None
    key: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    decoder: Decoder | None = None
    page: str = ""
    extract: Extract = field(default_factory=Extract)
    evidence: Proof = "guess"
    tests: tuple[UrlTest, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """What is known of the words around the story."""

    order: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    footers: tuple[str, ...] = ()
    doubled_lead: bool = False


@dataclass(frozen=True, slots=True)
class Clones:
    """Hosts that copy this portal, and how a clone's URL leads back to the original."""

    hosts: tuple[str, ...] = ()
    restore: Literal["none", "swap-host", "drop-first-segment"] = "none"


@dataclass(frozen=True, slots=True)
class Promise:
    """What the portal is expected to deliver: articles a week, and the share of articles with each field."""

    week: tuple[int, int] | None = None
    fields: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Portal:
    name: str
    title: str
    home: str
    level: Level
    region: str = ""  # division code, six digits; "" is the nation
    english: str = ""
    status: Status = "live"
    priority: int = 3
    default_source: str = ""
    hosts: tuple[Host, ...] = ()
    address: Address = field(default_factory=Address)
    fetch: Fetch = field(default_factory=Fetch)
    lists: tuple[Listing, ...] = ()
    articles: tuple[Pattern, ...] = ()
    text: Text = field(default_factory=Text)
    clones: Clones = field(default_factory=Clones)
    expect: Promise = field(default_factory=Promise)
    evidence: tuple[str, ...] = ()
    confidence: Literal["", "A", "B", "C", "D"] = ""
