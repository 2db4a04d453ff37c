"""Readers find what they look for, with the keyboard alone, with scripts and without."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route

from data.folding import folded
from data.releases import Release
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser

Start = Callable[..., Visit]
SCRIPT = Path(__file__).resolve().parents[2] / "assets" / "suggestions.js"
FIELD = ".site-header input[name=q]"
OPTIONS = ".suggestions [role=option]"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("has_scripts", [True, False])
def test_from_any_page_to_a_region_by_its_name_in_another_alphabet(
    visit: Start, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts)
    reader.open("/en/method")
    reader.page.locator(FIELD).fill("бухоро")
    reader.page.locator(".site-header .search-box button").click()
    reader.page.wait_for_url("**/en/search?q=*")
    reader.settle()
    reader.follow("main a[href='/en/regions/1706']", "/en/regions/1706")
    assert reader.page.locator("h1").inner_text() == "Bukhara Region"


def test_suggestions_are_walked_with_the_keyboard(visit: Start) -> None:
    reader = visit(has_scripts=True)
    reader.open("/uz/")
    field = reader.page.locator(FIELD)
    field.focus()
    reader.page.keyboard.type("buxoro", delay=20)
    reader.page.wait_for_selector(OPTIONS)
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "true"
    reader.page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert reader.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    reader.page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    reader.page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "buxoro"
    reader.page.keyboard.press("ArrowDown")
    reader.page.wait_for_selector(OPTIONS)
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/uz/regions/1706")
    reader.settle()
    assert reader.page.locator("h1").inner_text() == "Buxoro viloyati"


def test_a_suggestion_can_be_clicked_and_forgives_a_mistake(visit: Start) -> None:
    reader = visit(has_scripts=True, width=360)
    reader.open("/ru/agencies")
    reader.page.locator(FIELD).focus()
    reader.page.keyboard.type("бухар", delay=20)
    reader.page.wait_for_selector(OPTIONS)
    reader.page.locator(FIELD).fill("")
    reader.page.keyboard.type("бухврс", delay=20)
    reader.page.locator(FIELD).fill("бухврская")
    reader.page.wait_for_selector(OPTIONS)
    reader.page.locator(OPTIONS).first.click()
    reader.page.wait_for_url("**/ru/regions/1706*")
    reader.settle()


def test_the_open_list_has_no_barrier(visit: Start) -> None:
    reader = visit(has_scripts=True)
    reader.open("/uz-cyrl/agencies")
    reader.page.locator(FIELD).focus()
    reader.page.keyboard.type("вазирлик", delay=20)
    reader.page.wait_for_selector(OPTIONS)
    reader.page.keyboard.press("ArrowDown")
    found = Axe().run(reader.page, options=RULES).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []


def test_what_was_typed_before_the_live_page_came_is_kept(visit: Start) -> None:
    reader = visit(has_scripts=True)
    reader.page.route("**/_dash-update-component", lambda route: hold(reader, route))
    reader.page.goto(f"{reader.address}/en/agencies")
    reader.page.locator(f"#still {FIELD}").focus()
    reader.page.keyboard.type("navo")
    reader.settle()
    assert reader.page.locator(FIELD).input_value() == "navo"
    reader.page.keyboard.type("i")
    assert reader.page.locator(FIELD).input_value() == "navoi"


def hold(reader: Visit, route: Route) -> None:
    reader.page.wait_for_timeout(600)
    route.continue_()


def test_the_browser_folds_as_the_server_does(visit: Start, release: Release) -> None:
    function = re.search(r"function folded.*?\n  }\n", SCRIPT.read_text(), re.DOTALL)
    assert function is not None
    reader = visit(has_scripts=True)
    reader.open("/en/")
    address = f"{reader.address}/suggestions/{release.id}/en.json"
    index = json.loads(reader.page.request.get(address).text())
    names = [
        name for codes in release.codelists.values() for c in codes.codes for _, name in c.names
    ]
    texts = [*names, *map(str.upper, names), "Ўзб", "й ў ё", "ＱＸ ½ ŉ ş", "tts-kkh İı"]
    page_folds = reader.page.evaluate(
        f"([texts, index]) => {{ {function[0]} return texts.map((text) => folded(text, index)); }}",
        [texts, index],
    )
    assert page_folds == [folded(text) for text in texts]


def test_a_link_to_a_term_leads_to_its_line(visit: Start) -> None:
    reader = visit(has_scripts=True)
    reader.open("/en/agencies")
    reader.page.locator("main .terms a[href='/en/glossary#term-median']").click()
    reader.page.wait_for_selector("#live #term-median:target")
    assert reader.page.locator("#live #term-median").is_visible()
    assert (
        reader.page.evaluate("document.querySelector('#term-median').getBoundingClientRect().top")
        < 400
    )
    reader.open("/en/glossary#term-theme")
    assert reader.page.locator("#live #term-theme:target").count() == 1
