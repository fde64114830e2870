"""The character model: made once, kept in the private folder, never trusted when broken."""

import pytest

from pipelines.clean import language as module
from pipelines.clean.language import language


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    monkeypatch.setenv("GONGWEN_HOME", str(tmp_path))
    language.cache_clear()
    yield tmp_path
    language.cache_clear()


def score(text):
    return language().score(language().fold(text))


def test_the_model_is_kept_in_the_private_folder_and_nowhere_else(fresh):
    language()
    assert [path.suffix for path in fresh.iterdir()] == [".json"]


def test_a_kept_model_is_read_again(fresh, monkeypatch):
    first = score("全国总工会")
    language.cache_clear()
    monkeypatch.setattr(module, "_build", lambda dictionary: pytest.fail("the kept model was not read"))
    assert score("全国总工会") == first


def test_a_broken_file_is_made_anew(fresh):
    language()
    next(fresh.iterdir()).write_text('{"pairs": "工', encoding="utf-8")
    language.cache_clear()
    assert score("全国总工会") > score("国全会总工")


def test_traditional_and_simplified_are_one_class():
    assert score("全國總工會") == score("全国总工会")


def test_chinese_is_likelier_than_its_shifted_bytes():
    assert score("。“工會在線") > score("!肮\ue63a\ue49b诰")


def test_numbers_are_a_class():
    assert score("2024年") == score("1998年")
