"""Sentences that content farms wrap around a stolen story."""

import re

from pipelines.likeness import likeness

# A farm speaks of itself and promises an answer; no newspaper opens a story so.
WRAPPER = re.compile(
    r"(?:我|小编|本文)来?(?:就)?(?:为|给)(?:大家|你|您|各位)(?:科普|讲解|介绍|分享|解答|带来|整理)(?:一下|了)?|"
    r"(?:下面|接下来)[^。]{0,8}希望有你要的答案|(?:让)?我们一起(?:往下|来)?(?:看看|了解(?:一下)?)吧|"
    r"今天(?:小编|我)?(?:就)?(?:给|为)(?:大家|各位|你)(?:分享|介绍|带来|科普|讲)|"
    r"希望(?:本文|以上|这篇文章|这些|能)?[^。]{0,10}对(?:你|您|各位|大家)(?:能)?有?所?帮助|"
    r"以上就是(?:关于|小编|本文|本站)[^。]{0,40}(?:内容|介绍|分享|全部)|"
    r"(?:很多|不少|还有)(?:人|朋友|网友|小伙伴)(?:都)?(?:还)?不(?:太|是很)?(?:知道|清楚|了解)[^。]{0,30}(?:小编|下面|今天|接下来)|"
    r"(?:更多)?欢迎(?:关注|收藏)本站",
)
# ,我来为大家科普一下关于三个着力基层工会建设?下面希望有你要的答案,我们一起来看看吧!
GLUED = re.compile(
    r"[,，]?\s?(?:我|小编)来?(?:为|给)(?:大家|你|您|各位)(?:科普一下|科普|讲解一下|讲解|介绍一下|介绍|分享)关于[^?？。]{0,60}[?？]\s?"
    r"(?:下面|接下来)?[^。!！]{0,30}?(?:希望[^,，。!！]{2,16}[,，]?)?\s?(?:我们一起来?看看吧)?[!！。]?\s{0,3}$",
)


def is_wrapper(text: str) -> bool:
    """Whether a paragraph holds a farm's own sentence.

    >>> is_wrapper("今天小编给大家介绍工会会员卡怎么办理")
    True
    >>> is_wrapper("志愿者为大家介绍安全知识，我们一起守护职工健康。")
    False
    """
    return bool(WRAPPER.search(likeness(text[:4000])))


def wrapper_at(text: str) -> int | None:
    """Where a wrapper sentence begins that is glued to the end of a paragraph, None where there is none.

    >>> wrapper_at("引领工会改革纵深前行,我来为大家科普一下关于基层工会建设?下面希望有你要的答案,我们一起来看看吧!")
    10
    """
    end = max(len(text) - 200, 0)
    found = GLUED.search(likeness(text[end:]))
    return end + found.start() if found else None
