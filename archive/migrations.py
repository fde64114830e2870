"""How the database came to its present shape: one function a change, never edited once released."""

from functools import cache

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

APPLICATION_ID = 0x676F6E67  # "gong": file(1) and the archive know the database by it

migrations = Migrations("gongwen")


@cache
def latest() -> int:
    """The schema version this program writes: the number of its migrations, kept in PRAGMA user_version."""
    return len(migrations.pending(Database(memory=True, execute_plugins=False)))


def migrate(db: Database) -> None:
    """Bring a database to the latest shape; call it inside a transaction begun IMMEDIATE."""
    migrations.apply(db)
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.conn.execute(f"PRAGMA user_version = {latest()}")


@migrations()
def m001_pages_and_articles(db: Database) -> None:
    """What came over the wire, what we understood of it, its tags, and what it said before it changed."""
    for statement in (PAGES, PAGES_BY_URL, STORIES, ARTICLES, *ARTICLES_BY, TAGS, TAGS_BY_VALUE, VERSIONS):
        db.conn.execute(statement)


@migrations()
def m002_urls_and_failures(db: Database) -> None:
    """Every URL ever seen, and the pages that could not be understood."""
    for statement in (URLS, URLS_BY_STATE, FAILURES):
        db.conn.execute(statement)


@migrations()
def m003_search(db: Database) -> None:
    """The folded texts and the index over them."""
    for statement in (SEARCH_ROWS, *SEARCH_ROWS_BY, FOLDS, SEARCH, SEARCH_WORDS):
        db.conn.execute(statement)


@migrations()
def m004_kinship(db: Database) -> None:
    """A sample of every text's 5-grams, to find its copies without reading the archive."""
    db.conn.execute(SKETCHES)


@migrations()
def m005_runs(db: Database) -> None:
    """Which crawls ran, and what each brought from each portal."""
    db.conn.execute(RUNS)
    db.conn.execute(RUN_COUNTS)


@migrations()
def m006_memory(db: Database) -> None:
    """What pages teach about their portal: their candidate lines, the lines known as furniture, learned layouts."""
    for statement in (LESSONS, FURNITURE, LAYOUTS):
        db.conn.execute(statement)


@migrations()
def m007_parts(db: Database) -> None:
    """The further pages of articles that stand on several."""
    db.conn.execute(PAGE_PARTS)


@migrations()
def m008_media(db: Database) -> None:
    """What a story shows and hands out, and the day that it tells of."""
    for column in MEDIA:
        db.conn.execute(f"ALTER TABLE articles ADD COLUMN {column}")


PAGES = """
CREATE TABLE pages (
    page         INTEGER PRIMARY KEY,
    digest       TEXT NOT NULL,            -- blake2b of the bytes, 32 hexadecimal digits
    url          TEXT NOT NULL,
    final_url    TEXT NOT NULL,            -- where redirects led; '' when there were none
    portal       TEXT NOT NULL,
    fetched      TEXT NOT NULL,            -- ISO 8601 with offset
    status       INTEGER NOT NULL,
    headers      TEXT NOT NULL,            -- JSON [[name, value], …]
    charset      TEXT NOT NULL,            -- what the server declared; '' when it declared none
    listed_title TEXT NOT NULL,            -- what the list page said of the link
    listed_date  TEXT NOT NULL,
    size         INTEGER NOT NULL,         -- bytes before compression
    coding       TEXT NOT NULL CHECK (coding IN ('zlib')),
    body         BLOB NOT NULL,
    UNIQUE (digest, url)                   -- the same bytes at two addresses are two pages
) STRICT
"""

PAGES_BY_URL = "CREATE INDEX pages_by_url ON pages (url, fetched)"

STORIES = """
CREATE TABLE stories (
    id              TEXT PRIMARY KEY,
    original        TEXT NOT NULL,         -- article id; '' when the original is not held
    original_source TEXT NOT NULL,
    reason          TEXT NOT NULL
) STRICT
"""

