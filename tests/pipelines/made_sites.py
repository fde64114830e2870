"""Made-up sites: three shapes of page, each with furniture that no grammar knows and sentences that only look like it.

Every word is invented. `Made.story` is what a reader would call the text, paragraph by paragraph.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from seeds.portal import Portal

PLACES = "云桥 青石 梧桐 临溪 白鹭 金穗 松江口 望海 芦荡 平川 石磨 雁滩 榆林巷 柳浦 长亭 杏花 东篱 枫渡 沙井 鹤鸣".split()
WHO = "区总工会 街道工会 纺织厂工会 环卫所工会 港务公司工会 快递行业工会联合会 中心医院工会 机务段工会 建筑工地工会联合会 职教中心工会".split()
DID = (
    "在车间门口搭起凉棚，给当班的工友送去绿豆汤和防暑药品",
    "请来三位律师坐堂，逐条讲解劳动合同里容易忽略的细节",
    "把体检车开到物流园，一个上午就有上百名骑手排队检查",
    "组织女职工学习插花和急救，教室里不时响起笑声",
    "与企业方坐下来谈了四轮，最终就夜班津贴达成一致意见",
    "为困难职工子女联系了暑期托管班，家长下班再来接人",
    "牵头办起技能比武，焊花映红了选手专注的脸庞",
    "把闲置门房改成驿站，微波炉、饮水机和雨具一应俱全",
    "走访了七户因病致困的家庭，现场核对救助所需材料",
    "邀请退休劳模回到班组，讲述当年抢修设备的通宵",
    "推动食堂改造，早班工友终于能吃上热乎的馄饨",
    "开通周末公交专线，住在城郊的青工回家少走两公里",
)
SAID = (
    "参加活动的老班长表示，这样的安排说到了大家心里",
    "一名骑手边擦汗边对记者讲，以前歇脚只能蹲在路边",
    "工会主席介绍，经费来自年初职代会通过的专项预算",
    "刚入职的青工坦言，第一次知道原来可以这样争取权益",
    "企业负责人算了一笔账，流失率下降省下的培训费更多",
    "随行的医生提醒，高温作业要少量多次补充淡盐水",
    "社区干部补充说，登记名册将每个季度更新一遍",
    "带队的师傅强调，安全规程里每一条都有来历",
    "志愿者统计，当天共发出宣传册与毛巾若干份",
    "家属代表写来感谢信，信纸上的字迹工工整整",
)
# Sentences that stand on many pages and are the story's all the same.
CREED = "市总工会始终把职工的急难愁盼放在心上，把服务阵地建到职工家门口。"
REFRAIN = "劳动最光荣，奋斗最幸福，让我们为身边每一位平凡的劳动者喝彩。"


@dataclass(frozen=True, slots=True)
class Site:
    """A made-up portal, how it prints a story, and the furniture it puts beside and into every one."""

    portal: Portal
    furniture: tuple[str, ...]
    render: Callable[["Story"], str]


@dataclass(frozen=True, slots=True)
class Story:
    """What a page tells; a paragraph that begins with "#" is a sub-heading."""

    n: int
    title: str
    day: str
    paragraphs: tuple[str, ...]
    related: tuple[str, ...]

    @property
    def told(self) -> list[str]:
        return [text.removeprefix("#") for text in self.paragraphs]

    @property
    def byline(self) -> str:
        return f"{self.day} 08:30　来源：示例工人报　作者：吴此仁"


def story(n: int, seed: str = "") -> Story:
    """The n-th story: others share its phrases, none its text."""
    dice = Random(f"{seed}{n}")
    place, who = dice.choice(PLACES), dice.choice(WHO)
    deeds, words = dice.sample(DID, 4), dice.sample(SAID, 4)
    paragraphs = [
        f"11月{1 + n % 28}日，{place}{who}{deed}，惠及职工{dice.randint(20, 900)}人。{said}，下月还要走进{dice.choice(PLACES)}的{dice.randint(2, 40)}个班组。"
        for deed, said in zip(deeds[: dice.randint(2, 4)], words, strict=False)
    ]
    if n % 2:
        paragraphs.insert(1, CREED)
    if n % 3 == 0:
        paragraphs.insert(len(paragraphs) - 1, "#下一步打算")
    if n % 5 < 2:
        paragraphs.append(REFRAIN)
    if n % 4 == 1:
        paragraphs = ["编者按", *paragraphs]
    related = tuple(
        f"{dice.choice(PLACES)}{dice.choice(WHO)}举办第{dice.randint(2, 99)}期活动" for _ in range(5)
    )
    title = f"{place}{who}为{dice.randint(20, 900)}名职工办实事"
    return Story(n, title, f"2025-11-{1 + n % 28:02d}", tuple(paragraphs), related)


def page(site: Site, told: Story) -> bytes:
    return f"<html><head><title>{told.title}-{site.portal.title}</title></head><body>{site.render(told)}</body></html>".encode()


def links(names: tuple[str, ...] | list[str]) -> str:
    return "".join(f'<li><a href="/{at}.html">{name}</a></li>' for at, name in enumerate(names))


NAV = links("首页 要闻 维权 服务 劳模 视频 专题 关于".split())
GATHERED = "这里的文字由各基层单位自行整理上传，如与事实有出入，请及时与值班室取得联系以便更正。"
VOICE = "读完这篇大约需要三分钟，您也可以打开语音，在上下班路上慢慢地听。"
HANDED = "各基层单位上传的稿件文责由提供者承担，编发时可能会作必要的删节。"
HOUSE = "我们是一家面向产业工人的地方媒体，多年来扎根车间班组，记录普通劳动者的喜怒哀乐，欢迎来信来访，谈谈您对报道的看法。"
INSET = "想看更多身边的劳动故事，不妨在手机上找一找示例职工之家，每天早上都有新的讲述。"
THANKS = "感谢您一路读到这里，把它转给班组里的工友，也许正好能帮上忙。"


def modern(told: Story) -> str:
    """Named containers: a note inside the story's own container, an inset between its paragraphs."""
    parts = [f"<h3>{text[1:]}</h3>" if text[0] == "#" else f"<p>　　{text}</p>" for text in told.paragraphs]
    parts.insert(min(2, len(parts) - 1), f'<div class="inset"><p>{INSET}</p></div>')
    return f"""<ul class="nav">{NAV}</ul><div class="crumb">当前位置：首页 &gt; 要闻</div><h1 class="headline">{told.title}</h1>
    <div class="info">{told.byline}</div><div class="article-text">{"".join(parts)}
    <div class="gathered"><p>{GATHERED}</p></div></div><div class="more"><b>相关新闻</b><ul>{links(told.related)}</ul></div>
    <div class="foot">主办单位：示例市总工会</div>"""


