"""Who listens to a page hears each number that is seen on it, and what each drawing shows."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit
from tests.journeys.test_reader import spaced

pytestmark = pytest.mark.browser
Start = Callable[..., Visit]

PATHS: Final = (
    "",
    "agencies",
    "agencies/AG002",
    "regions",
    "regions/1735",
    "themes",
    "channels",
    "outcomes",
    "trends?by=region&grain=year&view=table",
    "claims",
    "compare?a=AG001&b=AG002",
    "system",
)
NUMBER: Final = re.compile(r"\d[\d .,]*\d|\d")
SEEN: Final = """() => [...document.querySelectorAll('main td, main .card-value')]
  .filter(each => each.checkVisibility())
  .map(each => each.innerText)"""
UNNAMED: Final = """() => [...document.querySelectorAll('main svg')]
  .filter(each => each.checkVisibility() && !each.closest('[aria-hidden=true]'))
  .filter(each => !each.closest('[role=img]') && !each.querySelector('a[aria-label]'))
  .map(each => each.outerHTML.slice(0, 160))"""
DRAWN: Final = """() => [...document.querySelectorAll('main svg[role=img]')]
  .filter(each => each.checkVisibility())
  .map(each => [each.getAttribute('aria-label') ?? '',
                each.querySelector(':scope > desc')?.textContent ?? ''])"""
"""The name and the description of each drawing."""


def heard(page: Page) -> str:
    """All that the accessibility tree says of the content."""
    return spaced(page.locator("main").aria_snapshot())


def numbers(text: str) -> Counter[str]:
    return Counter(NUMBER.findall(spaced(text)))


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("path", PATHS)
def test_each_number_that_is_seen_is_heard_as_often(
    visit: Start, path: str, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts)
    reader.open(f"/ru/{path}")
    seen = numbers("\n".join(reader.page.evaluate(SEEN)))
    assert seen
    missing = seen - numbers(heard(reader.page))
    assert missing == Counter()


@pytest.mark.parametrize("path", [*PATHS, "trends?by=region&grain=year"])
def test_each_drawing_says_what_it_shows(visit: Start, path: str) -> None:
    reader = visit(has_scripts=False)
    reader.open(f"/ru/{path}")
    assert reader.page.evaluate(UNNAMED) == []
    for name, description in reader.page.evaluate(DRAWN):
        assert name
        assert NUMBER.search(description), name
