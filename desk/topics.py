"""The names of topics for a reader."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def topic_names() -> dict[str, str]:
    """Chinese names by id, each topic before its subtopics, in the taxonomy's order."""
    table = tomllib.loads((files("seeds") / "words" / "taxonomy.toml").read_text(encoding="utf-8"))
    return {topic["id"]: topic["zh"] for top in table["top"] for topic in (top, *top.get("sub", ()))}
