"""Rows that are in the page already are sorted, chosen from and marked in the browser alone: in the
order that the server has for the same address, told to those who cannot see it, in both layers."""

from collections.abc import Callable
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator

from data.codelists import LANGUAGES
from layouts.words import Words
from tests.journeys.conftest import Visit
from tests.journeys.test_every_page import RULES
from tests.site.pages.reading_html import Read

pytestmark = pytest.mark.browser
Start = Callable[..., Visit]

LAYERS: Final = ("still", "live")
AGENCIES: Final = "/agencies"
NAMES: Final = """table => [...table.tBodies[0].rows]
  .filter(row => !row.hidden).map(row => row.cells[0].innerText.trim())"""
COLUMN: Final = """(table, key) => {
  const column = table.querySelector(`th[data-sort=${key}]`).cellIndex;
  return [...table.tBodies[0].rows].filter(row => !row.matches('.total, [hidden]'))
    .map(row => row.cells[column].innerText.trim());
}"""


def opened(visit: Start, path: str, layer: str = "live", **size: int) -> Visit:
    """A page as Dash has drawn it, or as the server has sent it where the live one never comes."""
    reader = visit(has_scripts=True, **size)
    if layer == "live":
        reader.open(path)
    else:
        reader.hold_live_page()
        with reader.page.expect_request("**/_dash-update-component"):
            reader.page.goto(reader.address + path)
    return reader


def listening(reader: Visit) -> list[str]:
    """What is asked of the server from now on."""
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    return asked


def place(reader: Visit) -> Locator:
    """The first table that is sorted by its address, or else the first that is sorted at all."""
    by_address = reader.page.locator("main .table-place:has(table[data-usual])")
    sortable = by_address if by_address.count() else reader.page.locator("main [data-rows]")
    return sortable.first


def names(reader: Visit) -> list[str]:
    found: list[str] = place(reader).locator("table").evaluate(NAMES)
    return found


def heading(reader: Visit, key: str) -> Locator:
    return place(reader).locator(f"th[data-sort='{key}']")


def sort_by(reader: Visit, key: str) -> None:
    heading(reader, key).locator("button").click()


def said(reader: Visit) -> str:
    return place(reader).locator(".table-order").inner_text()


def names_from_server(reader: Visit) -> list[str]:
    """The rows that the server sends to whoever asks for the same address."""
    page = Read(reader.page.request.get(reader.page.url).text())
    caption = place(reader).locator("caption").inner_text()
    return [row[0] for row in page.tables[page.captions.index(caption)][1:]]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_heading_sorts_down_then_up_then_back_and_asks_the_server_nothing(
    visit: Start, layer: str
) -> None:
    reader = opened(visit, f"/en{AGENCIES}", layer)
    asked, published = listening(reader), names(reader)
    words = Words("en")
    for order, sort in (("descending", "-received"), ("ascending", "received")):
        sort_by(reader, "received")
        assert heading(reader, "received").get_attribute("aria-sort") == order
        assert said(reader) == words(f"tables_{order}", column="Received")
        assert reader.page.url == f"{reader.address}/en{AGENCIES}?sort={sort}"
        assert names(reader) != published
    sort_by(reader, "received")
    assert said(reader) == words("tables_published")
    assert reader.page.url == f"{reader.address}/en{AGENCIES}"
    assert names(reader) == published
    assert asked == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["/agencies?period=2019", "/regions", "/themes", "/regions/1706"])
def test_the_address_gives_the_same_order_from_the_server(
    visit: Start, lang: str, path: str
) -> None:
    reader = opened(visit, f"/{lang}{path}")
    table = place(reader)
    for key in table.locator("th[data-sort]").evaluate_all(
        "all => all.map(each => each.dataset.sort)"
    ):
        for _ in range(3):
            sort_by(reader, key)
            assert names(reader) == names_from_server(reader), reader.page.url


@pytest.mark.parametrize("lang", ["ru", "uz-cyrl"])
def test_the_order_of_publication_comes_back_on_a_page_that_came_in_another(
    visit: Start, lang: str
) -> None:
    reader = opened(visit, f"/{lang}{AGENCIES}?period=2019&sort=-name")
    sort_by(reader, "name")
    sort_by(reader, "received")
    sort_by(reader, "received")
    sort_by(reader, "received")
    assert "sort" not in reader.page.url
    assert names(reader) == names_from_server(reader)


