"""A portal file is told which of its settings nothing acts on yet."""

from dataclasses import fields, replace
from datetime import date

import pytest

from seeds.portal import Clones, Listing, Pattern, Portal, Promise, Text, all_portals
from seeds.unserved import UNSERVED, unserved

PLAIN = Portal(
    "union",
    "示例市总工会",
    "https://union.example/",
    "city",
    lists=(Listing("https://union.example/", links="ul a"),),
    articles=(Pattern(r"^https://union\.example/(?P<id>\d+)\.html", key=("id",), era="2008-2021"),),
    expect=Promise(week=(3, 120)),
)


def test_of_a_file_whose_every_word_is_heeded_nothing_is_said() -> None:
    assert unserved(PLAIN) == ()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"english": "Example Union"}, "english"),
        ({"lists": (Listing("https://union.example/", every=("30m", "12h")),)}, "list.every"),
        ({"lists": (Listing("https://union.example/", date_format="%d.%m.%Y"),)}, "list.date_format"),
        ({"articles": (Pattern("a", since=date(2008, 1, 1)),)}, "article.since"),
        ({"articles": (Pattern("a", form="pdf"),)}, "article.form = pdf"),
        ({"articles": (Pattern("a", form="issue"),)}, "article.form = issue"),
        ({"text": Text(footers=("扫一扫",))}, "text.footers"),
        ({"text": Text(doubled_lead=True)}, "text.doubled_lead"),
        ({"clones": Clones(hosts=("copy.example",))}, "clones.hosts"),
        ({"expect": Promise(week=(3, 120), fields=(("date", 0.9),))}, "expect.fields"),
    ],
)
def test_a_setting_that_nothing_acts_on_is_named_as_the_file_names_it(change, named: str) -> None:
    assert unserved(replace(PLAIN, **change)) == (named,)


def test_two_lists_with_the_same_word_are_one_line() -> None:
    twice = tuple(Listing(f"https://union.example/{n}/", every=("30m", "12h")) for n in (1, 2))
    assert unserved(replace(PLAIN, lists=twice)) == ("list.every",)


def test_only_keys_that_exist_are_called_unserved() -> None:
    for kind, names in UNSERVED.items():
        assert names <= {field.name for field in fields(kind)}


def test_the_printed_papers_say_that_their_pages_are_not_served() -> None:
    assert "article.form = pdf" in unserved(all_portals()["grrb-epaper"])