ARTICLES = """
CREATE TABLE articles (
    id                  TEXT PRIMARY KEY,  -- 16 hexadecimal digits, the same for the same article whoever fetched it
    url                 TEXT NOT NULL,
    canonical_url       TEXT NOT NULL,
    portal              TEXT,
    channel             TEXT,
    title               TEXT NOT NULL,
    subtitle            TEXT,
    kicker              TEXT,
    authors             TEXT NOT NULL,     -- JSON list, like correspondents, editors and keywords
    correspondents      TEXT NOT NULL,
    editors             TEXT NOT NULL,
    source              TEXT,              -- 来源, as the text says it
    source_url          TEXT,
    published           TEXT,              -- ISO 8601, as precise as the evidence
    published_precision TEXT,
    day                 TEXT,              -- first and last day that published can mean, in Shanghai
    day_end             TEXT,
    script              TEXT NOT NULL,
    verdict             TEXT NOT NULL CHECK (verdict IN ('clean', 'mirror', 'farm', 'spam', 'not-an-article')),
    story               TEXT REFERENCES stories (id),  -- NULL while no copy is known
    first_seen          TEXT NOT NULL,     -- UTC
    last_seen           TEXT NOT NULL,     -- UTC
    version             INTEGER NOT NULL,  -- 1, then one more for every change of text or field
    content             TEXT NOT NULL,     -- digest of folded text and fields: tells a change from noise
    fetched             TEXT NOT NULL,
    page_digest         TEXT NOT NULL,     -- the kept page this row was read from; '' when there is none
    rules               TEXT NOT NULL,     -- version of the rules that read it
    summary             TEXT,
    keywords            TEXT NOT NULL,
    verdict_reasons     TEXT NOT NULL,     -- JSON list
    doubts              TEXT NOT NULL,     -- JSON list
    body                TEXT NOT NULL,
    body_as_published   TEXT,              -- NULL when nothing was changed
    marks               TEXT NOT NULL,     -- JSON list, like cuts and evidence
    cuts                TEXT NOT NULL,
    evidence            TEXT NOT NULL
) STRICT
"""

ARTICLES_BY = (
    "CREATE INDEX articles_by_url ON articles (url)",
    "CREATE INDEX articles_by_canonical_url ON articles (canonical_url)",
    "CREATE INDEX articles_by_story ON articles (story) WHERE story IS NOT NULL",
)

TAGS = """
CREATE TABLE article_tags (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,              -- topic, region, organisation, person, law, campaign, keyword
    value      TEXT NOT NULL,              -- topic id, division code, or the name itself
    label      TEXT NOT NULL,              -- a region's path; otherwise the value
    score      REAL,                       -- topics only
    place      INTEGER NOT NULL,           -- order within its kind
    PRIMARY KEY (article_id, kind, value)
) STRICT, WITHOUT ROWID
"""

TAGS_BY_VALUE = "CREATE INDEX article_tags_by_value ON article_tags (kind, value, article_id)"

VERSIONS = """
CREATE TABLE versions (
    article_id  TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    replaced    TEXT NOT NULL,             -- UTC, when the next version took its place
    changed     TEXT NOT NULL,             -- JSON list: fields that the next version changed
    page_digest TEXT NOT NULL,
    row         TEXT NOT NULL,             -- the whole article as JSON
    PRIMARY KEY (article_id, version)
) STRICT
"""

URLS = """
CREATE TABLE urls (
    url        TEXT PRIMARY KEY,
    portal     TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('pending', 'leased', 'done', 'failed', 'blocked', 'gone')),
    article_id TEXT REFERENCES articles (id) ON DELETE SET NULL,
    reason     TEXT NOT NULL,              -- '' unless failed, blocked or gone
    first_seen TEXT NOT NULL,              -- UTC
    last_seen  TEXT NOT NULL               -- UTC
) STRICT, WITHOUT ROWID
"""

URLS_BY_STATE = "CREATE INDEX urls_by_state ON urls (state, portal)"

FAILURES = """
CREATE TABLE failures (
    url         TEXT PRIMARY KEY,
    portal      TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('crash', 'timeout', 'undecodable', 'too-large', 'error')),
    reason      TEXT NOT NULL,
    times       INTEGER NOT NULL,
    first_seen  TEXT NOT NULL,             -- UTC
    last_seen   TEXT NOT NULL,             -- UTC
    page_digest TEXT NOT NULL              -- '' when there was no page to keep
) STRICT, WITHOUT ROWID
"""

FOLDS = """
CREATE TABLE folds (
    doc        INTEGER PRIMARY KEY REFERENCES search_rows (doc) ON DELETE CASCADE,
    title      TEXT NOT NULL,              -- folded
    title_gaps TEXT NOT NULL,              -- JSON [[offset in the fold, characters dropped before it], …]
    body       BLOB NOT NULL,              -- folded, UTF-8, zlib
    body_gaps  TEXT NOT NULL,
    sketch     BLOB NOT NULL               -- the hashes that stand in sketches, eight bytes each, little-endian
) STRICT
"""

SEARCH_ROWS = """
CREATE TABLE search_rows (
    doc        INTEGER PRIMARY KEY AUTOINCREMENT,  -- rowid in the index; a changed article gets a new one
    article_id TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
    portal     TEXT NOT NULL,
    verdict    TEXT NOT NULL,
    day        TEXT NOT NULL,              -- '' when undated, like day_end and moment
    day_end    TEXT NOT NULL,
    moment     TEXT NOT NULL,              -- published in Shanghai time: what "newest" sorts by
    first_seen TEXT NOT NULL
) STRICT
"""

SEARCH_ROWS_BY = (
    "CREATE INDEX search_rows_by_moment ON search_rows (moment, doc)",
    "CREATE INDEX search_rows_by_portal ON search_rows (portal, moment)",
)