def test_what_has_no_value_stands_last_in_either_order(visit: Start) -> None:
    reader = opened(visit, "/ru/regions/1706")
    for _ in range(2):
        sort_by(reader, "on_time_rate")
        cells = place(reader).locator("table").evaluate(COLUMN, "on_time_rate")
        has_value = [cell[:1].isdigit() for cell in cells]
        assert has_value == sorted(has_value, reverse=True)
        assert 0 < sum(has_value) < len(cells)


def test_a_total_stays_where_it_is(visit: Start) -> None:
    reader = opened(visit, "/en/regions")
    total = names(reader)[0]
    for key in ("received", "received", "name"):
        sort_by(reader, key)
        assert names(reader)[0] == total
    place(reader).locator("input[type=search]").fill("andijan")
    assert names(reader) == [total, "Andijan Region"]


def test_a_table_without_an_order_in_the_address_is_sorted_and_comes_back(visit: Start) -> None:
    reader = opened(visit, "/ru/channels")
    published, path = names(reader), reader.page.url
    first = place(reader).locator("th button.sort").first
    orders = []
    for _ in range(3):
        first.click()
        orders.append(names(reader))
    assert orders[0] != published
    assert orders[2] == published
    assert reader.page.url == path


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize(
    ("lang", "typed", "found", "told"),
    [
        ("en", "ANDIJAN", ["Andijan Region"], "1 of 14 rows shown"),
        ("ru", "андижан", ["Андижанская область"], "Показано 1 из 14 строк"),
        ("uz", "фарғона", ["Fargʻona viloyati"], "14 ta qatordan 1 tasi koʻrsatilgan"),
        ("uz-cyrl", "farg'ona", ["Фарғона вилояти"], "14 та қатордан 1 таси кўрсатилган"),
        ("uz-cyrl", "farg`ona", ["Фарғона вилояти"], "14 та қатордан 1 таси кўрсатилган"),
        ("en", "nowhere", [], "0 of 14 rows shown"),
    ],
)
def test_rows_are_found_in_either_alphabet_and_counted_aloud(
    visit: Start, layer: str, lang: str, typed: str, found: list[str], told: str
) -> None:
    reader = opened(visit, f"/{lang}/regions", layer)
    asked, published = listening(reader), names(reader)
    field = place(reader).get_by_label(Words(lang)("tables_filter"))
    field.fill(typed)
    assert names(reader)[1:] == found
    count = place(reader).locator(".table-count")
    assert (count.get_attribute("role"), count.inner_text()) == ("status", told)
    field.fill("")
    assert names(reader) == published
    assert asked == []


def test_a_heading_can_be_read_under_the_pointer(visit: Start) -> None:
    reader = opened(visit, "/en/regions")
    button = heading(reader, "received").locator("button")
    button.hover()
    reader.page.wait_for_timeout(300)  # until the colours have changed
    look = button.evaluate(
        "each => [getComputedStyle(each)].map(s => [s.backgroundColor, s.color])[0]"
    )
    assert look[0] == "rgba(0, 0, 0, 0)"
    assert look[1] != "rgb(255, 255, 255)"


def test_a_short_table_has_no_field(visit: Start) -> None:
    reader = opened(visit, "/en/channels")
    assert place(reader).locator("th button.sort").count() > 1
    assert place(reader).locator("input").count() == 0


def test_all_of_it_is_done_by_keyboard(visit: Start) -> None:
    reader = opened(visit, "/uz-cyrl/regions")
    keyboard = reader.page.keyboard
    place(reader).locator("input[type=search]").focus()
    keyboard.type("вилоят")
    keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.matches('.table-frame[aria-label]')")
    keyboard.press("Tab")
    keyboard.press("Space")
    heading_here = "document.activeElement.closest('th').ariaSort"
    assert reader.page.evaluate(heading_here) == "descending"
    keyboard.press("Enter")
    assert reader.page.evaluate(heading_here) == "ascending"
    mark = place(reader).locator("tbody .mark").first
    mark.focus()
    keyboard.press("Space")
    assert mark.get_attribute("aria-pressed") == "true"


