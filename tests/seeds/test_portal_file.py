"""A portal file loads exactly as written, or is refused in one line that says what to do."""

from pathlib import Path

import pytest

from seeds.portal import Portal, PortalError, all_portals, load

SMALLEST = r"""
    title = "示例市总工会"
    home  = "https://union.example/"
    level = "city"                       # national | province | city | county | industry | press | reprint | abroad
    region = "320300"

    [[list]]
    url = "https://union.example/news/"  # html is the default kind; also feed, sitemap, json, epaper …
    links = "ul.news a"                  # left out: discovery decides by URL shape

    [[article]]
    match = '^https://union\.example/\d{4}/\d{2}/\d{2}/(?P<id>\d+)\.html'

    [expect]
    week = [3, 120]                      # articles a week: below the first the run reports it, above the second it warns
"""

HEAD = 'title = "示例市总工会"\nhome = "https://union.example/"\nlevel = "city"\n'
LIST = '[[list]]\nurl = "https://union.example/news/"\n'
ARTICLE = "[[article]]\nmatch = '^https://union\\.example/(?P<y>\\d{4})/(?P<id>\\d+)\\.html'\n"


def written(folder: Path, text: str | bytes, name: str = "union.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def loaded(folder: Path, text: str | bytes) -> Portal:
    return load(written(folder, text))


def complaint(folder: Path, text: str | bytes, name: str = "union.toml") -> str:
    with pytest.raises(PortalError) as caught:
        load(written(folder, text, name))
    return str(caught.value)


def test_the_smallest_file_loads_as_the_contract_prints_it(tmp_path):
    portal = loaded(tmp_path, SMALLEST)

    assert (portal.name, portal.title, portal.level, portal.region) == (
        "union",
        "示例市总工会",
        "city",
        "320300",
    )
    assert portal.lists[0].links == "ul.news a"
    assert portal.lists[0].kind == "html"
    assert portal.articles[0].match == r"^https://union\.example/\d{4}/\d{2}/\d{2}/(?P<id>\d+)\.html"
    assert portal.expect.week == (3, 120)


def test_what_is_not_said_is_a_guess_and_the_host_is_home_s(tmp_path):
    portal = loaded(tmp_path, SMALLEST)

    assert portal.lists[0].evidence == portal.articles[0].evidence == "guess"
    assert [(host.name, host.role) for host in portal.hosts] == [("union.example", "canonical")]


def test_a_list_on_another_host_makes_that_host_a_channel(tmp_path):
    portal = loaded(tmp_path, HEAD + '[[list]]\nurl = "https://news.union.example/a/"\n')

    assert {(host.name, host.role) for host in portal.hosts} == {
        ("union.example", "canonical"),
        ("news.union.example", "channel"),
    }


def test_a_loopback_portal_with_a_port_loads(tmp_path):
    text = 'title = "样例"\nhome = "http://127.0.0.1:8001/"\nlevel = "city"\n[[list]]\nurl = "http://127.0.0.1:8001/news/"\n'

    assert loaded(tmp_path, text).hosts[0].name == "127.0.0.1:8001"


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path):
    assert loaded(tmp_path, b"\xef\xbb\xbf" + SMALLEST.replace("\n", "\r\n").encode()).title == "示例市总工会"


def test_selectors_may_be_written_as_scrapy_s_users_write_them(tmp_path):
    text = (
        HEAD
        + LIST
        + 'links = "css:ul.news a::attr(href)"\nnext = { kind = "link", selector = "xpath://a[.=\'下一页\']" }\n'
    )

    assert loaded(tmp_path, text).lists[0].next.selector == "xpath://a[.='下一页']"


def test_a_slower_portal_and_whole_numbers_for_seconds_are_fine(tmp_path):
    assert loaded(tmp_path, f"{HEAD}{LIST}[fetch]\ndelay = 10\n").fetch.delay == 10.0


def test_a_portal_that_is_no_longer_live_needs_no_list(tmp_path):
    assert loaded(tmp_path, HEAD + 'status = "archive"\n').lists == ()


def test_a_repetition_with_a_mark_between_its_rounds_is_safe(tmp_path):
    text = (
        HEAD
        + LIST
        + "[[article]]\nmatch = '^https?://union\\.example/(?P<cols>(?:[\\w-]+/)+)t(?P<ymd>\\d{8})_(?P<id>\\d+)\\.s?html'\n"
    )

    assert loaded(tmp_path, text).articles


