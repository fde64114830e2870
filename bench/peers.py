"""Other tools on the same bytes, each in the peers' own environment, which is made at the first use.

Versions are pinned in peers.txt. The environment is a folder of its own, so that ours stays as pyproject.toml has it.
"""

import base64
import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pipelines.decode import decode
from seeds.home import home

HERE = Path(__file__).resolve().parent
PINS = HERE / "peers.txt"
PEER = HERE / "peer.py"
# What pip is asked for; versions are the pins. newspaper4k cuts Chinese by jieba, its extra "zh".
PACKAGES: Mapping[str, str] = {
    "trafilatura": "trafilatura",
    "trafilatura, precision": "trafilatura",
    "GNE": "gne",
    "readability": "readability-lxml",
    "newspaper4k": "newspaper4k[zh]",
}
SECONDS = 600  # for all pages of one tool

Prediction = dict[str, Any]


class PeerError(Exception):
    """A tool that could not be installed or run, and why."""


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    url: str
    body: bytes


def environment(chosen: Path | None = None) -> Path:
    """The folder of the peers' environment: a new one whenever the pins change."""
    digest = blake2b(PINS.read_bytes(), digest_size=4).hexdigest()
    return chosen or home() / f"bench-peers-{digest}"


def python_of(folder: Path) -> Path:
    """The environment's own Python, the environment made where it is missing."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True, clear=True)
        install(folder, "pip")
    return python


def install(folder: Path, package: str) -> None:
    """Install one package by the pins; done before, it costs nothing."""
    done = folder / f".{package}"
    if done.exists():
        return
    command = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--upgrade", "-c", PINS, package]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode:
        raise PeerError(f"pip cannot install {package}: {last_line(found.stderr)}")
    done.touch()


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it does not say why"


def request(item: Item) -> str:
    """One page as peer.py wants it; decoded by our own decoder, so that no tool stumbles over the charset."""
    body = base64.b64encode(item.body).decode("ascii")
    return json.dumps({"id": item.id, "url": item.url, "body": body, "text": decode(item.body).text})


def read_by(name: str, items: Sequence[Item], folder: Path) -> list[Prediction]:
    """What a tool reads on every page; a page it fails on is read as empty, and said on stderr."""
    python = python_of(folder)
    install(folder, PACKAGES[name])
    try:
        done = subprocess.run(
            [python, PEER, name],
            input="".join(f"{request(item)}\n" for item in items),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
            env={**os.environ, "TMPDIR": str(folder)},  # jieba keeps its cache in the temporary folder
        )
    except subprocess.CalledProcessError as error:
        raise PeerError(f"{name} does not run: {last_line(error.stderr)}") from error
    except subprocess.TimeoutExpired as error:
        raise PeerError(f"{name} took more than {SECONDS} s") from error
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    for answer in answers:
        if "error" in answer:
            print(f"{name} fails on {answer['id']}: {answer['error']}", file=sys.stderr)
    return answers
