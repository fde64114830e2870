"""Bytes to text: UTF-8 strictly, then what was declared, then GB18030; never Latin-1, never lossy where it can be helped.

Private-use characters and U+FFFD are kept: repair reads lost bytes out of them (stripped first, exact repair of
shifted text falls from 72 % to 8–17 %).
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from seeds.portal import Charset

# Only these are readings of a Chinese page. Sites that declare GB2312 or GBK use characters outside of both (镕 堃 喆):
# the whole family is read as GB18030. Latin-1 under any of its names is what a server says when nobody told it.
READINGS = {
    "utf-8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}
# What sites write that Python does not know by that name.
ALIASES = {"x-gbk": "gbk", "gb": "gbk", "csgb2312": "gb2312", "x-x-big5": "big5", "utf8mb4": "utf-8"}

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([\w.:-]{2,30})""",
    re.IGNORECASE,
)
HEAD = 8192  # bytes in which a page declares its charset; the standard asks for 1,024, the field is untidier

# The commonest characters of running Chinese text in both scripts; mojibake has next to none of them.
COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严這個為國時來們對會發經過說產種後進電裡現實業應開還關數質氣變條沒結問見將組計別農導熱報爭濟階極決華戰萬與場務東專屬際書單職"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the codec that gave it, and what a careful editor should know."""

    text: str
    encoding: str
    doubts: tuple[str, ...] = ()


def codec_of(name: str) -> str:
    """The codec for a declared name, "" for one that is no reading of a Chinese page.

    >>> codec_of("GB2312"), codec_of("ISO-8859-1"), codec_of("l1"), codec_of("no-such")
    ('gb18030', '', '', '')
    """
    folded = name.strip().lower()
    try:
        known = codecs.lookup(ALIASES.get(folded, folded)).name
    except (LookupError, ValueError):  # unknown, or not a name at all (a NUL in it)
        return ""
    return READINGS.get(known, "")


def declared_in(body: bytes) -> str:
    """The charset that the page itself names in its first bytes, "" where it names none."""
    found = DECLARED.search(body[:HEAD])
    return found[1].decode("ascii", "ignore") if found else ""


def quality(text: str) -> float:
    """How much a text looks like one that people wrote: common characters, less what could not be read, per Han.

    >>> quality("全国总工会召开会议") > quality("鍏ㄥ浗鎬诲伐浼氬彫寮€浼氳")
    True
    """
    counts = Counter(text[:20000])
    han = sum(often for char, often in counts.items() if "\u4e00" <= char <= "\u9fff")
    common = sum(counts[char] for char in COMMON & counts.keys())
    lost = counts["\ufffd"]
    odd = sum(
        often
        for char, often in counts.items()
        if "\ue000" <= char <= "\uf8ff" or "\u0080" <= char <= "\u00ff"
    )
    return (common - 3 * lost - odd) / (han + lost + odd + 20)


def decode(body: bytes, *, header: str = "", charset: Charset | None = None) -> Decoded:
    """The text of a page. `header` is the charset of the HTTP header, `charset` the portal's plan.

    >>> decode("<meta charset=gb2312>全国总工会".encode("gb18030")).text[-5:]
    '全国总工会'
    """
    for bom, codec in BOMS:
        if body.startswith(bom):
            return lossy(body[len(bom) :], codec)
    plan = charset or Charset()
    if plan.try_utf8_first and (strict := strictly(body, "utf-8")) is not None:
        return Decoded(strict, "utf-8")
    wanted = [codec_of(name) for name in (plan.decode, plan.declared, header, declared_in(body))]
    codecs_tried = tuple(dict.fromkeys(name for name in [*wanted, "utf-8", "gb18030", "big5hkscs"] if name))
    strict_readings = [
        (name, text)
        for name in codecs_tried
        if (text := strictly(body, name)) is not None and name != "utf-8"
    ]
    # Almost every byte string is valid GB18030 and many are valid Big5: the words decide, the declaration breaks ties.
    if strict_readings:
        name, text = max(strict_readings, key=lambda reading: quality(reading[1]))
        if quality(text) > 0 or max(text, default="") < "\u4e00":
            return Decoded(text, name)
    return max((lossy(body, name) for name in codecs_tried), key=lambda reading: quality(reading.text))


def lossy(body: bytes, codec: str) -> Decoded:
    """The text with U+FFFD for every byte sequence that the codec cannot read, and how many there were."""
    text = body.decode(codec, "replace")
    own = (
        0 if codec == "big5hkscs" else body.count("\ufffd".encode(codec))
    )  # the page may hold the sign itself
    lost = text.count("\ufffd") - own
    doubt = f"{lost} byte sequences are not {codec}; they stand as U+FFFD"
    return Decoded(text, codec, (doubt,) if lost > 0 else ())


def strictly(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        return None