# Contentless, because SQLite 3.40 has no contentless_delete: rows are only added; a row whose doc is no longer in
# search_rows is never found. The ascii tokenizer takes every character beyond ASCII as part of a token and
# changes none of them; archive.grams makes the tokens.
SEARCH = """
CREATE VIRTUAL TABLE article_search USING fts5 (
    title,                                 -- pairs of neighbouring characters, like the others
    body,
    source,
    author,
    content = '',
    tokenize = 'ascii'
)
"""

# Which documents hold a character or a word at all, without places: a ninth of the size.
SEARCH_WORDS = """
CREATE VIRTUAL TABLE article_words USING fts5 (
    tokens,                                -- words of title and body, characters of the body, marked ones of the title
    content = '',
    columnsize = 0,
    detail = none,
    tokenize = 'ascii'
)
"""

SKETCHES = """
CREATE TABLE sketches (
    hash INTEGER NOT NULL,                 -- of one 5-gram of the folded body
    doc  INTEGER NOT NULL,                 -- of search_rows
    PRIMARY KEY (hash, doc)
) STRICT, WITHOUT ROWID
"""

RUNS = """
CREATE TABLE runs (
    id       INTEGER PRIMARY KEY,
    started  TEXT NOT NULL,                -- UTC
    finished TEXT,                         -- NULL while it runs, and for ever when it was killed
    pid      INTEGER NOT NULL,
    portals  TEXT NOT NULL,                -- JSON list, as asked for
    outcome  TEXT NOT NULL                 -- '' while it runs
) STRICT
"""

RUN_COUNTS = """
CREATE TABLE run_counts (
    run    INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    portal TEXT NOT NULL,
    name   TEXT NOT NULL,                  -- found, new, changed, unchanged, failed, …
    count  INTEGER NOT NULL,
    PRIMARY KEY (run, portal, name)
) STRICT, WITHOUT ROWID
"""

LESSONS = """
CREATE TABLE lessons (
    lesson     INTEGER PRIMARY KEY,
    portal     TEXT NOT NULL,
    family     TEXT NOT NULL,              -- pages of one template: a pattern of the portal, or a folder of the site
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    taken      TEXT NOT NULL,              -- UTC, to the microsecond, like every moment of these three tables
    text       TEXT NOT NULL,              -- digest of the folded body: copies count once
    lines      TEXT NOT NULL,              -- JSON [[hash, zone], …] of the lines that could be furniture
    seen       TEXT NOT NULL,              -- JSON [body, title, date]: where they stood; null unless all readings agreed
    UNIQUE (portal, family, article_id)
) STRICT
"""

FURNITURE = """
CREATE TABLE furniture (
    portal  TEXT NOT NULL,
    family  TEXT NOT NULL,
    zone    TEXT NOT NULL CHECK (zone IN ('apart', 'head', 'tail')),
    line    INTEGER NOT NULL,              -- hash of the folded line; in zone 'apart' of its element as well
    text    TEXT NOT NULL,                 -- its beginning, for people
    stories INTEGER NOT NULL,              -- different stories that showed it when it was learned
    since   TEXT NOT NULL,                 -- pages fetched later are read with it
    PRIMARY KEY (portal, family, zone, line)
) STRICT, WITHOUT ROWID
"""

LAYOUTS = """
CREATE TABLE layouts (
    portal   TEXT NOT NULL,
    family   TEXT NOT NULL,
    body     TEXT NOT NULL,                -- entries of an extraction chain, like title and date; '' where unknown
    title    TEXT NOT NULL,
    date     TEXT NOT NULL,
    proposed TEXT NOT NULL,
    verified TEXT NOT NULL,                -- pages fetched later are read with it; '' while it is on trial
    retired  TEXT NOT NULL,                -- pages fetched later are not; '' while it stands
    held     INTEGER NOT NULL,             -- pages on which it found the story
    failed   INTEGER NOT NULL,
    failing  INTEGER NOT NULL,             -- failures in a row
    PRIMARY KEY (portal, family, proposed)
) STRICT, WITHOUT ROWID
"""

MEDIA = (
    "images TEXT NOT NULL DEFAULT '[]'",  # JSON list of {url, caption}
    "attachments TEXT NOT NULL DEFAULT '[]'",  # JSON list of {url, title}
    "event TEXT",  # ISO day of the first dated sentence
)

PAGE_PARTS = """
CREATE TABLE page_parts (
    page      INTEGER NOT NULL REFERENCES pages (page) ON DELETE CASCADE,  -- the first page of the article
    number    INTEGER NOT NULL,            -- 2, 3, …
    url       TEXT NOT NULL,               -- this and the others as in pages
    final_url TEXT NOT NULL,
    fetched   TEXT NOT NULL,
    status    INTEGER NOT NULL,
    headers   TEXT NOT NULL,
    charset   TEXT NOT NULL,
    size      INTEGER NOT NULL,
    coding    TEXT NOT NULL CHECK (coding IN ('zlib')),
    body      BLOB NOT NULL,
    PRIMARY KEY (page, number)
) STRICT
"""
