"""Portals for the crawler's tests, each on a server of its own and each with a fate."""

import gzip
import socket
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from tests.crawler.site import Reply, Site, page, redirect, zipped

STORY = "市总工会昨日召开职工之家建设推进会，部署新就业形态劳动者建会入会工作，慰问一线环卫工人和快递员。"
Fate = Callable[[Site, Mapping[str, Site]], str]


def article(title: str, charset: str = "utf-8", *, more: str = "", declared: str = "") -> Reply:
    """A news page with enough text to be one."""
    said = f"{title}。" + STORY
    body = "".join(f"<p>　　第{n}段：{said}会议要求各级工会把实事办好。</p>" for n in range(1, 6))
    html = (
        f"<html><head><meta charset='{declared or charset}'><title>{title}_样本网</title></head><body><h1>{title}</h1>"
        f"<div class='info'>2026-11-20 09:30 来源：样本工人报</div><div class='text'>{body}</div>{more}</body></html>"
    )
    return page(html, charset, declared=declared or charset)


WORDS = (
    "工会 职工 驿站 车间 班组 快递员 环卫 食堂 宿舍 年假 工资 合同 协商 培训 技能 大赛 劳模 工匠 安全 检查 走访 慰问 座谈 倾听 诉求 帮扶 救助 "
    "医疗 互助 子女 托管 图书 文艺 演出 健身 体检 律师 调解 仲裁 维权 热线 平台 算法 骑手 司机 园区 商圈 社区 乡镇 县城 高铁 煤矿 纺织 电网 港口"
).split()


def paragraph(seed: str) -> str:
    """A paragraph that is like no other: word salad in whole sentences."""
    chosen = Random(seed)
    return "".join(f"{'、'.join(chosen.sample(WORDS, 5))}都有了新的变化。" for _ in range(5))


def leaf(title: str, number: int, *, lead: str = "", after: str = "") -> Reply:
    """One page of a story that stands on several: the head is the same on all, the paragraphs are its own."""
    said = "".join(f"<p>　　第{number}页第{n}段：{paragraph(f'{title}{number}{n}')}</p>" for n in (1, 2, 3))
    return page(
        f"<html><head><title>{title}_样本网</title></head><body><h1>{title}</h1>"
        f"<div class='info'>2026-11-20 09:30 来源：样本工人报</div><div class='text'>{lead}{said}</div>{after}</body></html>"
    )


def listing(rows: str, charset: str = "utf-8", *, after: str = "", declared: str = "") -> Reply:
    html = f"<html><head><meta charset='{declared or charset}'></head><body><ul class='news'>{rows}</ul>{after}</body></html>"
    return page(html, charset, declared=declared or charset)


def row(path: str, title: str, date: str = "2026-11-20") -> str:
    return f"<li><a href='{path}'>{title}</a><span>{date}</span></li>"


def toml(site: Site, lists: str, *, match: str = r"/c/\d+/(?P<id>\d+)\.html", more: str = "") -> str:
    """The portal file of a site: its lists as written, one article pattern."""
    lists = lists.replace("ORIGIN", site.origin)
    top, _, tables = more.partition("---")
    return (
        f'title = "样本"\nhome = "{site.origin}/"\nlevel = "city"\nregion = "320300"\n{top}\n'
        f"{tables}\n{lists}\n[[article]]\nmatch = '^{site.origin.replace('.', chr(92) + '.')}{match}'\nkey = [\"id\"]\n"
    ).replace("ORIGIN", site.origin)