def table(told: Story) -> str:
    """2008: one cell, line breaks, no names but the cell's own; the note is typed behind the story."""
    lines = "<br><br>".join(f"　　{text.removeprefix('#')}" for text in (*told.paragraphs, HANDED))
    return f"""<table><tr><td>{NAV}</td></tr></table><table><tr><td class="t">{told.title}</td></tr><tr><td>{told.byline}</td></tr>
    <tr><td id="zoom">{lines}</td></tr></table><table><tr><td><ul>{links(told.related)}</ul></td></tr></table>"""


def rich(told: Story) -> str:
    """Nested sections, a caption, a hint above the story, thanks below it, and the house's praise in the margin."""
    parts = [f"<section><p>{text.removeprefix('#')}</p></section>" for text in told.paragraphs]
    picture = (
        f'<section><img src="/{told.n}.jpg"><p class="caption">图为活动现场。{told.n}号摄影</p></section>'
    )
    return f"""<div class="top"><ul>{NAV}</ul></div><div class="main"><h1>{told.title}</h1><p class="meta">{told.byline}</p>
    <div class="content"><div class="hint">{VOICE}</div>{parts[0]}{picture}{"".join(parts[1:])}<div class="thanks">{THANKS}</div></div>
    <div class="margin"><h4>关于我们</h4><p>{HOUSE}</p></div><div class="more"><ul>{links(told.related)}</ul></div></div>"""


def site(name: str, furniture: tuple[str, ...], render: Callable[[Story], str]) -> Site:
    return Site(Portal(name, f"{name}工会网", f"https://{name}.example/", "city"), furniture, render)


SITES = {
    "modern": site("modern", (GATHERED, INSET), modern),
    "table": site("table", (HANDED,), table),
    "rich": site("rich", (VOICE, THANKS, HOUSE), rich),
}
