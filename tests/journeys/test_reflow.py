"""What no program for barriers sees: a page at 400 per cent, and one whose letters stand apart.

WCAG 2.2, 1.4.10 (a desk of 1,280 pixels enlarged four times is 320 wide) and 1.4.12 (lines,
letters and words as far apart as a reader may need).
"""

from typing import Final

import pytest

from data.codelists import LANGUAGES
from data.releases import Release
from tests.journeys.conftest import Visit
from tests.journeys.every_page import every_page
from tests.journeys.test_every_page import width_of
from tests.journeys.test_reader import Start

pytestmark = pytest.mark.browser

ENLARGED: Final = 320
APART: Final = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
CUT: Final = """() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter(each => !each.children.length && each.textContent.trim())
  .filter(each => !each.closest('.visually-hidden, .skip-link'))
  .filter(each => getComputedStyle(each).overflow !== 'visible')
  .filter(each => each.scrollHeight > each.clientHeight + 2)
  .map(each => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_enlarged_page_with_letters_apart_is_read_without_scrolling_sideways(
    visit: Start, release: Release, lang: str
) -> None:
    reader: Visit = visit(has_scripts=False, width=ENLARGED)
    found: list[tuple[str, object]] = []
    reader.page.set_default_timeout(10_000)
    for path in every_page(release)[LANGUAGES.index(lang) :: 2]:
        reader.page.goto(f"{reader.address}/{lang}/{path}")
        found += [(path, wide) for wide in [width_of(reader.page, ENLARGED)] if wide > ENLARGED]
        reader.page.evaluate(APART)
        found += [(path, wide) for wide in [width_of(reader.page, ENLARGED)] if wide > ENLARGED]
        found += [(path, cut) for cut in reader.page.evaluate(CUT)]
    reader.faults.clear()  # the page that is not there is told as one
    assert found == []