def ordinary(site: Site, _: Mapping[str, Site]) -> str:
    """GB2312 declared with characters outside of it, pages, a redirect, gzip, robots.txt, a dead link, a link twice."""
    first = (
        row("/c/1/101.html", "劳模吴镕堃当选省工会兼职副主席")
        + "<li><a href='/c/1/102.html' title='关于开展全省职工职业技能大赛的通知'>关于开展全省职工职业技…</a><i>11-19</i></li>"
        + row("/old/103.html", "旧地址的文章也能读到")
        + row("/c/1/104.html", "压缩传输的文章也能读到")
        + row("/c/1/105.html", "这条链接已经失效了吧")
        + row("/c/1/101.html?from=list", "劳模吴镕堃当选省工会兼职副主席")
        + row("/hidden/c/1/106.html", "机器人协议不许看的文章")
        + row("/about/contact.html", "联系我们的办法在这里")
    )
    site.replies |= {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /hidden/\n", "text/plain"),
        "/news/": listing(first, "gb18030", declared="gb2312"),
        "/news/index_1.html": listing(
            row("/c/1/107.html", "第二页上的文章也要读到"), "gb18030", declared="gb2312"
        ),
        "/c/1/101.html": article("劳模吴镕堃当选省工会兼职副主席", "gb18030", declared="gb2312"),
        "/c/1/102.html": article("关于开展全省职工职业技能大赛的通知"),
        "/old/103.html": redirect("/c/1/103.html", 301),
        "/c/1/103.html": article("旧地址的文章也能读到"),
        "/c/1/104.html": zipped(article("压缩传输的文章也能读到")),
        "/c/1/107.html": article("第二页上的文章也要读到"),
        "/hidden/c/1/106.html": article("机器人协议不许看的文章"),
    }
    lists = (
        '[[list]]\nurl = "ORIGIN/news/"\nlinks = "ul.news a"\n[list.next]\nkind = "suffix"\n'
        'template = "{url}index_{n}.html"\nfirst = 1\nlimit = 5\n'
    )
    return toml(site, lists, match=r"/(?:hidden/)?(?:c/\d+|old)/(?P<id>\d+)\.html")


def feed(site: Site, _: Mapping[str, Site]) -> str:
    items = "".join(
        f"<item><title>订阅里的文章{n} &amp; 标题</title><link>{site.origin}/c/2/20{n}.html</link>"
        "<pubDate>Fri, 20 Nov 2026 09:30:00 +0800</pubDate></item>"
        for n in (1, 2)
    )
    site.replies |= {
        "/rss.xml": Reply(f"<?xml version='1.0'?><rss><channel>{items}</channel></rss>".encode(), "text/xml"),
        "/c/2/201.html": article("订阅里的文章一", more="<a href='201_2.html'>下一页</a>"),
        "/c/2/202.html": article("订阅里的文章二"),
    }
    lists = '[[list]]\nurl = "ORIGIN/rss.xml"\nkind = "feed"\n'
    return toml(site, lists, match=r"/c/\d+/(?P<id>\d+)(?:_(?P<page>\d+))?\.html") + 'page = "page"\n'


SUMMARY = (
    "核心提示：为了让户外劳动者冷可取暖、热可纳凉，各级工会三年来新建了四万个驿站，本报记者走访了其中的十个。"
)


def serial(site: Site, _: Mapping[str, Site]) -> str:
    """Stories on several pages, which the portal's file numbers: whole, broken off, turning in a circle."""
    titles = (
        "三页的长篇通讯",
        "第二页不见了的通讯",
        "第二页又是第一页的通讯",
        "每页都印标题和提示的通讯",
        "只有一页的短消息",
    )
    numbers = "".join(f"<a href='1001{'' if n == 1 else f'_{n}'}.html'>{n}</a>" for n in (1, 2, 3))
    site.replies |= {
        "/": listing("".join(row(f"/c/10/100{n}.html", title) for n, title in enumerate(titles, 1))),
        "/c/10/1001.html": leaf(titles[0], 1, after=numbers),
        "/c/10/1001_2.html": leaf(titles[0], 2, after=numbers),
        "/c/10/1001_3.html": leaf(titles[0], 3, after=numbers + "<p>（责任编辑：李小红）</p>"),
        "/c/10/1002.html": leaf(titles[1], 1, after="<a href='1002_2.html'>2</a>"),
        "/c/10/1003.html": leaf(titles[2], 1, after="<a href='1003_2.html'>2</a>"),
        "/c/10/1003_2.html": redirect("/c/10/1003.html"),
        "/c/10/1004.html": leaf(titles[3], 1, lead=f"<p>{SUMMARY}</p>", after="<a href='1004_2.html'>2</a>"),
        "/c/10/1004_2.html": leaf(titles[3], 2, lead=f"<p>{titles[3]}</p><p>{SUMMARY}</p>"),
        "/c/10/1005.html": leaf(titles[4], 1, after="<a href='1099.html'>下一篇</a>"),
    }
    return (
        toml(site, '[[list]]\nurl = "ORIGIN/"\n', match=r"/c/\d+/(?P<id>\d+)(?:_(?P<page>\d+))?\.html")
        + 'page = "page"\n'
    )


