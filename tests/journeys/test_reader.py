"""Readers walk the site in each language, with and without scripts, and find its numbers."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from data.codelists import LANGUAGES
from data.releases import Release
from layouts.words import Words
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
Start = Callable[..., Visit]
PERIOD = "2018"
AGENCY = "AG002"


def row_of(release: Release, table: str, **where: str) -> dict[str, Any]:
    frame = release.tables[table]
    for row in frame.iter_rows(named=True):
        if all(row[key] == value for key, value in where.items()):
            return row
    raise LookupError(where)


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_the_first_page_to_an_agency_and_its_file(
    visit: Start, release: Release, lang: str, has_scripts: bool
) -> None:
    words, reader = Words(lang), visit(has_scripts=has_scripts)
    nation = row_of(release, "agencies", period=PERIOD, agency="_T")
    own = row_of(release, "agencies", period=PERIOD, agency=AGENCY)

    reader.open(f"/{lang}/")
    assert spaced(words.number(nation["received"])) in spaced(reader.text())

    reader.follow(f"main .door a[href='/{lang}/agencies']", f"/{lang}/agencies")
    name = words.name(release.codelists["agency"], AGENCY)
    line = reader.page.locator("tr", has=reader.page.get_by_role("link", name=name, exact=True))
    assert spaced(words.number(own["received"])) in spaced(line.inner_text())

    reader.follow(f"main a[href='/{lang}/agencies/{AGENCY}']", f"/{lang}/agencies/{AGENCY}")
    assert reader.page.locator("h1").inner_text() == name
    for text in (words.number(own["received"]), words.percent(own["on_time_rate"])):
        assert spaced(text) in spaced(reader.text())

    href = reader.page.locator(".downloads a", has_text="agencies.csv").get_attribute("href")
    assert href == f"/releases/{release.id}/agencies.csv"
    answer = reader.page.request.get(reader.address + href)
    lines = csv.DictReader(StringIO(answer.text()))
    downloaded = next(r for r in lines if r["agency"] == AGENCY and r["period"] == PERIOD)
    assert int(downloaded["received"]) == own["received"]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_form_leads_to_an_address_that_shows_the_same_again(
    visit: Start, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts)
    reader.open("/en/agencies")
    reader.page.locator("main select[name=sector]").select_option("committees")
    reader.page.locator("main input[name=q]").fill("tax")
    reader.page.locator("main form button").click()
    reader.page.wait_for_url("**/en/agencies?*sector=committees*")
    reader.settle()
    found = reader.page.locator("tbody th").all_inner_texts()
    assert "State Tax Committee" in found
    again = visit(has_scripts=has_scripts)
    again.open(reader.page.url.removeprefix(reader.address))
    assert again.page.locator("tbody th").all_inner_texts() == found
    assert again.page.locator("main select[name=sector]").input_value() == "committees"


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_region_is_reached_from_the_map(
    visit: Start, release: Release, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts)
    reader.open("/ru/regions")
    region = reader.page.locator("svg.figure-map a[href='/ru/regions/1706']")
    assert "Бухарская область" in (region.get_attribute("aria-label") or "")
    region.dispatch_event("click") if has_scripts else region.focus()
    if not has_scripts:
        reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/ru/regions/1706")
    reader.page.wait_for_selector("h1:has-text('Бухарская область')")
    reader.settle()
    own = row_of(release, "regions", period=PERIOD, area="1706")
    assert reader.page.locator("h1").inner_text() == "Бухарская область"
    assert spaced(Words("ru").number(own["received"])) in spaced(reader.text())


def test_the_live_chart_draws_and_the_numbers_stand_in_a_table(visit: Start) -> None:
    reader = visit(has_scripts=True)
    reader.open("/uz/trends?by=region&grain=year")
    reader.page.wait_for_selector(".chart-live .main-svg")
    assert reader.page.locator("main table tbody tr").count() == 2
    assert reader.page.locator(".modebar-btn[data-title*='loud']").count() == 0


def test_a_drawing_or_form_of_one_page_is_gone_on_the_next(visit: Start) -> None:
    reader = visit(has_scripts=True)
    reader.open("/en/regions")
    assert reader.page.locator("svg.figure-map").count() == 1
    reader.follow("nav.site-nav a[href='/en/agencies']", "/en/agencies")
    reader.page.wait_for_selector("main form.filters")
    assert reader.page.locator("svg.figure-map").count() == 0
    reader.follow("nav.site-nav a[href='/en/method']", "/en/method")
    reader.page.wait_for_selector("article.method")
    assert reader.page.locator("form.filters").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_phone_shows_waits_with_their_intervals_unscrolled(visit: Start, lang: str) -> None:
    reader = visit(has_scripts=False, width=360)
    reader.open(f"/{lang}/")
    widths = "frames => frames.map(frame => frame.scrollWidth - frame.clientWidth)"
    frames = reader.page.locator("#waits ~ .exhibit .table-frame, .breakdowns .table-frame")
    beyond = frames.evaluate_all(widths)
    assert len(beyond) >= 3
    assert max(beyond) <= 0


PAGES = ("", "agencies", f"agencies/{AGENCY}", "regions", "regions/1703", "trends", "acts", "data",
         "method", "method/disclosure", "method/on_time_rate", "releases",
         "search?q=andijan", "glossary", "accessibility", "corrections",
         "feedback", "feedback/thanks")  # fmt: skip


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("path", PAGES)
def test_a_small_phone_shows_each_page_whole_and_accessible(visit: Start, path: str) -> None:
    reader = visit(has_scripts=True, width=360)
    reader.open(f"/ru/{path}")
    assert reader.page.evaluate("document.documentElement.scrollWidth") == 360
    for scheme in SCHEMES:
        reader.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(reader.page, options=RULES).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_drawing_that_has_no_live_form_is_seen_with_scripts_and_without(
    visit: Start, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts)
    reader.open(f"/en/outcomes?period={PERIOD}")

    assert reader.page.locator("main figure.chart > .chart-still svg").first.is_visible()
