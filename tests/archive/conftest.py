"""An empty archive to fill."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.database import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "gongwen.db") as opened:
        yield opened
