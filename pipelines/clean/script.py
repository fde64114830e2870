"""The script of a text: a mirror's traditional characters become simplified again, a writer's own stay."""

import re
from functools import cache

import opencc

from archive.article import Script
from pipelines.clean.traditional import from_mirror, simplified_only, to_simplified

# Where several traditional characters share one simplified form, whoever writes traditional chooses; a table cannot.
CHOSEN = re.compile("[於後裡裏幹麵製採佔範鬥諮徵鬆籲嚮僕繫係衝鬱]|乾(?!坤|隆)")
LEFT = re.compile(
    r"(?<![鳳淳單])于(?!謙|洋|波|是|飛)"
    r"|(?<![皇太王母天影皇])后(?!妃|宮|冠|土)"
    r"|干(?=部|群|事|警|活|勁|將|校)"
    r"|制(?=造|作|成|品|藥)|(?<=[研創繪特])制"
    r"|采(?=取|訪|購|用|集|納|擷)|(?<=開)采"
    r"|占(?=據|領|用|比|有|全)|(?<=[搶])占"
    r"|(?<=[這那哪心手家城])里(?!程|約)|里(?=面|邊)"
    r"|(?<=[規示模典防師])范|范(?=圍|例|本)"
    r"|(?<=[奮戰])斗|斗(?=爭|志)"
    r"|咨(?=詢)|(?<=[特象])征|征(?=求|收|稅|詢|集)|(?<=[聯關])系"
)
ABROAD = re.compile(
    "勞工|資方|勞資|罷工|立法院|立委|行政院|總統|縣市|里長|特首|特區政府|立法會|僱員|僱主|網路|資訊|軟體|透過|計程車|捷運|記者會|報導|警員"
    "|新台幣|港元|港聞|民進黨|國民黨|台鐵|本港|全台|勞動部|勞委會|中央社|公車|影片|品質|執行長|簡訊|雲端|工聯會|澳門|勞顧會|民眾|發票"
)
MAINLAND = re.compile(
    "職工|全國總工會|總工會|黨建|黨委|黨組|社會主義|建功立業|產業工人|總書記|新時代|市委|省委|高質量|黨支部|互聯網|信息|通過|農民工|脫貧"
    "|新華社|工人日報|人民網|責任編輯|責編|公眾號|微信|幫扶|工會干部|會員|勞模|群眾|先進|建設|落實|開展"
)
MAINLAND_AT = 0.3
OVER_HALF = 0.5
# Of the page's Chinese characters, so many in traditional lines make it a traditional page.
A_THIRD = 1 / 3

# 著 stays in these words; everywhere else a mirror wrote it for 着.
WRITTEN = re.compile("著(?=名|作|述|者|称|书|录|文|有|《)|(?<=[显原编译论巨名专卓昭遗合土撰拙新旧近所])著")


def _traditional_share(line: str) -> float:
    """Of the characters that tell the scripts apart, how many are traditional; 0 where none tells."""
    traditional, other = to_simplified(), simplified_only()
    for_it = sum(char in traditional for char in line)
    against = sum(char in other for char in line)
    return for_it / (for_it + against) if for_it else 0.0


def is_traditional_line(line: str) -> bool:
    """Whether more of the telling characters are traditional than not.

    >>> is_traditional_line("全國總工會下撥資金"), is_traditional_line("全国总工会下拨资金"), is_traditional_line("李白")
    (True, False, False)
    """
    return _traditional_share(line) > OVER_HALF


def mainland_evidence(text: str) -> float:
    """Above 0 speaks for a mainland text that a table turned traditional, below 0 for a writer of traditional Chinese."""
    chosen, left = len(CHOSEN.findall(text)), len(LEFT.findall(text))
    corner = text.count("「") + text.count("」")
    curly = text.count("“") + text.count("”")
    abroad, mainland = len(ABROAD.findall(text)), len(MAINLAND.findall(text))
    return (
        2.0 * (left - chosen) / (left + chosen + 1) * min(1.0, (left + chosen) / 2)
        + 1.5 * (curly - corner) / (curly + corner + 2)
        + 1.5 * (mainland - abroad) / (mainland + abroad + 2)
    )


def _traditional_lines(text: str) -> tuple[str, ...]:
    found = to_simplified().keys() & set(text)
    if not found:
        return ()
    telling = re.compile(f"[{''.join(found)}]")
    return tuple(line for line in text.split("\n") if telling.search(line) and is_traditional_line(line))


def is_mirrored(text: str) -> bool:
    """Whether the traditional lines of the page were simplified when they were written."""
    lines = _traditional_lines(text)
    return bool(lines) and mainland_evidence("\n".join(lines)) > MAINLAND_AT


def script(text: str) -> Script:
    """The script in which the text was written, whatever a mirror made of it.

    >>> script("全国总工会"), script("勞動部說明新台幣發放後，工會「於今日」召開記者會，立委表示關切")
    ('hans', 'hant')
    """
    lines = _traditional_lines(text)
    if not lines or is_mirrored(text):
        return "hans"
    return "hant" if sum(map(len, lines)) > A_THIRD * len(text) else "hans"


def is_undecided(text: str) -> bool:
    """Whether the page is traditional and little says who wrote it so."""
    lines = _traditional_lines(text)
    return bool(lines) and abs(mainland_evidence("\n".join(lines))) <= MAINLAND_AT


@cache
def _opencc() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


# 咤 and 吒 are both 吒 in the mirror's table.
NEZHA = ("哪咤", "哪吒")


def _simplify(line: str, *, by_table: bool) -> str:
    found = line.translate(from_mirror()).replace(*NEZHA) if by_table else _opencc().convert(line)
    return (
        "".join(_zhe(found, at) if char == "著" else char for at, char in enumerate(found))
        if "著" in found
        else found
    )


def _zhe(line: str, at: int) -> str:
    return "著" if WRITTEN.match(line, at) else "着"


def to_script_of_origin(text: str) -> str:
    """Turn a mirror's traditional lines back into the simplified ones they were, character by character.

    >>> to_script_of_origin("全國總工會干部著力開展“送溫暖”活動，聯系職工群眾")
    '全国总工会干部着力开展“送温暖”活动，联系职工群众'
    >>> to_script_of_origin("勞動部說明新台幣發放後，工會「於今日」召開記者會，立委表示關切")
    '勞動部說明新台幣發放後，工會「於今日」召開記者會，立委表示關切'
    """
    if not is_mirrored(text):
        return text
    by_table = len(LEFT.findall(text)) >= len(CHOSEN.findall(text))
    lines = (
        _simplify(line, by_table=by_table) if is_traditional_line(line) else line for line in text.split("\n")
    )
    return "\n".join(lines)
