"""Laws, campaigns and companies that a text names, in their canonical forms."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pipelines.tagging.lexicon import Lexicon, lexicon
from pipelines.tagging.places import names as places
from pipelines.tagging.reading import Text, simplified
from seeds.words import aliases

NORM = re.compile(
    r"(?:法|条例|办法|规定|意见|方案|通知|决定|纲要|规划|指引|章程|公约|细则|准则|规则|指南|规范|标准|令|公告|协议|法典|计划|制度|决议|要点)"
    r"(?:（(?:草案|试行|暂行|修订|修正)[^）]{0,12}）)?$"
)
WORK = re.compile(r"《([^《》\n]{2,60})》")
STATE = re.compile(r"^中华人民共和国(?=.)")
NOT_NORM = re.compile(r"(?:说法|看法|用法|书法|方法|劳动法庭|执法|司法|普法|合法|依法|违法|立法|守法)$")
TRIAL = re.compile(r"（(?:草案|试行|暂行|修订|修正|征求意见)[^）]{0,12}）$")
KIND = r"(?:集团有限公司|有限责任公司|股份有限公司|集团股份有限公司|集团公司|有限公司|分公司|集团|公司)"
COMPANY = re.compile(
    rf"(?P<name>[\u4e00-\u9fffa-z0-9（）·]{{2,24}}?{KIND}(?:[\u4e00-\u9fff]{{2,4}}分公司)?)(?!法|制|章|类|型)"
)
BARE = re.compile(r"(?<!集团)(?<!有限)(?<!责任)(?<!分)公司$")
LED = re.compile(
    r"^.*(?:的|在|由|和|与|及|对|向|到|为|是|了|给|将|把|被|让|名|家|等|位|日|月|年|前往|来自|走进|走访|慰问|组织|联合|获悉|授予|其中|所属|下属|关于|针对|代表|"
    r"评为|图为|涉及|一批|一些|部分|以及|还有|此外|当选|：|，|。|；|、|\"|\n| )"
)
GENERIC = re.compile(
    r"^(?:其他|其它|这些|网约车|该|某|本|我|各|一|两|几|多|外卖|平台|快递|保险|物业|劳务|派遣|央企|国有|民营|家政|网络|科技|上市|母|子|总|分|集团|物流|有限|股份)*(?:公司|集团|企业)|某"
)
SUBJECT = re.compile(
    r"(?:工会|集团|公司|平台)?(?:与|和|将|已|表示|宣布|发布|成立|召开|推出|上线|签订|回应|启动|承诺|调整|公布|裁员|拖欠|外卖|骑手|司机|员工|快递|工会|平台|企业|、|\"|签|达成|举行)"
)


@cache
def forms(name: str) -> Lexicon:
    return lexicon(form.lower() for form in aliases(name))


@cache
def canonical(name: str) -> dict[str, str]:
    return {form.lower(): first for form, first in aliases(name).items()}


def laws(title: str, body: str) -> tuple[str, ...]:
    """Norms in book marks as printed, and the short forms of known ones anywhere.

    >>> laws("", "依据《中华人民共和国工会法》和劳动合同法，话剧《地铁六号线》上演，他谈了书法。")
    ('工会法', '劳动合同法')
    """
    text = simplified(f"{title}\n{body}")
    found = dict(quoted(text))
    outside = WORK.sub(lambda match: "＿" * len(match[0]), text)
    for hit in forms("laws").find(outside):
        if len(hit.word) > 2 and not outside.startswith(("庭", "院", "律"), hit.end):
            found[hit.at] = canonical("laws")[hit.word]
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def quoted(text: str) -> Iterator[tuple[int, str]]:
    """《…》 that are norms, not plays, papers, columns or songs."""
    known = canonical("laws")
    for match in WORK.finditer(text):
        name = TRIAL.sub("", match[1].strip().replace("(", "（").replace(")", "）"))
        bare = STATE.sub("", name)
        if bare in known:
            yield match.start(), known[bare]
        elif len(bare) > 3 and NORM.search(bare) and not NOT_NORM.search(bare):
            yield match.start(), bare


def campaigns(text: Text) -> tuple[str, ...]:
    """Campaigns named in headline or lead, or more than once in all; a list names them in passing."""
    known = canonical("campaigns")
    head = [known[hit.word] for hit in forms("campaigns").find(text.head.replace('"', ""))]
    counts = Counter(known[hit.word] for hit in forms("campaigns").find(text.whole.replace('"', "")))
    often = [name for name, times in counts.items() if times > 1]
    return tuple(dict.fromkeys([*head, *often]))


def companies(text: Text) -> tuple[str, ...]:
    """Companies by their form of name, and well-known ones where they act or are named twice."""
    passage = text.whole
    known = canonical("companies")
    found: dict[int, str] = {}
    hits = list(forms("companies").find(passage))
    counts = Counter(known[hit.word] for hit in hits)
    for hit in hits:
        name = known[hit.word]
        if counts[name] > 1 or SUBJECT.match(passage, hit.end) or passage[hit.at - 1 : hit.at] == '"':
            found.setdefault(hit.at, name)
    for match in COMPANY.finditer(passage):
        name = LED.sub("", match["name"])
        if 4 < len(name) < 28 and not GENERIC.search(name) and name not in known and is_proper(name):
            found.setdefault(match.start(), name)
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def is_proper(name: str) -> bool:
    """Whether 公司 ends a name: one with its legal form, or one that begins with a place."""
    return not BARE.search(name) or next(places().find(name[:6]), None) is not None
