"""Which rules read a page: the release, and a digest of all code and words that can change an article."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

RELEASE = "2026.11"
ROOMS = Path(__file__).resolve().parent.parent
DECIDING = ("pipelines", "seeds/words")


@cache
def rules() -> str:
    """The name of today's rules, "2026.11-1f0c…": any change to a step, a pattern or a word list gives another."""
    digest = blake2b(digest_size=6)
    for path in sorted(path for folder in DECIDING for path in (ROOMS / folder).rglob("*") if is_rule(path)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{RELEASE}-{digest.hexdigest()}"


def is_rule(path: Path) -> bool:
    return path.suffix in {".py", ".txt", ".toml", ".tsv"} and path.is_file()