def unnumbered(site: Site, _: Mapping[str, Site]) -> str:
    """Stories on several pages, of which the portal's file says nothing."""
    titles = ("翻页才能读完的报道", "翻来翻去都一样的报道", "没完没了的报道", "后面跟着下一篇的报道")
    site.replies |= {
        "/": listing("".join(row(f"/c/11/110{n}.html", title) for n, title in enumerate(titles, 1))),
        "/c/11/1101.html": leaf(titles[0], 1, after="<a href='1101_2.html'>下一页</a>"),
        "/c/11/1101_2.html": leaf(titles[0], 2, after="<a href='1101.html'>上一页</a>"),
        "/c/11/1104.html": leaf(
            titles[3], 1, after="<a href='1105.html'>下一页</a><a href='1105.html'>下一篇</a>"
        ),
        "/c/11/1105.html": leaf("不该读到的文章", 1),
    }
    same = leaf(titles[1], 1, after="<a href='?page=2'>下一页</a>")
    site.replies |= {"/c/11/1102.html": same, "/c/11/1102.html?page=2": same}
    for n in range(1, 40):
        name = "1103.html" if n == 1 else f"1103_{n}.html"
        site.replies[f"/c/11/{name}"] = leaf(titles[2], n, after=f"<a href='1103_{n + 1}.html'>下一页</a>")
    return toml(site, '[[list]]\nurl = "ORIGIN/"\nlinks = "ul.news a"\n')


def sitemap(site: Site, _: Mapping[str, Site]) -> str:
    """An index that leads to a gzipped sitemap, in which not every address is an article."""
    index = f"<sitemapindex><sitemap><loc>{site.origin}/map-1.xml.gz</loc></sitemap></sitemapindex>"
    urls = "".join(f"<url><loc>{site.origin}{path}</loc></url>" for path in ("/c/3/301.html", "/about/"))
    site.replies |= {
        "/sitemap.xml": Reply(index.encode(), "text/xml"),
        "/map-1.xml.gz": Reply(gzip.compress(f"<urlset>{urls}</urlset>".encode()), "application/gzip"),
        "/c/3/301.html": article("站点地图里的文章"),
    }
    return toml(site, '[[list]]\nurl = "ORIGIN/sitemap.xml"\nkind = "sitemap"\n')


def paper(site: Site, _: Mapping[str, Site]) -> str:
    """A month's index, two issues, two pages an issue; older issues stay where they are."""
    days = ("20", "19", "18")
    index = "".join(
        f"<period><period_date>2026-11-{day}</period_date><front_page>{day}/node_1.htm</front_page></period>"
        for day in days
    )
    site.replies["/2026-11/period.xml"] = Reply(f"<period_list>{index}</period_list>".encode(), "text/xml")
    for day in days:
        for node in (1, 2):
            other = f"<a id='pageLink' href='node_{3 - node}.htm'>第{3 - node}版</a>"
            body = f"<html><body>{other}<map><area href='content_{day}{node}.htm'></map></body></html>"
            site.replies[f"/2026-11/{day}/node_{node}.htm"] = page(body)
            site.replies[f"/2026-11/{day}/content_{day}{node}.htm"] = article(f"报纸{day}日第{node}版的文章")
    lists = '[[list]]\nurl = "ORIGIN/2026-11/period.xml"\nkind = "xml-index"\npages = "a#pageLink"\n'
    return toml(site, lists, match=r"/2026-11/\d\d/content_(?P<id>\d+)\.htm")


def weekly(site: Site, _: Mapping[str, Site]) -> str:
    """A newspaper by the day that rested for the last three days; its front page is only a picture."""
    day = datetime.now(timezone(timedelta(hours=8))) - timedelta(days=3)
    folder = f"/{day:%Y-%m}/{day:%d}"
    for node in (1, 2, 3):
        areas = f"<map><area href='content_{node}.htm'></map>" if node > 1 else ""
        others = "".join(f"<a id='pageLink' href='node_{n}.htm'>第{n}版</a>" for n in (1, 2, 3))
        site.replies[f"{folder}/node_{node}.htm"] = page(f"<html><body>{others}{areas}</body></html>")
        site.replies[f"{folder}/content_{node}.htm"] = article(f"三天前的报纸第{node}版的文章")
    lists = '[[list]]\nurl = "ORIGIN/{Y}-{m}/{d}/node_1.htm"\nkind = "date"\npages = "a#pageLink"\n'
    return toml(site, lists, match=r"/\d{4}-\d\d/\d\d/content_(?P<id>\d+)\.htm")