def test_a_marked_row_is_kept_by_the_eye_while_rows_move(visit: Start) -> None:
    reader = opened(visit, f"/ru{AGENCIES}")
    row = place(reader).locator("tbody tr").nth(5)
    name = row.locator("th").inner_text().strip()
    row.locator("td").first.click(position={"x": 3, "y": 3})
    sort_by(reader, "received")
    marked = place(reader).locator("tbody tr.marked")
    assert [each.strip() for each in marked.locator("th").all_inner_texts()] == [name]
    button = place(reader).get_by_role("button", name=Words("ru")("tables_mark", row=name))
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert marked.count() == 0


def test_what_was_done_before_the_live_page_came_stands_in_it(visit: Start) -> None:
    reader = visit(has_scripts=True)
    let_go = reader.hold_live_page()
    reader.page.goto(f"{reader.address}/uz/regions")
    place(reader).locator("input[type=search]").fill("samarqand")
    sort_by(reader, "received")
    place(reader).locator("tbody .mark:visible").first.click()
    let_go()
    assert reader.page.locator("#still").count() == 0
    assert len(names(reader)) == 2
    assert place(reader).locator("input[type=search]").input_value() == "samarqand"
    assert heading(reader, "received").get_attribute("aria-sort") == "descending"
    assert place(reader).locator("tr.marked").count() == 1


def test_a_step_of_the_live_page_leaves_no_trace_and_breaks_nothing(visit: Start) -> None:
    reader = opened(visit, "/en/regions")
    sort_by(reader, "received")
    place(reader).locator("input[type=search]").fill("andijan")
    reader.follow("nav.site-nav a[href='/en/themes']", "/en/themes")
    assert reader.page.locator(".table-tools").count() == 1
    assert place(reader).locator("input[type=search]").input_value() == ""
    published = names(reader)
    sort_by(reader, "name")
    assert names(reader) == sorted(published)
    reader.page.go_back()
    reader.page.wait_for_selector("svg.figure-map")
    reader.settle()
    assert heading(reader, "received").get_attribute("aria-sort") == "descending"
    assert len(names(reader)) == 2
    sort_by(reader, "name")
    assert heading(reader, "name").get_attribute("aria-sort") == "ascending"


@pytest.mark.parametrize("path", ["/agencies", "/regions?sort=-received"])
def test_without_scripts_headings_are_links_and_there_are_no_tools(visit: Start, path: str) -> None:
    reader = visit(has_scripts=False)
    reader.open(f"/en{path}")
    assert place(reader).locator("button, input").count() == 0
    assert place(reader).locator(".table-tools").bounding_box()["height"] == 0  # type: ignore[index]
    links = place(reader).locator("th[data-sort] > a.sort")
    assert links.count() == place(reader).locator("th[data-sort]").count() > 1


@pytest.mark.parametrize("lang", ["ru", "uz-cyrl"])
@pytest.mark.parametrize("layer", LAYERS)
def test_a_table_in_use_has_no_barriers(visit: Start, layer: str, lang: str) -> None:
    reader = opened(visit, f"/{lang}{AGENCIES}", layer, width=360)
    place(reader).locator("tbody .mark").first.click()
    place(reader).locator("input[type=search]").fill("а")
    sort_by(reader, "name")
    found = Axe().run(reader.page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert [rule["id"] for rule in found.response["violations"]] == []
    assert reader.page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("layer", LAYERS)
def test_the_order_goes_on_into_other_languages_and_periods(visit: Start, layer: str) -> None:
    reader = opened(visit, f"/en{AGENCIES}", layer)
    sort_by(reader, "received")
    reader.page.locator("nav.site-languages a").first.click()
    reader.page.wait_for_url(f"**/uz{AGENCIES}?sort=-received")
    if layer == "live":
        reader.page.wait_for_selector("html[lang='uz-Latn']")
        reader.settle()
    assert heading(reader, "received").get_attribute("aria-sort") == "descending"
    reader.page.locator("main select[name=period]").select_option("2017")
    reader.page.locator("main form.filters button").click()
    reader.page.wait_for_url("**period=2017*")
    assert "sort=-received" in reader.page.url
    assert heading(reader, "received").get_attribute("aria-sort") == "descending"


def test_an_order_that_was_taken_back_does_not_go_on(visit: Start) -> None:
    reader = opened(visit, f"/ru{AGENCIES}?sort=received")
    sort_by(reader, "received")
    reader.page.locator("main form.filters button").click()
    reader.page.wait_for_url(lambda url: "?" in url)
    assert "sort" not in reader.page.url
