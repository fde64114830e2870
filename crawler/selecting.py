"""Elements and texts of a list by the selectors of a portal file: css, or xpath after "xpath:"."""

import re

from lxml import etree

from pipelines.document import tidy


def select(root: etree._Element, selector: str) -> list[etree._Element | str]:
    """What a selector finds; "::attr(name)" and "::text" are understood as Scrapy writes them.

    An xpath that begins with // counts from the given element, not from the top of the page.
    """
    if selector.startswith("xpath:"):
        path = selector.removeprefix("xpath:")
        found = root.xpath(f".{path}" if path.startswith("/") else path)
        return (
            [item for item in found if isinstance(item, etree._Element | str)]
            if isinstance(found, list)
            else [str(found)]
        )
    css, _, pseudo = selector.removeprefix("css:").partition("::")
    elements = root.cssselect(css)
    if pseudo.startswith("attr("):
        return [value for element in elements if (value := element.get(pseudo[5:-1])) is not None]
    return [spoken(element) for element in elements] if pseudo == "text" else list(elements)


def spoken(found: etree._Element | str) -> str:
    """The text of what was found."""
    return tidy(found if isinstance(found, str) else "".join(map(str, found.itertext(tag=etree.Element))))


def linked(found: etree._Element | str) -> str:
    """The address in what was found: its own, or that of the first link inside it (a selector may name the row)."""
    if isinstance(found, str):
        return found
    if href := found.get("href"):
        return href
    return next((href for link in found.iter("a") if (href := link.get("href"))), "")


def number_of(found: etree._Element | str) -> int:
    """The first number in what was found, 0 where there is none."""
    text = found if isinstance(found, str) else found.get("value") or spoken(found)
    match = re.search(r"\d{1,5}", text)
    return int(match[0]) if match else 0
