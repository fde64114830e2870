"""How well the tags agree with people, on texts that stay beside the checkout."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_tags", ROOT / "bench" / "tags.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def f1(score: object) -> float:
    hit, extra, missed = score.hit, score.extra, score.missed  # type: ignore[attr-defined]
    return 2 * hit / (2 * hit + extra + missed)


def test_the_open_quotations_keep_their_floor(shared: Path, bench: ModuleType) -> None:
    items = list(bench.quotations())
    topics, _, bodies, exact = bench.compare(items)
    assert f1(topics) >= 0.95
    assert exact / len(items) >= 0.95
    assert f1(bodies) >= 0.94


def test_the_texts_labelled_here_keep_their_floor(shared: Path, bench: ModuleType) -> None:
    items = list(bench.labelled_here())
    topics, regions, bodies, exact = bench.compare(items)
    assert f1(topics) >= 0.85
    assert f1(regions) >= 0.93
    assert exact / len(items) >= 0.90
    assert f1(bodies) >= 0.95
