"""A small web server on loopback for the crawler's tests: pages by path, and a log of who asked for what."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    `wait` seconds pass before it, or it comes when `gate` lets it; `promised` is a Content-Length that the body does
    not keep.
    """

    body: bytes = b""
    type: str = "text/html"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0
    promised: int = 0
    gate: threading.Semaphore | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    path: str
    at: float
    agent: str
    method: str
    body: bytes


@dataclass(slots=True)
class Site:
    """The pages of a server and its visits so far."""

    origin: str
    replies: dict[str, Reply]
    hits: list[Hit] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [hit.path for hit in self.hits]

    def gaps(self) -> list[float]:
        """Seconds between one request and the next."""
        return [after.at - before.at for before, after in pairwise(self.hits)]


def page(text: str, charset: str = "utf-8", *, declared: str = "", **more: object) -> Reply:
    """A page of HTML in a charset; the header declares it, or declares something else."""
    return Reply(text.encode(charset), f"text/html; charset={declared or charset}", **more)  # type: ignore[arg-type]


def zipped(reply: Reply) -> Reply:
    return Reply(gzip.compress(reply.body), reply.type, headers=(("Content-Encoding", "gzip"),))


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers=(("Location", to),))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length) if length else b""
        agent = self.headers.get("User-Agent", "")
        site.hits.append(Hit(self.path, time.monotonic(), agent, self.command, sent))
        reply = site.replies.get(self.path) or Reply(b"<h1>404</h1>", status=404)
        time.sleep(reply.wait)
        if reply.gate:
            reply.gate.acquire(timeout=60)
        with suppress(OSError):  # the visitor has hung up
            self.answer(reply)

    do_POST = do_GET  # noqa: N815 — the name is BaseHTTPRequestHandler's

    def answer(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", reply.type)
        self.send_header("Content-Length", str(reply.promised or len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)
        if reply.promised:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal; visits are in the site's log."""


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Site]:
    """A server on a free port until the block ends; fill its `replies` inside."""
    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    site = Site(f"http://{host}:{server.server_address[1]}", {})
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