def vanished(site: Site, _: Mapping[str, Site]) -> str:
    """A newspaper by the day of which no issue is left."""
    return toml(site, '[[list]]\nurl = "ORIGIN/{Y}-{m}/{d}/node_1.htm"\nkind = "date"\n')


def data(site: Site, _: Mapping[str, Site]) -> str:
    """JSON with a cursor, and Hanweb's rows that come by POST."""
    site.replies |= {
        "/api/list?after=0": Reply(
            '{"data": [{"id": 401, "name": "接口里的文章一", "day": "2026-11-20"}], "last": 77}'.encode(),
            "application/json",
        ),
        "/api/list?after=77": Reply(
            '{"data": [{"id": 402, "name": "接口里的文章二"}], "last": 0}'.encode(), "application/json"
        ),
        "/proxy?start=1&end=20": Reply(
            "<datastore><recordset><record><![CDATA[<li><a href='/c/4/403.html' title='数据代理里的文章'>数据</a>"
            "<span>2026-11-20</span></li>]]></record></recordset></datastore>".encode(),
            "text/xml",
        ),
        "/c/4/401.html": article("接口里的文章一"),
        "/c/4/402.html": article("接口里的文章二"),
        "/c/4/403.html": article("数据代理里的文章"),
    }
    lists = (
        '[[list]]\nurl = "ORIGIN/api/list?after=0"\nkind = "json"\nitems = "data"\nlink = "/c/4/{id}.html"\ntitle = "name"\n'
        'date = "day"\ncursor = "last"\n[list.next]\nkind = "query"\ntemplate = "ORIGIN/api/list?after={cursor}"\nlimit = 3\n'
        '[[list]]\nurl = "ORIGIN/col/"\nkind = "hanweb"\ndata = "ORIGIN/proxy?start={n}&end={end}"\n'
        'post = { col = "1", unitid = "9" }\n[list.next]\nkind = "query"\nstep = 20\nlimit = 0\n'
    )
    return toml(site, lists)


def endless(site: Site, _: Mapping[str, Site]) -> str:
    """Every page has a next one, for ever."""
    for n in range(30):
        after = f"<a href='/list?page={n + 1}'>下一页</a>"
        site.replies[f"/list?page={n}"] = listing(
            row(f"/c/5/5{n:02d}.html", f"没有尽头的列表第{n}页的文章"), after=after
        )
        site.replies[f"/c/5/5{n:02d}.html"] = article(f"没有尽头的列表第{n}页的文章")
    return toml(site, '[[list]]\nurl = "ORIGIN/list?page=0"\n[list.next]\nkind = "link"\nlimit = 3\n')


def hazards(site: Site, _: Mapping[str, Site]) -> str:
    """Pages that crash, stall, exhaust or fool whoever reads them; and one that is only news."""
    attributes = " ".join(f"a{n}={n}" for n in range(100_000))
    site.replies |= {
        "/c/6/600.html": article("险情之中的第600号页面"),
        "/c/6/601.html": article("会让进程崩溃的页面", more="<!-- DANGER:crash -->"),
        "/c/6/602.html": article("会让进程停住的页面", more="<!-- DANGER:stall -->"),
        "/c/6/603.html": article("会吃光内存的页面", more="<!-- DANGER:memory -->"),
        "/c/6/604.html": article("会碰到缺陷的页面", more="<!-- DANGER:bug -->"),
        "/c/6/605.html": page(f"<html><body><p {attributes}>十万个属性</p></body></html>"),
        "/c/6/606.html": Reply(
            gzip.compress(bytes(64 << 20)), "text/html", headers=(("Content-Encoding", "gzip"),)
        ),
        "/c/6/607.html": Reply(article("只来了一半的页面").body, "text/html", promised=100_000),
        "/c/6/608.html": page("<p>慢</p>", wait=5.0),
        "/c/6/609.html": redirect("/c/6/609.html"),
        "/c/6/610.html": Reply(b"%PDF-1.7", "application/pdf"),
        "/c/6/611.html": page("<html><body><p>页面不存在</p></body></html>"),
    }
    rows = "".join(row(path, f"险情之中的第{path[-8:-5]}号页面") for path in site.replies)
    site.replies["/"] = listing(rows)
    return toml(site, '[[list]]\nurl = "ORIGIN/"\nlinks = "ul.news a"\n')