# label → (text of the file, the key as the message names it, a word of the remedy)
WRONG: dict[str, tuple[str, str, str]] = {
    "unknown key": (HEAD + LIST + "linsk = 'a'\n", "list[0].linsk", "did you mean link"),
    "unknown key at the top": (HEAD + "colour = 1\n" + LIST, "colour", "known: "),
    "unknown key deep inside": (
        HEAD + LIST + LIST + LIST + 'next = { knid = "link" }\n',
        "list[2].next.knid",
        "did you mean kind",
    ),
    "a name of its own": (
        'name = { zh = "例" }\n' + HEAD + LIST,
        "name",
        "the file's name is the portal's name",
    ),
    "robots switched off": (HEAD + "robots = false\n" + LIST, "robots", "obeyed for every portal"),
    "robots switched off under fetch": (
        HEAD + LIST + "[fetch]\nrobotstxt_obey = false\n",
        "fetch.robotstxt_obey",
        "obeyed",
    ),
    "a disguise": (HEAD + LIST + '[fetch]\nuser_agent = "Mozilla"\n', "fetch.user_agent", "leave it out"),
    "haste": (HEAD + LIST + "[fetch]\ndelay = -1.0\n", "fetch.delay", "slow the crawl down"),
    "no number": (HEAD + LIST + "[fetch]\ndelay = nan\n", "fetch.delay", "write it like 2.5"),
    "no title": ('home = "https://u.example/"\nlevel = "city"\n' + LIST, "title", "add title"),
    "no list": (HEAD + ARTICLE, "list", "add [[list]]"),
    "one bracket": (HEAD + '[list]\nurl = "https://union.example/a/"\n', "list", "[[list]]"),
    "a text for a number": (HEAD + 'priority = "1"\n' + LIST, "priority", "write it like 3"),
    "a truth for a number": (HEAD + "priority = true\n" + LIST, "priority", "write it like 3"),
    "a priority out of range": (HEAD + "priority = 9\n" + LIST, "priority", "write 1 (first) to 5 (last)"),
    "an unknown level": (
        HEAD.replace('"city"', '"town"') + LIST,
        "level",
        "write one of: national, province, city",
    ),
    "a misspelt kind": (HEAD + LIST + 'kind = "htlm"\n', "list[0].kind", "did you mean html"),
    "an unknown kind of going on": (
        HEAD + LIST + 'next = { kind = "scroll" }\n',
        "list[0].next.kind",
        "suffix",
    ),
    "an unknown proof": (HEAD + LIST + 'evidence = "sure"\n', "list[0].evidence", "seen_page"),
    "a broken expression": (
        HEAD + LIST + "[[article]]\nmatch = '^https?://u/(?P<id>\\d+'\n",
        "article[0].match",
        "mend",
    ),
    "a catastrophic expression": (
        HEAD + LIST + "[[article]]\nmatch = '^https?://u/(\\w+\\s?)*$'\n",
        "article[0].match",
        "repetition inside a repetition",
    ),
    "a quadratic expression": (
        HEAD + LIST + "[[article]]\nmatch = '^https?://u/.*a.*b'\n",
        "article[0].match",
        "mend",
    ),
    "an endless expression": (
        HEAD + LIST + f"[[article]]\nmatch = '^http{'a' * 600}'\n",
        "article[0].match",
        "500",
    ),
    "an expression without a scheme": (
        HEAD + LIST + "[[article]]\nmatch = '/n1/'\n",
        "article[0].match",
        "^https?://",
    ),
    "a key that is no group": (HEAD + LIST + ARTICLE + 'key = ["nr"]\n', "article[0].key", "it has id, y"),
    "a date that is no group": (
        HEAD + LIST + ARTICLE + 'date = ["ymd"]\n',
        "article[0].date",
        "it has id, y",
    ),
    "a date that is no day": (
        HEAD + LIST + ARTICLE + 'date = ["id"]\n',
        "article[0].date",
        "y m d, ymd, ym or md",
    ),
    "a decoder without its id": (
        HEAD + LIST + ARTICLE + 'decoder = "ms13"\n',
        "article[0].date",
        "name the id",
    ),
    "an unknown decoder": (HEAD + LIST + ARTICLE + 'decoder = "snowflake19"\n', "article[0].decoder", "j_14"),
    "eras the wrong way round": (
        HEAD + LIST + ARTICLE + "since = 2022-01-01\nuntil = 2021-01-01\n",
        "article[0].until",
        "exchange",
    ),
    "a time for a day": (
        HEAD + LIST + ARTICLE + "since = 2022-01-01T08:00:00\n",
        "article[0].since",
        "2021-10-01",
    ),
    "a broken css selector": (
        HEAD + LIST + 'links = "ul.news > > a"\n',
        "list[0].links",
        "mend the selector",
    ),
    "a broken xpath": (HEAD + LIST + 'links = "xpath://div["\n', "list[0].links", "mend the selector"),
    "an xpath function that is not": (
        HEAD + LIST + 'links = "xpath:lower-case(//a)"\n',
        "list[0].links",
        "mend",
    ),
    "an unknown way to read": (
        HEAD + LIST + ARTICLE + '[article.extract]\nbody = ["css:div.a", "regex:b"]\n',
        "article[0].extract.body[1]",
        "css:…, xpath:…, meta:…",
    ),
    "a chain that is no list": (
        HEAD + LIST + ARTICLE + '[article.extract]\nbody = "css:div.a"\n',
        "article[0].extract.body",
        "put it in [ ]",
    ),
    "a test of another site": (
        HEAD + LIST + ARTICLE + '[[article.test]]\nurl = "https://other.example/1"\n',
        "article[0].test[0].url",
        'add [[host]] with name = "other.example"',
    ),
    "a test of no group": (
        HEAD + LIST + ARTICLE + '[[article.test]]\nurl = "https://union.example/1"\nexpect = { nr = "1" }\n',
        "article[0].test[0].expect.nr",
        "expect some of: date, id, key, page, y",
    ),
    "an address without a scheme": (
        HEAD + '[[list]]\nurl = "union.example/news"\n',
        "list[0].url",
        "write it in full",
    ),
    "a javascript address": (HEAD + '[[list]]\nurl = "javascript:go()"\n', "list[0].url", "write it in full"),
    "holes in a plain list": (
        HEAD + '[[list]]\nurl = "https://union.example/{Y}/"\n',
        "list[0].url",
        "drop the braces",
    ),
    "a day that is missing": (
        HEAD + '[[list]]\nkind = "date"\nurl = "https://union.example/{Y}/"\n',
        "list[0].url",
        "{Y}, {m} and {d}",
    ),
    "a hole that means nothing": (
        HEAD + LIST + 'next = { kind = "suffix", template = "{stem}_{page}.html" }\n',
        "list[0].next.template",
        "{n}",
    ),
    "a host that is an address": (
        HEAD + LIST + '[[host]]\nname = "https://u.example/"\n',
        "host[0].name",
        "bare name",
    ),
    "a gateway to nowhere": (
        HEAD + LIST + '[[host]]\nname = "big5.u.example"\nrole = "gateway"\n',
        "host[0].rewrite",
        "origin",
    ),
    "a codec that never fails": (
        HEAD + LIST + '[fetch.charset]\ndecode = "latin1"\n',
        "fetch.charset.decode",
        "gb18030",
    ),
    "a codec that is not": (
        HEAD + LIST + '[fetch.charset]\ndecode = "gb9999"\n',
        "fetch.charset.decode",
        "gb18030",
    ),
    "a region by name": (HEAD + 'region = "徐州"\n' + LIST, "region", "six digits"),
    "a promise the wrong way round": (
        HEAD + LIST + "[expect]\nweek = [120, 3]\n",
        "expect.week",
        "[fewest, most]",
    ),
    "a promise of one number": (HEAD + LIST + "[expect]\nweek = [3]\n", "expect.week", "[first, second]"),
    "a share in per cent": (
        HEAD + LIST + "[expect]\nfields = { title = 95.0 }\n",
        "expect.fields.title",
        "0.95",
    ),
    "a rhythm in words": (HEAD + LIST + 'every = ["daily", "weekly"]\n', "list[0].every", '["30m", "12h"]'),
    "confidence without evidence": (
        HEAD + 'confidence = "A"\n' + LIST,
        "evidence",
        "say where the facts come from",
    ),
    "an answer that is no refusal": (
        HEAD + LIST + "[fetch]\nblocked_status = [200]\n",
        "fetch.blocked_status[0]",
        "400",
    ),
    "a parameter kept and dropped": (
        HEAD + LIST + '[url]\nkeep_query = ["id"]\ndrop_query = ["id"]\n',
        "url.drop_query",
        "one of the two",
    ),
    "no TOML": (HEAD + "title = again\n", "the file", "mend that line"),
}


