"""Why something was not fetched, in words a portal's keeper understands."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from crawler.network import AddressRefused
from crawler.onsite import LeavesPortal
from crawler.robots import RobotsForbid
from crawler.watch import Count
from crawler.workshop import one_line
from seeds.portal import Portal

# 403 and 412 (瑞数), 521 (加速乐), 429 and 503: the site does not want us, at least not now.
TURNED_AWAY = frozenset({401, 403, 412, 429, 503, 521})


# What Scrapy and our middlewares raise, in the words of a report; an empty text means: the error's own.
KINDS: tuple[tuple[tuple[type[Exception], ...], Count, str], ...] = (
    ((AddressRefused, LeavesPortal, RobotsForbid), "refused", ""),
    ((IgnoreRequest,), "failed", ""),
    ((CannotResolveHostError,), "failed", "host name not found (DNS)"),
    ((DownloadConnectionRefusedError,), "failed", "connection refused"),
    ((DownloadTimeoutError,), "failed", "no complete answer in time"),
    ((DownloadCancelledError,), "failed", "answer larger than allowed"),
    ((ResponseDataLossError,), "failed", "answer broke off"),
)


def reason(error: BaseException | None, portal: Portal) -> tuple[Count, str]:
    """Under which count a failed request goes, and why it failed."""
    if isinstance(error, HttpError):
        return of_status(error.response.status, portal)
    if "DOWNLOAD_MAXSIZE" in str(error):  # a bomb, stopped while it was unpacked
        return "failed", "answer larger than allowed"
    for kinds, count, text in KINDS:
        if isinstance(error, kinds):
            return count, text or str(error)
    return "failed", one_line(error) if error else "failed without a reason"


def of_status(status: int, portal: Portal) -> tuple[Count, str]:
    if status in TURNED_AWAY or status in portal.fetch.blocked_status:
        return "blocked", f"turned away (HTTP {status})"
    return "failed", f"HTTP {status}"
