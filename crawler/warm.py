"""Imported once by the fork server: reads one page, so that dictionaries and tables are in memory before any worker.

Measured: a cold worker needs two to three seconds of CPU for its first page, a fork of a warm server a millisecond.
"""

from contextlib import suppress
from datetime import UTC, datetime

from archive.article import Page
from crawler.understand import understand

SAMPLE = (
    "<html><head><title>工会</title></head><body><h1>市总工会召开会议</h1><p>2026-11-21 来源：工人日报</p><p>"
    + "市总工会昨日召開會議，讨论新就业形态劳动者的权益(quán yì)保障。" * 12
    + "</p></body></html>"
)

# A fault of the chain may be of any class, is told page by page by the workers, and must not end the fork server.
with suppress(Exception):
    understand(
        Page("https://union.example/1.html", SAMPLE.encode(), datetime(2026, 11, 21, tzinfo=UTC)), None
    )
