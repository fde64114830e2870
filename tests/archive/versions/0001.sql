-- The first released schema, with one article: what Gongwen 0.1.0 wrote.
-- Never edited: tests bring it to today's shape.
PRAGMA application_id = 1735356007;
PRAGMA user_version = 5;
BEGIN;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
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
;
CREATE INDEX pages_by_url ON pages (url, fetched);
CREATE TABLE stories (
    id              TEXT PRIMARY KEY,
    original        TEXT NOT NULL,         -- article id; '' when the original is not held
    original_source TEXT NOT NULL,
    reason          TEXT NOT NULL
) STRICT
;
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
;
CREATE INDEX articles_by_url ON articles (url);
CREATE INDEX articles_by_canonical_url ON articles (canonical_url);
CREATE INDEX articles_by_story ON articles (story) WHERE story IS NOT NULL;
CREATE TABLE article_tags (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,              -- topic, region, organisation, person, law, campaign, keyword
    value      TEXT NOT NULL,              -- topic id, division code, or the name itself
    label      TEXT NOT NULL,              -- a region's path; otherwise the value
    score      REAL,                       -- topics only
    place      INTEGER NOT NULL,           -- order within its kind
    PRIMARY KEY (article_id, kind, value)
) STRICT, WITHOUT ROWID
;
CREATE INDEX article_tags_by_value ON article_tags (kind, value, article_id);
CREATE TABLE versions (
    article_id  TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    replaced    TEXT NOT NULL,             -- UTC, when the next version took its place
    changed     TEXT NOT NULL,             -- JSON list: fields that the next version changed
    page_digest TEXT NOT NULL,
    row         TEXT NOT NULL,             -- the whole article as JSON
    PRIMARY KEY (article_id, version)
) STRICT
;
CREATE TABLE urls (
    url        TEXT PRIMARY KEY,
    portal     TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('pending', 'leased', 'done', 'failed', 'blocked', 'gone')),
    article_id TEXT REFERENCES articles (id) ON DELETE SET NULL,
    reason     TEXT NOT NULL,              -- '' unless failed, blocked or gone
    first_seen TEXT NOT NULL,              -- UTC
    last_seen  TEXT NOT NULL               -- UTC
) STRICT, WITHOUT ROWID
;
CREATE INDEX urls_by_state ON urls (state, portal);
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
;
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
;
CREATE INDEX search_rows_by_moment ON search_rows (moment, doc);
CREATE INDEX search_rows_by_portal ON search_rows (portal, moment);
CREATE TABLE folds (
    doc        INTEGER PRIMARY KEY REFERENCES search_rows (doc) ON DELETE CASCADE,
    title      TEXT NOT NULL,              -- folded
    title_gaps TEXT NOT NULL,              -- JSON [[offset in the fold, characters dropped before it], …]
    body       BLOB NOT NULL,              -- folded, UTF-8, zlib
    body_gaps  TEXT NOT NULL,
    sketch     BLOB NOT NULL               -- the hashes that stand in sketches, eight bytes each, little-endian
) STRICT
;
CREATE VIRTUAL TABLE article_search USING fts5 (
    title,                                 -- pairs of neighbouring characters, like the others
    body,
    source,
    author,
    content = '',
    tokenize = 'ascii'
);
CREATE VIRTUAL TABLE article_words USING fts5 (
    tokens,                                -- words of title and body, characters of the body, marked ones of the title
    content = '',
    columnsize = 0,
    detail = none,
    tokenize = 'ascii'
);
CREATE TABLE sketches (
    hash INTEGER NOT NULL,                 -- of one 5-gram of the folded body
    doc  INTEGER NOT NULL,                 -- of search_rows
    PRIMARY KEY (hash, doc)
) STRICT, WITHOUT ROWID
;
CREATE TABLE runs (
    id       INTEGER PRIMARY KEY,
    started  TEXT NOT NULL,                -- UTC
    finished TEXT,                         -- NULL while it runs, and for ever when it was killed
    pid      INTEGER NOT NULL,
    portals  TEXT NOT NULL,                -- JSON list, as asked for
    outcome  TEXT NOT NULL                 -- '' while it runs
) STRICT
;
CREATE TABLE run_counts (
    run    INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    portal TEXT NOT NULL,
    name   TEXT NOT NULL,                  -- found, new, changed, unchanged, failed, …
    count  INTEGER NOT NULL,
    PRIMARY KEY (run, portal, name)
) STRICT, WITHOUT ROWID
;
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (1, 'gongwen', 'm001_pages_and_articles', '2026-11-21 00:00:00+00:00');
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (2, 'gongwen', 'm002_urls_and_failures', '2026-11-21 00:00:00+00:00');
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (3, 'gongwen', 'm003_search', '2026-11-21 00:00:00+00:00');
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (4, 'gongwen', 'm004_kinship', '2026-11-21 00:00:00+00:00');
INSERT INTO _sqlite_migrations (id, migration_set, name, applied_at) VALUES (5, 'gongwen', 'm005_runs', '2026-11-21 00:00:00+00:00');
INSERT INTO pages (page, digest, url, final_url, portal, fetched, status, headers, charset, listed_title, listed_date, size, coding, body) VALUES (1, '976f59508d5c2050a69335306c39d638', 'https://union.example/1.html', '', 'sample', '2026-11-21T08:00:00+08:00', 200, '[]', '', '', '', 11, 'zlib', X'789CB329B02B484C4FB5D12FB00300165203A1');
INSERT INTO articles (id, url, canonical_url, portal, channel, title, subtitle, kicker, authors, correspondents, editors, source, source_url, published, published_precision, day, day_end, script, verdict, story, first_seen, last_seen, version, content, fetched, page_digest, rules, summary, keywords, verdict_reasons, doubts, body, body_as_published, marks, cuts, evidence) VALUES ('0123456789abcdef', 'https://union.example/2026/1.html', 'https://union.example/1', 'sample', '要闻', '总工会召开会议', '部署工作', '聚焦', '["王小明", "李小红"]', '["赵甲"]', '["钱乙"]', '工人日报', 'https://paper.example/1', '2026-11-20T09:30:00+08:00', 'second', '2026-11-20', '2026-11-20', 'hant', 'clean', NULL, '2026-11-21T00:00:00+00:00', '2026-11-21T00:00:00+00:00', 1, '2136a4a03154e4d5485b460e', '2026-11-21T08:00:00+08:00', '976f59508d5c2050a69335306c39d638', '1', '第二段，讲集体协商。', '["集体协商", "工会"]', '["own host"]', '["date from url only"]', '第一段。
第二段，讲集体协商。', '第一段。
第二段,讲集体协商。', '[{"step": "widen", "at": 8, "removed": ",", "added": "，"}]', '[{"text": "分享到", "reason": "share"}]', '[{"field": "title", "value": "总工会召开会议", "rule": "css:h1", "place": "h1", "lost": [["meta:og:title", "会议"]]}]');
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'campaign', '送清凉', '送清凉', NULL, 8);
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'keyword', '工会', '工会', NULL, 10);
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'keyword', '集体协商', '集体协商', NULL, 9);
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'law', '工会法', '工会法', NULL, 7);
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'organisation', '全国总工会', '全国总工会', NULL, 5);
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'organisation', '盐城市总工会', '盐城市总工会', NULL, 4);
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'person', '张三', '张三', NULL, 6);
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'region', '320900', '江苏省/盐城市', NULL, 2);
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'region', 'CN', '全国', NULL, 3);
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'topic', 'org.meeting', 'org.meeting', 0.4, 1);
INSERT INTO article_tags (article_id, kind, value, label, score, place) VALUES ('0123456789abcdef', 'topic', 'rights.bargaining', 'rights.bargaining', 0.9, 0);
INSERT INTO urls (url, portal, state, article_id, reason, first_seen, last_seen) VALUES ('https://union.example/1', 'sample', 'done', '0123456789abcdef', '', '2026-11-21T00:00:00+00:00', '2026-11-21T00:00:00+00:00');
INSERT INTO urls (url, portal, state, article_id, reason, first_seen, last_seen) VALUES ('https://union.example/1.html', 'sample', 'done', '0123456789abcdef', '', '2026-11-21T00:00:00+00:00', '2026-11-21T00:00:00+00:00');
INSERT INTO urls (url, portal, state, article_id, reason, first_seen, last_seen) VALUES ('https://union.example/2026/1.html', 'sample', 'done', '0123456789abcdef', '', '2026-11-21T00:00:00+00:00', '2026-11-21T00:00:00+00:00');
INSERT INTO urls (url, portal, state, article_id, reason, first_seen, last_seen) VALUES ('https://union.example/9.html', 'sample', 'failed', NULL, 'took 9 s', '2026-11-21T00:00:00+00:00', '2026-11-21T00:00:00+00:00');
INSERT INTO failures (url, portal, kind, reason, times, first_seen, last_seen, page_digest) VALUES ('https://union.example/9.html', 'sample', 'timeout', 'took 9 s', 1, '2026-11-21T00:00:00+00:00', '2026-11-21T00:00:00+00:00', '');
INSERT INTO search_rows (doc, article_id, portal, verdict, day, day_end, moment, first_seen) VALUES (1, '0123456789abcdef', 'sample', 'clean', '2026-11-20', '2026-11-20', '2026-11-20T09:30:00', '2026-11-21T00:00:00+00:00');
INSERT INTO folds (doc, title, title_gaps, body, body_gaps, sketch) VALUES (1, '总工会召开会议', '[]', X'789C7BBE66CD931D0DCFD66D7DDCD0C4F51CC8D9D503E4E8BC58B7E9E5ECB6277B273FEDED7F3AB50D28090052E71BDE', '[]', X'EFBCE0A31C58B011810CA60B3BE5951812D826DECB38F32A47E8CA9727CCD53D895533C7B0A2424273632CA4A1C30A5888AFCEB540DAD971');
INSERT INTO sketches (hash, doc) VALUES (1274615574577593583, 1);
INSERT INTO sketches (hash, doc) VALUES (1771574070201420929, 1);
INSERT INTO sketches (hash, doc) VALUES (3094879817190266898, 1);
INSERT INTO sketches (hash, doc) VALUES (4455691876775422023, 1);
INSERT INTO sketches (hash, doc) VALUES (4774557435106121097, 1);
INSERT INTO sketches (hash, doc) VALUES (6344098124116288371, 1);
INSERT INTO sketches (hash, doc) VALUES (8203828167695052680, 1);
INSERT INTO article_search (rowid, title, body, source, author) VALUES (1, '总工 工会 会召 召开 开会 会议 议 ', '第一 一段 段。 。  第二 二段 段， ，讲 讲集 集体 体协 协商 商。 。 ', '工人 人日 日报 报 ', '王小 小明 明  李小 小红 红  赵甲 甲  钱乙 乙 ');
INSERT INTO article_words (rowid, tokens) VALUES (1, '总工会 集体 协商 第 一 段 。 二 ， 讲 集 体 协 商  总  工  会  召  开  议');
COMMIT;
