"""How Scrapy's log speaks of pages: by address, never by their bytes."""

import logging
from typing import Any

from scrapy.logformatter import LogFormatter, LogFormatterResult


def name_of(item: Any) -> str:
    return str(getattr(item, "url", "") or type(item).__name__)


class QuietFormatter(LogFormatter):
    """A page's repr is megabytes of what a stranger wrote; its address is one line."""

    def scraped(self, item: Any, *_: Any) -> LogFormatterResult:
        return {"level": logging.DEBUG, "msg": "Kept %(url)s", "args": {"url": name_of(item)}}

    def dropped(self, item: Any, exception: BaseException, *_: Any) -> LogFormatterResult:
        args = {"url": name_of(item), "why": str(exception)[:300]}
        return {"level": logging.INFO, "msg": "Not kept as an article: %(url)s: %(why)s", "args": args}

    def item_error(self, item: Any, *_: Any) -> LogFormatterResult:
        return {"level": logging.ERROR, "msg": "Error while keeping %(url)s", "args": {"url": name_of(item)}}
