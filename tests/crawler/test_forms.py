"""Links to what cannot be read yet are named, not fetched."""

import asyncio
from collections.abc import Collection

import pytest

from crawler.discovery import Link
from crawler.spiders.portal import PortalSpider
from seeds.portal import Listing, Pattern, Portal

HOME = "https://paper.union.example/"
PAPER = Portal(
    "paper",
    "样本工人报",
    HOME,
    "press",
    lists=(Listing(HOME),),
    articles=(
        Pattern(r"^https://paper\.union\.example/(?P<id>\d+)\.html", key=("id",)),
        Pattern(r"^https://paper\.union\.example/(?P<sheet>\d+)\.pdf", key=("sheet",), form="pdf"),
        Pattern(r"^https://paper\.union\.example/api/(?P<n>\d+)", key=("n",), form="json"),
    ),
)


class EmptyArchive:
    """Stands in for the workshop: nothing is known yet."""

    async def known(self, urls: Collection[str]) -> set[str]:
        return set()


def spider() -> PortalSpider:
    made = type("Paper", (PortalSpider,), {"name": "paper", "portal": PAPER, "portals": {"paper": PAPER}})
    return made(workshop=EmptyArchive())


@pytest.mark.parametrize(("path", "form"), [("12.pdf", "pdf"), ("api/7", "json")])
def test_a_link_whose_form_is_not_served_is_reported_and_not_fetched(path: str, form: str) -> None:
    visitor = spider()
    links = (Link(f"{HOME}{path}", "第一版"), Link(f"{HOME}1.html", "工会新闻"))
    assert [link.url for link in asyncio.run(visitor.fresh(links))] == [f"{HOME}1.html"]
    assert visitor.tally.notes == {f"declared, not served yet ({form})": [f"{HOME}{path}"]}
    assert visitor.tally.counts["found"] == 1


def test_pages_of_html_are_taken_without_a_word() -> None:
    visitor = spider()
    links = tuple(Link(f"{HOME}{n}.html", "工会新闻") for n in (1, 2))
    assert len(asyncio.run(visitor.fresh(links))) == 2
    assert visitor.tally.notes == {}
