"""Characters that no reader sees: controls, zero-width marks, direction marks, odd spaces."""

import re

# Lines end with "\n" alone; whatever else breaks a line or spaces a word becomes one space.
SPACING = re.compile(r"[\t\v\f\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")

INVISIBLE = re.compile(
    r"""
      [\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]  # controls; mirrors insert \x05 to \x08
    | \r
    | [\xad\u034f\u061c\u180e]                # soft hyphen, joiners, the Arabic letter mark
    | [\u200b\u200e\u200f\u202a-\u202e]       # zero-width space, direction marks and overrides
    | [\u2060-\u206f\ufeff\ufff9-\ufffb]      # word joiner, isolates, byte order mark, interlinear marks
    | [\ufdd0-\ufdef\ufffe\uffff]             # not characters at all
    | (?<![\u0600-\u08ff\u0900-\u0dff\u1800-\u18af\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]
    """,
    re.VERBOSE,
)
ANY = re.compile(f"{SPACING.pattern}|{INVISIBLE.pattern}", re.VERBOSE)


def has_invisible(text: str) -> bool:
    r"""Whether anything stands in the text that no reader sees.

    >>> has_invisible("工\u200b会"), has_invisible("工会 ABC")
    (True, False)
    """
    return ANY.search(text) is not None


def drop_invisible(text: str) -> str:
    r"""Remove what no reader sees; turn every kind of space into the plain one.

    Private-use characters and U+FFFD stay: they are what is left of characters that `unshift` brings back. Joiners
    stay where a script or an emoji needs them.

    >>> drop_invisible("全国\u200b总工\x05会\u3000新闻")
    '全国总工会 新闻'
    >>> drop_invisible("👨\u200d👩\u200d👧 工会") == "👨\u200d👩\u200d👧 工会"
    True
    """
    if not has_invisible(text):
        return text
    return INVISIBLE.sub("", SPACING.sub(" ", text))
