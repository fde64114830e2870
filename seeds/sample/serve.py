"""Serve the sample sites on loopback, one port a site, as real servers would: validators, gzip, redirects, robots.

`python -m seeds.sample.serve` serves them for a person until Ctrl-C; `start()` serves them for the demo and the tests.
"""

import argparse
import gzip
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread
from typing import ClassVar

from seeds.sample.pages import HTML, Resource, Site, all_sites, resources
from seeds.sample.reports import all_reports

HOST = "127.0.0.1"
FIRST_PORT = 18460  # a fixed port keeps addresses, and with them article ids, the same from demo to demo
PREFIX = "sample-"  # the portal of the site zjknews is sample-zjknews
GZIP_FROM = 512  # bytes; smaller answers gain nothing
MISSING = "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request that a site answered."""

    site: str
    path: str
    status: int
    agent: str
    gzipped: bool


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Sample:
    """The sites as they are being served: portal name → origin, the folder of their portal files, who came by."""

    origins: Mapping[str, str]
    portals: Path
    log: list[Visit]

    def visits(self, name: str) -> tuple[Visit, ...]:
        """What the portal of that name was asked for so far."""
        return tuple(visit for visit in self.log if PREFIX + visit.site == name)


class SiteServer(ThreadingHTTPServer):
    """A server that knows its site and writes down its visits."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, site: Site, port: int, log: list[Visit], lock: Lock) -> None:
        super().__init__((HOST, port), SiteHandler)
        self.site, self.log, self.lock = site, log, lock
        self.found: dict[str, Resource] = {}

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.server_address[1]}"


class SiteHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SampleSite"
    timeout = 10  # seconds an idle connection is kept
    server: SiteServer
    asked: ClassVar[tuple[str, ...]] = ("If-None-Match", "If-Modified-Since", "Accept-Encoding")

    def do_GET(self) -> None:
        server = self.server
        wishes = {name: self.headers.get(name, "") for name in self.asked}
        reply = answer(server.site, server.found, self.path, wishes)
        gzipped = ("Content-Encoding", "gzip") in reply.headers
        with server.lock:
            agent = self.headers.get("User-Agent", "")
            server.log.append(Visit(server.site.name, self.path, reply.status, agent, gzipped))
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(reply.body)

    do_HEAD = do_GET  # noqa: N815 — the name is BaseHTTPRequestHandler's

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the name is BaseHTTPRequestHandler's
        """Visits are in the log of the sample; the terminal stays quiet."""


def answer(site: Site, found: Mapping[str, Resource], path: str, wishes: Mapping[str, str]) -> Answer:
    """What the site says to a request for `path`, given the headers that matter to it."""
    resource = _find(site, found, path)
    if resource.location:
        return Answer(resource.status, (("Location", resource.location), ("Content-Length", "0")))
    headers = _validators(site, resource)
    if resource.status == HTTPStatus.OK and _fresh(dict(headers), wishes):
        return Answer(HTTPStatus.NOT_MODIFIED, headers)
    body = resource.body
    if site.gzip and len(body) >= GZIP_FROM and "gzip" in wishes.get("Accept-Encoding", ""):
        body = gzip.compress(body, mtime=0)
        headers = (*headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    headers = (*headers, ("Content-Type", resource.type), ("Content-Length", str(len(body))))
    return Answer(resource.status, headers, body)


def _find(site: Site, found: Mapping[str, Resource], path: str) -> Resource:
    bare = path.partition("?")[0]
    for known in (path, bare):
        if known in found:
            return found[known]
    if site.soft_404 and bare.startswith(site.soft_404):
        return found["soft-404"]
    return Resource(MISSING.encode(), HTML, status=404)


def _validators(site: Site, resource: Resource) -> tuple[tuple[str, str], ...]:
    if resource.status != HTTPStatus.OK:
        return ()
    headers = []
    if site.etag:
        headers.append(("ETag", f'"{blake2b(resource.body, digest_size=8).hexdigest()}"'))
    if site.modified and resource.modified:
        headers.append(("Last-Modified", format_datetime(resource.modified.astimezone(UTC), usegmt=True)))
    return tuple(headers)


def _fresh(headers: Mapping[str, str], wishes: Mapping[str, str]) -> bool:
    """RFC 9110: a date is looked at only where there is no tag."""
    tags, since = wishes.get("If-None-Match", ""), wishes.get("If-Modified-Since", "")
    if tags:
        return headers.get("ETag", "-") in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    if not since or "Last-Modified" not in headers:
        return False
    try:
        return parsedate_to_datetime(headers["Last-Modified"]) <= parsedate_to_datetime(since)
    except ValueError:
        return False


@contextmanager
def start(portals: Path | None = None, *, first_port: int = 0) -> Iterator[Sample]:
    """Serve every site until the block ends, with a ready portal file for each in `portals`.

    `first_port` 0 lets the system choose; another number is tried for the first site, the next for the second and so
    on, and where a port is taken the system chooses. Without `portals` the files stand in a folder of their own.
    """
    with ExitStack() as stack:
        folder = portals or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gongwen-sample-")))
        log: list[Visit] = []
        lock, reports = Lock(), all_reports()
        servers = [_listen(site, at, first_port, log, lock) for at, site in enumerate(all_sites())]
        for server in servers:
            stack.enter_context(_running(server))
            server.found = resources(server.site, reports, server.origin)
        origins = {PREFIX + server.site.name: server.origin for server in servers}
        write_portals(folder, origins)
        yield Sample(origins, folder, log)


def write_portals(folder: Path, origins: Mapping[str, str]) -> None:
    """Write a portal file for every site, its addresses filled in.

    A template says {origin} for its own address, {pattern} for the same inside a regular expression, {host} for host
    and port, and {origin:NAME}, {host:NAME} for those of another site.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for site in all_sites():
        text = (site.folder / "portal.toml").read_text(encoding="utf-8")
        (folder / f"{PREFIX}{site.name}.toml").write_text(
            _addresses(text, site.name, origins), encoding="utf-8"
        )


def _addresses(text: str, name: str, origins: Mapping[str, str]) -> str:
    def address(found: re.Match[str]) -> str:
        origin = origins[PREFIX + (found["other"] or name)]
        match found["what"]:
            case "origin":
                return origin
            case "pattern":
                return re.escape(origin)
            case _:
                return origin.removeprefix("http://")

    return re.sub(r"\{(?P<what>origin|pattern|host)(?::(?P<other>[\w-]+))?\}", address, text)


def _listen(site: Site, at: int, first_port: int, log: list[Visit], lock: Lock) -> SiteServer:
    if not first_port:
        return SiteServer(site, 0, log, lock)
    try:
        return SiteServer(site, first_port + at, log, lock)
    except OSError:  # somebody else listens there
        return SiteServer(site, 0, log, lock)


@contextmanager
def _running(server: SiteServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main(arguments: list[str] | None = None) -> None:
    """Serve the sites for a person until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m seeds.sample.serve", description=main.__doc__)
    parser.add_argument("--portals", type=Path, help="write the portal files into this folder")
    chosen = parser.parse_args(arguments)
    with start(chosen.portals, first_port=FIRST_PORT) as sample:
        for name, origin in sample.origins.items():
            sys.stdout.write(f"{name:24} {origin}/\n")
        sys.stdout.write(f"portal files in {sample.portals}; Ctrl-C ends\n")
        try:
            Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write("\n")


if __name__ == "__main__":
    main()
