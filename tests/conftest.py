"""What every test may ask for."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test writes outside its own folders; jieba's cache is made once a run."""
    home = tmp_path_factory.getbasetemp() / "home"
    monkeypatch.setenv("GONGWEN_HOME", str(home))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The collection beside the checkout: real pages and labelled texts that are not ours to commit."""
    if not (SHARED / "pages" / "gold.jsonl").exists():
        pytest.skip("the collection of real pages (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def documents() -> Path:
    """The five seed documents with their clean readings."""
    return ROOT / "seeds" / "documents"
