"""People in a byline: who reported, who corresponded, for which paper."""

import re
from dataclasses import dataclass
from functools import cache

from pipelines.likeness import likeness
from pipelines.segment import tokenizer
from seeds.words import read

HAN = r"\u3400-\u9fff"
ADJECTIVES = (
    r"(?:全媒体|融媒体?|新媒体|首席|见习|实习|特约|特派|摄影|视频|文字|驻站|[一二三四五六七八九十]级){0,3}"
)
ROLES = r"(?:记者|通讯员|实习生|评论员|报道员|撰稿人|特约撰稿|特稿员|主笔|编译)"
# 工人日报-中工网 | 全媒体 | 记者 | 张璽 — all but the role may be missing.
SIGNED = re.compile(
    rf"(?P<organisation>[{HAN}\w·\-—－・&《》“”]{{0,24}}?)(?P<kind>{ADJECTIVES})(?P<role>{ROLES})(?P<name>.{{0,24}})"
)
PIECE = re.compile(r"[^\s、,;/|:()（）\[\]【】〔〕…&+×]+")
NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,8}}[·•‧・][{HAN}·•‧・]{{1,20}}|[A-Za-z][A-Za-z.' -]{{1,30}}")
# What follows a reporter's name in 張三台北報導 and 張三台北12日電
DISPATCH = re.compile(rf"(?:[{HAN}]{{2,4}})?(?:综合|专题|即时)?(?:报道|报导|\d{{1,2}}日(?:综合|专)?[电讯])")
LATIN = re.compile(r"[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14})?")
SINGLE = re.compile(rf"[{HAN}]")
# 〔記者巫其倫／台北報導〕, 张三 文/图: what stands beside names without being one.
BESIDE = re.compile(
    rf"(?:[{HAN}]{{0,6}}(?:报道|报导|综合报道|专电)|北京|上海|广州|深圳|天津|重庆|香港|台北|东京|伦敦|纽约|华盛顿|巴黎|文|图|文字|图片|发自[{HAN}]{{2,6}}|等|联合|报讯|供稿|供图|制图|绘)"
)
DUTY = re.compile(
    rf"(?:[{HAN}]{{0,3}}[经报社网刊台])?(?:责任)?(?:校对|编辑|责编|审核|审校|排版|设计|监制|统筹|制作|实习)"
)
PHOTO = re.compile(r"摄|摄影|供图|图|摄影报道|制图|绘")
# Holders of an account, not people; the page may still name one as its editor.
GENERIC = re.compile(
    r"(?:网站|系统|超级|后台|本站)?管理员|网络编辑|小编|编辑部|本站|本网|本报|佚名|匿名|未知|无|admin\w{0,8}|"
    r"[a-z]{2,}\d{0,6}|[A-Z]{1,4}\d{2,6}|\d+|网络|(?:网络|综合|编辑|本站|网站)?整理|综合|原创|转载|记者|通讯员|作者|编辑",
)
CODE = re.compile(r"[_\-]?[A-Za-z]{1,3}\d{2,6}$")  # 李曦_NN2587


@dataclass(frozen=True, slots=True)
class Credit:
    """Who signs in which role, for which organisation ("" where none is said)."""

    role: str
    organisation: str
    names: tuple[str, ...]
    correspondents: tuple[str, ...] = ()


@cache
def surnames() -> frozenset[str]:
    return frozenset(read("surnames"))


def is_name(text: str) -> bool:
    """Whether a bare word looks like a Chinese person's name.

    >>> is_name("雷雪峰"), is_name("歐陽鋒"), is_name("理论"), is_name("工会在线")
    (True, True, False, False)
    """
    copy = likeness(text)
    if not NAME.fullmatch(copy) or copy.isascii():
        return False
    if "·" in copy:
        return True
    return (len(copy) <= 3 and copy[0] in surnames()) or (len(copy) in (3, 4) and copy[:2] in surnames())


# What holds a byline without being a person: a company, a desk, an account of a newspaper.
BODY = re.compile(
    r".{2,20}(?:公司|集团|网|报社?|电视台|电台|通讯社|杂志|周刊|频道|客户端|公众号|微博|工作室|[部组]|中心|委员会|"
    r"研究院|事务所|俱乐部|平台|团队|传媒|新闻)"
)


def is_body(name: str) -> bool:
    """Whether a company, a desk or an account stands where a person's name is expected.

    >>> is_body("示例传媒公司"), is_body("财经新闻部"), is_body("叨叨姐")
    (True, True, False)
    """
    return bool(BODY.fullmatch(likeness(name)))


COMMON = (
    120  # uses in jieba's corpus above which 金融, 关闭 and 党建 are words and no persons; names are rarer
)


def is_surely_name(text: str) -> bool:
    """Whether a word that nothing introduces is a person's name: it looks like one, and is no common word.

    >>> is_surely_name("范姜佳鈺"), is_surely_name("金融"), is_surely_name("关闭")
    (True, False, False)
    """
    return is_name(text) and tokenizer().FREQ.get(likeness(text), 0) < COMMON


def is_generic(name: str) -> bool:
    """Whether an account or a desk stands where a person's name is expected.

    >>> is_generic("管理员"), is_generic("szzxwlb"), is_generic("管文"), is_generic("Jenny")
    (True, True, False, False)
    """
    return bool(GENERIC.fullmatch(likeness(name)))


def pieces(text: str) -> list[str]:
    """The words between blanks and commas; a blank inside a two-character or a Latin name is no divider.

    >>> pieces("杨 坤、赵 磊 曾庆霖")
    ['杨坤', '赵磊', '曾庆霖']
    """
    words = [text[match.start() : match.end()] for match in PIECE.finditer(likeness(text))]
    joined: list[str] = []
    for word in words:
        if (
            SINGLE.fullmatch(word)
            and joined
            and SINGLE.fullmatch(joined[-1])
            and not PHOTO.fullmatch(likeness(word))
        ):
            joined[-1] += word
        elif LATIN.fullmatch(word) and joined and LATIN.fullmatch(joined[-1]):
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def without_code(name: str) -> str:
    """A name without the staff number glued to it.

    >>> without_code("李曦_NN2587"), without_code("NF055")
    ('李曦', 'NF055')
    """
    return CODE.sub("", name) or name


def names(text: str) -> tuple[str, ...]:
    """The names in the value of a label; other words are passed over.

    >>> names("罗菁,张锐杰"), names("张煌鹏 通讯员 宁志强")
    (('罗菁', '张锐杰'), ('张煌鹏', '宁志强'))
    """
    found: list[str] = []
    for credit in credits_of(text, first="作者", strict=False):
        found.extend(name for name in credit.names if name not in found)
    return tuple(found)


def credits_of(
    text: str, *, organisation: str = "", first: str = "", strict: bool = True
) -> tuple[Credit, ...]:
    """Roles and names in reading order; `organisation` is inherited until the text names another.

    Strict: a word that is neither role, name nor a report's formula makes the whole text no byline.

    >>> [(c.role, c.organisation, c.names) for c in credits_of("工人日报记者李昱霖 河北工人报记者王立鹏")]
    [('记者', '工人日报', ('李昱霖',)), ('记者', '河北工人报', ('王立鹏',))]
    >>> credits_of("工人日报记者近日走访多家企业了解情况")
    ()
    """
    made: list[tuple[str, str, list[str]]] = [(first, organisation, [])] if first else []
    for piece in pieces(text):
        if not take(piece, made, organisation) and strict:
            return ()
    if strict and not any(is_name(name) for _, _, people in made for name in people[:1]):
        return ()  # 中国大饭店请首都记者健身
    return tuple(Credit(role, where, tuple(people)) for role, where, people in made if people)


def take(piece: str, made: list[tuple[str, str, list[str]]], inherited: str) -> bool:
    """Read one word into the credits so far; False where it fits nowhere."""
    copy = likeness(piece)
    if signed := SIGNED.fullmatch(copy):
        where = piece[: signed.end("organisation")] or inherited
        made.append((signed["role"], where, []))
        name = piece[signed.start("name") :]
        return not name or take(reporter(name), made, inherited)
    if PHOTO.fullmatch(copy) or copy.endswith(("摄", "供图")):
        del made[-1:]  # the last to be named took the picture
        return True
    if BESIDE.fullmatch(copy):
        return True
    if not made and (name := reporter(piece)) != piece:
        made.append(("", inherited, [name]))
        return True
    return named(piece, copy, made, inherited)


def named(piece: str, copy: str, made: list[tuple[str, str, list[str]]], inherited: str) -> bool:
    """Read one word as the duty or the name of somebody else in a line that has begun to sign."""
    if made and DUTY.fullmatch(copy):  # 刘晓阳 校对 李铭: who follows did something else
        made.append((copy, inherited, []))
        return True
    if made and (NAME.fullmatch(likeness(without_code(piece))) or GENERIC.fullmatch(copy)):
        made[-1][2].append(without_code(piece))
        return True
    return False


def reporter(piece: str) -> str:
    """The name in 張三台北報導 and 張三台北12日電; any other word as it is.

    >>> reporter("王大明台北報導"), reporter("王明新北12日電"), reporter("综合报道")
    ('王大明', '王明', '综合报道')
    """
    copy = likeness(piece)
    sizes = (size for size in (3, 2, 4) if is_name(copy[:size]) and DISPATCH.fullmatch(copy, size))
    return piece[: next(sizes, len(piece))]


def person(text: str) -> str:
    """The name at the end of a post: 某市总工会主席 张三, 研究员徐占忱; "" where there is none.

    >>> person("建湖县人大常委会副主任、县总工会主席 刘登石"), person("市总工会主席")
    ('刘登石', '')
    """
    words = pieces(text)
    if not words:
        return ""
    if len(words) > 1 and is_name(words[-1]):
        return words[-1]
    posted = POST.search(likeness(words[-1]))
    name = words[-1][posted.end() :] if posted else ""
    return name if is_name(name) else ""


POST = re.compile(
    r".{0,40}(?:主席|书记|主任|部长|局长|院长|校长|教授|研究员|所长|处长|会长|理事|秘书长|经理|董事长|律师|委员|代表|评论员|学者|博士)"
)