@pytest.mark.parametrize("label", WRONG)
def test_a_wrong_file_is_refused_in_one_line_with_file_key_and_remedy(tmp_path, label):
    text, key, remedy = WRONG[label]

    said = complaint(tmp_path, text)

    assert said.splitlines() == [said]
    assert f"{tmp_path / 'union.toml'}: {key}: " in said
    assert remedy in said


@pytest.mark.parametrize(
    ("text", "remedy"),
    [(SMALLEST.encode("gb18030"), "save it as UTF-8"), (b"#" * (1 << 21), "at most")],
    ids=["another encoding", "too large"],
)
def test_a_file_that_is_no_text_of_ours_is_refused_in_one_line(tmp_path, text, remedy):
    said = complaint(tmp_path, text)

    assert said.splitlines() == [said]
    assert remedy in said


def test_a_value_with_line_breaks_stays_in_one_line(tmp_path):
    said = complaint(tmp_path, HEAD.replace("示例市总工会", "x") + 'region = """a\nb\n"""\n' + LIST)

    assert said.splitlines() == [said]


def test_a_name_that_is_no_spider_s_is_refused(tmp_path):
    assert "small letters, digits and hyphens" in complaint(tmp_path, SMALLEST, "My Union.toml")


def test_a_missing_file_is_one_line_too(tmp_path):
    with pytest.raises(PortalError, match="cannot be read"):
        load(tmp_path / "nowhere.toml")


def test_a_folder_of_one_s_own_replaces_the_packaged_one(tmp_path):
    written(tmp_path, SMALLEST, "b.toml")
    written(tmp_path, SMALLEST, "a.toml")
    written(tmp_path, "not read", "notes.md")

    assert list(all_portals(tmp_path)) == ["a", "b"]


def test_a_folder_that_is_missing_or_empty_is_named(tmp_path):
    with pytest.raises(PortalError, match="no such folder"):
        all_portals(tmp_path / "gone")
    with pytest.raises(PortalError, match="holds no portal file"):
        all_portals(tmp_path)
