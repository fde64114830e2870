"""The element of a page that holds its story, found from what each line weighs; and whether a vote could change it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

PARAGRAPHS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
DISSENT = 0.35  # what a line of prose is worth that trafilatura left out
DESCEND = 0.62  # a child holding this share of the story's weight is the better container


@dataclass(frozen=True, slots=True)
class Tally:
    """What the lines of each element weigh together: all of them, and those in its favour.

    `chains` are the elements around each element that holds a line, from the inside out, itself first.
    """

    total: dict[etree._Element, float]
    gain: dict[etree._Element, float]
    chains: dict[etree._Element, list[etree._Element]]


def tally(
    elements: Sequence[etree._Element],
    worth: Sequence[float],
    chains: dict[etree._Element, list[etree._Element]],
) -> Tally:
    """The sums over the lines that stand in `elements`."""
    total: dict[etree._Element, float] = defaultdict(float)
    gain: dict[etree._Element, float] = defaultdict(float)
    for element, weight in zip(elements, worth, strict=True):
        for node in chains[element]:
            total[node] += weight
            if weight > 0:
                gain[node] += weight
    return Tally(total, gain, chains)


def around(elements: Sequence[etree._Element]) -> dict[etree._Element, list[etree._Element]]:
    return {element: [element, *element.iterancestors()] for element in dict.fromkeys(elements)}


def dissented(weight: float) -> float:
    """What a line weighs that trafilatura did not take for the story; what speaks against it stays as it is."""
    return weight * DISSENT if weight > 0 else weight


def container(found: Tally) -> etree._Element | None:
    """The heaviest element, then down while one child holds most of its prose; None where there is no prose."""
    node = heaviest(found)
    while node is not None and (child := descent(found, node)) is not None:
        node = child
    return node


def heaviest(found: Tally) -> etree._Element | None:
    if max(found.gain.values(), default=0.0) <= 0:
        return None
    depth = {node: len(chain) - at for chain in found.chains.values() for at, node in enumerate(chain)}
    return max(found.total, key=lambda node: (found.total[node], depth[node]))


def descent(found: Tally, node: etree._Element) -> etree._Element | None:
    """The child that holds most of the prose of an element, None where no child does."""
    children = inner(found, node)
    child = max(children, key=lambda each: found.gain[each], default=None)
    if child is None or found.gain[child] < DESCEND * found.gain[node]:
        return None
    return child


def inner(found: Tally, node: etree._Element) -> list[etree._Element]:
    """The children that hold lines in their favour and are more than one paragraph."""
    return [child for child in node if child in found.gain and child.tag not in PARAGRAPHS]


def is_settled(most: Tally, least: Tally) -> bool:
    """Whether the container is the same however trafilatura votes.

    `most` weighs every line as if it were seconded, `least` as if none were; a vote on each line lies between. What
    outweighs another even when only the other's lines are seconded outweighs it always.
    """
    node = heaviest(most)
    if node is None:
        return True
    if not outweighs_all(node, most, least):
        return False
    while (child := sure_descent(node, most, least)) is not None:
        node = child
    return not may_descend(node, most, least)


def outweighs_all(node: etree._Element, most: Tally, least: Tally) -> bool:
    """Whether an element is the heaviest under every vote; lines that two elements share weigh the same for both."""
    above = set(node.iterancestors())
    below = {each for chain in most.chains.values() if node in chain for each in chain[: chain.index(node)]}
    for other, weight in most.total.items():
        if other is node:
            continue
        if other in above:
            sure = weight <= most.total[node]
        elif other in below:
            sure = least.total[node] > least.total[other]
        else:
            sure = least.total[node] > weight
        if not sure:
            return False
    return True


def sure_descent(node: etree._Element, most: Tally, least: Tally) -> etree._Element | None:
    """The child that holds most of the prose even where only the lines beside it are seconded."""
    for child in inner(most, node):
        beside = most.gain[node] - most.gain[child]
        if least.gain[child] > DESCEND * (least.gain[child] + beside):
            return child
    return None


def may_descend(node: etree._Element, most: Tally, least: Tally) -> bool:
    """Whether some vote gives most of the prose to one child."""
    return any(
        most.gain[child] >= DESCEND * (most.gain[child] + least.gain[node] - least.gain[child])
        for child in inner(most, node)
    )