def leading_inside(site: Site, others: Mapping[str, Site]) -> str:
    """Links and redirects that lead into a private network, in three spellings, and one to a stranger."""
    secret = others["secret"].origin
    port = secret.rpartition(":")[2]
    site.replies |= {
        "/c/7/701.html": article("通向别处的第1条链接"),
        "/c/7/702.html": redirect(f"{secret}/c/7/secret.html"),
        "/c/7/703.html": redirect(f"http://2130706434:{port}/c/7/secret.html"),
        "/c/7/704.html": redirect(f"http://[::ffff:127.0.0.2]:{port}/c/7/secret.html"),
        "/c/7/705.html": redirect(f"http://localhost:{port}/c/7/secret.html"),
        "/c/7/706.html": redirect("file:///etc/passwd"),
        "/": listing("".join(row(f"/c/7/70{n}.html", f"通向别处的第{n}条链接") for n in range(1, 7))),
    }
    hosts = (site.origin, secret, f"http://2130706434:{port}")
    named = "".join(f'[[host]]\nname = "{host.removeprefix("http://")}"\n' for host in hosts)
    return toml(site, '[[list]]\nurl = "ORIGIN/"\n', more=f"---{named}")


def gone(site: Site, _: Mapping[str, Site]) -> str:
    return toml(site, '[[list]]\nurl = "ORIGIN/moved-away/"\n')


def silent(site: Site, _: Mapping[str, Site]) -> str:
    site.replies["/"] = page("<html><body><div class='new-look'><a href='/'>首页</a></div></body></html>")
    return toml(site, '[[list]]\nurl = "ORIGIN/"\nlinks = "ul.news a"\n')


def lost(_: Site, __: Mapping[str, Site]) -> str:
    return toml(Site("http://no-such-portal.invalid", {}), '[[list]]\nurl = "ORIGIN/"\n')


def closed(_: Site, __: Mapping[str, Site]) -> str:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{unused.getsockname()[1]}"
    return toml(Site(origin, {}), '[[list]]\nurl = "ORIGIN/"\n')


def hostile(site: Site, _: Mapping[str, Site]) -> str:
    """Shows its list and turns every reader of an article away."""
    rows = "".join(row(f"/c/8/8{n:02d}.html", f"谁也看不到的第{n}篇文章") for n in range(12))
    site.replies |= {f"/c/8/8{n:02d}.html": Reply(b"no", status=412) for n in range(12)}
    site.replies["/"] = listing(rows)
    return toml(site, '[[list]]\nurl = "ORIGIN/"\n')


def walled(site: Site, _: Mapping[str, Site]) -> str:
    """Answers 200 with a page for robots only."""
    site.replies["/"] = page("<script>var stampPrefix='x'; var zeroLen=4</script>")
    return toml(site, '[[list]]\nurl = "ORIGIN/"\n', more='---[fetch]\nblocked_body = ["stampPrefix"]\n')


def mute(site: Site, _: Mapping[str, Site]) -> str:
    """Its robots.txt answers 500: nothing may be asked until it can say what is allowed."""
    site.replies |= {
        "/robots.txt": Reply(status=500),
        "/": listing(row("/c/9/901.html", "没有许可就不能看的文章")),
    }
    return toml(site, '[[list]]\nurl = "ORIGIN/"\n')


def browser(site: Site, _: Mapping[str, Site]) -> str:
    return toml(site, '[[list]]\nurl = "ORIGIN/"\n', more="---[fetch]\nrender = true\n")


FATES: dict[str, Fate] = {
    fate.__name__.replace("_", "-"): fate
    for fate in (
        *(ordinary, feed, serial, unnumbered, sitemap, paper, weekly, data, endless, hazards, leading_inside),
        *(gone, vanished, silent, lost, closed, hostile, walled, mute, browser),
    )
}


def write(folder: Path, sites: Mapping[str, Site]) -> None:
    """Fill every site with its pages and write its portal file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, fate in FATES.items():
        (folder / f"{name}.toml").write_text(fate(sites[name], sites), encoding="utf-8")
