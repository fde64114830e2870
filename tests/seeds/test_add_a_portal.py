"""docs/add-a-portal.md: its tables are today's, and every file it shows loads."""

import re
from pathlib import Path

import pytest

from pipelines.address import failures
from seeds.portal import load
from seeds.portal_keys import renewed, tables

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "add-a-portal.md"
FILES = re.findall(r"```toml\n(.+?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)


def test_the_tables_of_keys_are_current():
    text = DOCUMENT.read_text(encoding="utf-8")

    assert renewed(text) == text, "run: python -m seeds.portal_keys"


def test_every_key_has_a_sentence():
    rows = [line for line in tables().splitlines() if line.startswith("| `")]

    assert len(rows) > 90
    assert all(len(row.split("|")[-2].strip()) > 8 for row in rows)


@pytest.mark.parametrize("text", FILES, ids=range(len(FILES)))
def test_every_file_shown_loads_and_keeps_its_own_tests(tmp_path, text):
    path = tmp_path / "union.toml"
    path.write_text(text, encoding="utf-8")

    assert failures(load(path)) == ()


def test_the_walk_goes_from_the_smallest_file_to_a_full_one():
    assert len(FILES) == 3
