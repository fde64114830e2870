"""From the catalogue of portals to portal files, by rule: what `test_catalogue` tries."""

import json
import re
from collections.abc import Iterator
from typing import Any

LEVELS = {
    "national": "national",
    "province": "province",
    "city": "city",
    "district": "county",
    "international": "abroad",
}
KINDS = {"local-news": "press", "party-media": "press", "reprint": "reprint"}
REGIONS = dict(
    zip(
        "BJ TJ HE SX NM LN JL HL SH JS ZJ AH FJ JX SD HA HB HN GD GX HI CQ SC GZ YN XZ SN GS QH NX XJ".split(),
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65".split(),
        strict=True,
    )
)
DECODERS = {
    "yymmddHHMMSSmmm": ("ts", "yymmddHHMMSSmmm"),
    "12 hex": ("ms", "ms-hex12"),
    "ObjectId": ("sec", "objectid8"),
    "j_": ("ts", "j_14"),
    "13-digit": ("ms", "ms13"),
}
NAMES = {
    "date+source": ("date", "source"),
    "column": ("channel",),
    "contentid": ("id",),
    "head": ("date", "source"),
    "next": ("next_page",),
}
FIELDS = ("title", "subtitle", "kicker", "date", "source", "author", "editor", "body")
FOUNDER = "xpath:substring-before(substring-after(//comment()[contains(., '<{0}>')], '<{0}>'), '</{0}>')"


