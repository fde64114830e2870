"""The element that holds the story, and that trafilatura is asked only where its vote can change it."""

from collections.abc import Sequence

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from archive.article import Page
from pipelines.container import Tally, around, container, dissented, is_settled, tally
from pipelines.process import process
from tests.pipelines.test_process import FETCHED, SHAPES, page

TAGS = ("div", "div", "section", "p", "td")


def tallied(elements: Sequence[etree._Element], worth: Sequence[float]) -> Tally:
    return tally(elements, worth, around(elements))


def story_of(text: str, worth: dict[str, float]) -> str:
    """The name of the container of a page whose elements weigh what `worth` says by their names."""
    root = html.fromstring(text)
    named = {node.get("id"): node for node in root.iter() if node.get("id") in worth}
    node = container(tallied([named[name] for name in worth], list(worth.values())))
    return "" if node is None else str(node.get("id"))


SHELF = '<div id="all"><div id="story"><p id="a"/><p id="b"/></div><div id="aside"><p id="c"/></div></div>'


def test_the_story_is_in_the_element_with_the_most_prose_and_the_least_furniture():
    assert story_of(SHELF, {"a": 90.0, "b": 60.0, "c": -20.0}) == "story"


def test_prose_that_stands_in_one_paragraph_is_held_by_it():
    assert story_of(SHELF, {"a": 90.0, "c": -20.0}) == "a"


def test_two_halves_of_a_story_are_held_by_the_element_around_them():
    assert story_of(SHELF, {"a": 90.0, "b": 60.0, "c": 140.0}) == "all"


def test_a_page_without_prose_has_no_container():
    assert story_of(SHELF, {"a": -3.0, "c": -20.0}) == ""


@st.composite
def pages(draw: st.DrawFn) -> tuple[list[etree._Element], list[float], list[bool]]:
    """A tree, elements of it that hold lines, what each line weighs, and how trafilatura votes on it."""
    nodes = [html.Element("body")]
    for parent, tag in draw(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(TAGS)), max_size=20)):
        nodes.append(etree.SubElement(nodes[parent % len(nodes)], tag))
    weights = st.one_of(st.integers(1, 400), st.integers(-60, 0)).map(float)
    lines = draw(st.lists(st.tuples(st.integers(0, 20), weights, st.booleans()), min_size=1, max_size=20))
    places, worth, votes = zip(*lines, strict=True)
    return [nodes[at % len(nodes)] for at in places], list(worth), list(votes)


@given(pages())
@settings(max_examples=300)
def test_where_the_choice_is_settled_no_vote_changes_it(
    page: tuple[list[etree._Element], list[float], list[bool]],
) -> None:
    elements, worth, votes = page
    most = tallied(elements, worth)
    least = tallied(elements, [dissented(weight) for weight in worth])
    voted = [weight if vote else dissented(weight) for weight, vote in zip(worth, votes, strict=True)]
    if is_settled(most, least):
        assert container(tallied(elements, voted)) is container(most)


@pytest.mark.parametrize(("notice", "settled"), [(40.0, True), (200.0, False)])
def test_a_story_of_500_beside_a_notice_is_settled_while_the_notice_is_short(
    notice: float, settled: bool
) -> None:
    elements, worth = list(html.fromstring(SHELF).iter("p")), [300.0, 200.0, notice]
    most, least = tallied(elements, worth), tallied(elements, [dissented(each) for each in worth])
    assert is_settled(most, least) is settled


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Grows whenever trafilatura is asked."""
    calls: list[bool] = []
    extract = trafilatura.extract
    monkeypatch.setattr(
        trafilatura, "extract", lambda *args, **options: calls.append(True) or extract(*args, **options)
    )
    return calls


@pytest.mark.parametrize("shape", [*SHAPES][:2])
def test_a_plain_page_needs_no_second_opinion(asked: list[bool], shape: str) -> None:
    assert process(page(SHAPES[shape])).verdict == "clean"
    assert asked == []


def test_two_texts_of_one_size_are_decided_by_trafilatura_once(asked: list[bool]) -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SHAPES["paragraphs in a container"].split("<p>")[1:])
    both = f"<div class=one>{text}</div><div class=two>{text.replace('11月', '12月')}</div>"
    process(Page("", f"<html><body>{both}</body></html>".encode(), FETCHED))
    assert asked == [True]