def toml(value: object) -> str:
    """A JSON text, number or list is TOML too; a table is written inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def lines(table: dict[str, Any]) -> str:
    return "".join(
        f"{key} = {toml(value)}\n" for key, value in table.items() if value not in ("", [], {}, None)
    )


def names_of(entry: dict[str, Any]) -> list[dict[str, str]]:
    found = [
        {"name": host["host"].replace("{city}", "*"), "role": role(host["role"])} for host in entry["hosts"]
    ]
    return [host for host in found if not host["name"].startswith("(")]


def role(said: str) -> str:
    for word in ("canonical", "alias", "channel", "mobile"):
        if word in said:
            return "alias" if "same path" in said else word
    return "sister"


def status(entry: dict[str, Any]) -> str:
    words = " ".join([*entry["quirks"], str(entry["confidence"])])
    gone = re.search(
        "CLOSED|dissolved|disabled by default|not through own portal files", words
    ) or not names_of(entry)
    return "closed" if gone else "live"


def head(entry: dict[str, Any]) -> dict[str, Any]:
    hosts = names_of(entry)
    scheme = "https" if "HTTPS 200" in str(entry["evidence"]) else ""
    return {
        "title": entry["name_zh"],
        "english": entry["name_en"],
        "home": entry["home"] or (f"http://{hosts[0]['name']}/" if hosts else ""),
        "level": KINDS.get(entry["kind"], LEVELS[entry["level"]]),
        "region": f"{REGIONS[entry['region'][3:]]}0000" if entry["region"].startswith("CN-") else "",
        "status": status(entry),
        "priority": entry["priority"],
        "evidence": entry["evidence"],
        "confidence": entry["confidence"]["overall"],
        "url": address(entry) | ({"scheme": scheme} if scheme else {}),
        "fetch": fetch(entry),
        "text": {"footers": entry.get("footers", []), "doubled_lead": "doubled" in str(entry["quirks"])},
        "clones": {"hosts": [host for host in entry["clones"] if "." in host], "restore": "swap-host"},
    }


def address(entry: dict[str, Any]) -> dict[str, Any]:
    everything = json.dumps(entry, ensure_ascii=False)
    kept = sorted(set(re.findall(r"[?&](\w+)=\(\?P<", "".join(a["regex"] for a in entry["articles"]))))
    dropped = [name for name in ("7OkeOa4k", "parentkey") if name in everything and name not in kept]
    return {"keep_query": kept, "drop_query": dropped, "keep_fragment": "hash route" in everything}


def fetch(entry: dict[str, Any]) -> dict[str, Any]:
    said = entry["charset"].lower()
    charset = {"declared": "gb2312", "decode": "gb18030"} if re.search("gb[k2]", said) else {}
    everything = json.dumps(entry, ensure_ascii=False)
    return {
        "tls_verify": "TLS certificate not verifiable" not in everything,
        "render": "SPA" in everything or "needs a browser" in everything,
        "charset": charset,
        "blocked_status": [412, 521] if "412" in entry["antibot"] else [],
        "blocked_body": ["stampPrefix"] if "stampPrefix" in entry["antibot"] else [],
    }


def listings(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    given = [*entry["lists"], *feeds(entry)]
    if not given and status(entry) == "live":
        given = [{"url": head(entry)["home"], "channel": "首页", "evidence": "guess"}]
    for one in given:
        yield listing(entry, one) | {"next": going_on(entry["pagination"]["list"])}


def feeds(entry: dict[str, Any]) -> list[dict[str, str]]:
    found = entry["feeds"] if isinstance(entry["feeds"], list) else []
    urls = [match[0] for text in found if (match := re.search(r"https?://[^\s,)]+", text))]
    return [{"url": url, "channel": "", "evidence": "code", "kind": "feed"} for url in urls]


def listing(entry: dict[str, Any], one: dict[str, str]) -> dict[str, Any]:
    url, said = one["url"], f"{one['url']} {one['channel']} {entry['pagination']['list']}"
    selectors = {
        key: one
        for part in entry["selectors"]
        for key, one in part.items()
        if key in {"pages", "articles", "items"}
    }
    kind = one.get("kind", "html")
    if "{d}" in url:
        kind = "date"
    elif "period.xml" in url:
        kind = "xml-index"
    elif "redirect page" in said:
        kind = "redirect"
    elif "getArticles" in url:
        return json_list(one)
    elif "dataproxy" in said and "uid=" in url:
        return {
            "kind": "hanweb",
            "url": url,
            "channel": one["channel"],
            **hanweb(url),
            "evidence": proof(one["evidence"]),
        }
    return {
        "url": url,
        "kind": kind,
        "channel": one["channel"],
        "pages": selector(selectors["pages"])[0] if "pages" in selectors else "",
        "links": selector(selectors["articles"])[0] if "articles" in selectors else "",
        "evidence": proof(one["evidence"]),
    }


def json_list(one: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": "json",
        "url": one["url"],
        "channel": one["channel"],
        "items": "list",
        "link": "http://47.110.139.194/api/getArticle?sid=1&aid={fileID}&cid={columnID}",
        "title": "title",
        "date": "publishTime",
        "cursor": "list.-1.fileID",
        "evidence": "seen_code",
    }


def hanweb(url: str) -> dict[str, Any]:
    column, unit = re.search(r"col(\d+)", url), re.search(r"uid=(\d+)", url)
    assert column
    assert unit
    return {
        "data": "https://www.jsgh.org/module/web/jpage/dataproxy.jsp?startrecord={n}&endrecord={end}&perpage=15",
        "post": {
            "col": "1",
            "appid": "1",
            "webid": "1",
            "path": "/",
            "columnid": column[1],
            "unitid": unit[1],
        },
    }


def going_on(said: str) -> dict[str, Any]:
    match said:
        case _ if "lastFileID" in said:
            template = "http://47.110.139.194/api/getArticles?sid=1&lastFileID={cursor}&rowNumber={n}"
            return {"kind": "query", "template": template, "first": 20, "step": 20}
        case _ if "pageNum" in said:
            return {"kind": "query", "template": "{url}", "first": 1, "step": 15}
        case _ if "index2.html" in said or "index\\d" in said:
            return {"kind": "suffix", "template": "{stem}{n}.html"}
        case _ if "index_1" in said:
            return {
                "kind": "suffix",
                "first": 1,
                "total": "xpath:substring-before(substring-after(//script[contains(., 'createPageHTML')], 'createPageHTML('), ',')",
            }
        case _ if "[下页]" in said:
            return {"kind": "link", "selector": "xpath://a[text()='[下页]']"}
        case _ if "/p/N.html" in said or "issue" in said:
            return {"kind": "suffix", "template": "{url}/p/{n}.html"}
        case _ if "jhtml" in said:
            return {"kind": "suffix", "template": "{stem}_{n}.jhtml"}
        case _:
            return {}


def proof(said: str) -> str:
    for word, kind in (
        ("html", "seen_html"),
        ("code+page", "seen_both"),
        ("code", "seen_code"),
        ("page", "seen_page"),
        ("infer", "inferred"),
    ):
        if word in said:
            return kind
    return "guess"


def patterns(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for article in entry["articles"]:
        expression = re.compile(article["regex"])
        if "origin" in expression.groupindex:
            continue  # a gateway is a host with a rewrite
        yield pattern(entry, article, expression)


def pattern(entry: dict[str, Any], article: dict[str, Any], expression: re.Pattern[str]) -> dict[str, Any]:
    groups = list(expression.groupindex)
    dated = [name for name in ("y", "m", "d", "ym", "md", "ymd") if name in groups]
    dated = ["ymd"] if "ymd" in dated else dated
    decoder = next((pair for word, pair in DECODERS.items() if word in article["date"]), None)
    key = [name for name in ("id", "key", "ts", "slug", "issue") if name in groups][:1] or dated
    pages = (
        "page" in groups
        and "articles" not in str(entry["id"])
        and ("_(?P<page>" in article["regex"] or "-(?P<page>" in article["regex"])
    )
    form = (
        "pdf"
        if ".pdf" in article["regex"]
        else "issue"
        if "whole issue" in article["evidence"]
        else "json"
        if "/api/" in article["regex"]
        else "html"
    )
    return {
        "match": article["regex"],
        "era": article["era"],
        "key": key,
        "date": [decoder[0]] if decoder else dated,
        "decoder": decoder[1] if decoder else "",
        "page": "page" if pages else "",
        "form": form,
        "evidence": proof(article["evidence"]),
        "extract": extract(entry, form),
        "test": [{"url": url} for url in article["examples"]],
    }


def extract(entry: dict[str, Any], form: str) -> dict[str, list[str]]:
    chains: dict[str, list[str]] = {}
    for part in entry["selectors"]:
        for said, one in part.items():
            for field in NAMES.get(said, (said,)):
                if field in {*FIELDS, "remove", "channel", "id", "next_page"}:
                    ways = [
                        way
                        for text in (one if isinstance(one, list) else [one])
                        for way in selector(text, form)
                    ]
                    ways = [
                        way
                        for way in ways
                        if way.startswith(("css:", "xpath:")) or field not in {"remove", "next_page"}
                    ]
                    chains[field] = list(dict.fromkeys([*chains.get(field, []), *ways]))
    return {field: ways for field, ways in chains.items() if ways}


def selector(said: str, form: str = "html") -> list[str]:
    """What a reader of spiders noted down, as entries of a chain: alternatives by "|", remarks in brackets dropped."""
    if form == "json":
        return [f"json:{said.split(maxsplit=1)[0].removeprefix('$.')}"]
    plain = re.sub(r"\s\((?:[^()]|\([^()]*\))*\)?", "", said)
    return [way for one in re.split(r" [|/] ", plain) if (way := entry_of(one.strip()))]


def entry_of(said: str) -> str:
    founder = re.match(r"<(founder-\w+)>", said)
    meta = re.match(r"meta\[name=([\w:]+)\]$", said)
    if founder:
        return FOUNDER.format(founder[1])
    if meta:
        return f"meta:{meta[1]}"
    if said.startswith("<title>"):
        return "xpath:substring-before(//title, '_')"
    if said == "from URL":
        return "url"
    if said.startswith(("regex", "same ", "…", "mobile", "text ", "digits")):
        return "line"
    said = re.split(r" re |: span\.| text before| in HTML| regex| and following", said)[0]
    if said.startswith(("//", "./")):
        return f"xpath:{said.removeprefix('.')}"
    if pager := re.match(r"#(\w+) (a\[text\(\).*\])$", said):
        return f"xpath://*[@id='{pager[1]}']//{pager[2]}"
    said = re.sub(r":?nth\((\d)\)", r":nth-of-type(\1)", re.sub(r"@(\w+)$", r"::attr(\1)", said))
    return f"css:{said}"


def rewrites(entry: dict[str, Any]) -> list[dict[str, str]]:
    regex = next((a["regex"] for a in entry["articles"] if "<origin>" in a["regex"]), "")
    hosts = names_of(entry)
    if not regex:
        return hosts
    gateway = next((host for host in hosts if host["name"].startswith("big5.")), hosts[0])
    return [host | ({"role": "gateway", "rewrite": regex} if host is gateway else {}) for host in hosts]


def declared(entry: dict[str, Any]) -> str:
    """The whole portal file."""
    known = rewrites(entry)
    needed = {
        re.sub(r"^https?://([^/]+)/.*", r"\1", one["url"]) for one in [*listings(entry), *examples(entry)]
    }
    names = {host["name"] for host in known}
    known += [{"name": name, "role": "sister"} for name in sorted(needed - names - {""})]
    home = head(entry).pop("home")
    parts = [f"home = {toml(home)}\n", lines(head(entry) | {"home": ""})]
    parts += [f"[[host]]\n{lines(host)}" for host in known]
    parts += [f"[[list]]\n{lines(one)}" for one in listings(entry)]
    parts += [f"[[article]]\n{lines(one)}" for one in patterns(entry)]
    return "\n".join(parts)


def examples(entry: dict[str, Any]) -> list[dict[str, str]]:
    return [test for one in patterns(entry) for test in one["test"]]
