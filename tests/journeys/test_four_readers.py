"""Four readers come with a question and leave with its answer, with scripts and without.

A mother in Moʻynoq on a phone, an aide who looks for his ministry, a journalist on deadline, and an
evaluator who recomputes everything.
"""

import csv
import json
from collections.abc import Callable
from io import StringIO

import pytest

from data.releases import Release
from layouts.words import Words
from tests.journeys.conftest import Visit
from tests.journeys.test_reader import row_of, spaced

pytestmark = pytest.mark.browser
Start = Callable[..., Visit]

PERIOD = "2018"
MOYNOQ = "1735222"
MINISTRY = "AG002"
BOTH_WAYS = pytest.mark.parametrize("has_scripts", [True, False])


def lines_of(reader: Visit, href: str) -> list[dict[str, str]]:
    """The lines of a CSV file that a page leads to."""
    answer = reader.page.request.get(reader.address + href)
    assert answer.ok
    return list(csv.DictReader(StringIO(answer.text())))


@BOTH_WAYS
def test_a_mother_finds_how_long_answers_take_in_her_district(
    visit: Start, release: Release, has_scripts: bool
) -> None:
    words, own = Words("uz"), row_of(release, "regions", period=PERIOD, area=MOYNOQ)
    reader = visit(has_scripts=has_scripts, width=360, height=640)
    reader.open("/uz/")
    reader.page.locator(".site-header input[name=q]").fill("muynak")
    reader.page.locator(".site-header .search-box button").click()
    reader.page.wait_for_url("**/uz/search?q=*")
    reader.settle()
    reader.follow(f"main a[href='/uz/regions/{MOYNOQ}']", f"/uz/regions/{MOYNOQ}")
    said = spaced(reader.text())
    for column in ("received", "median_days"):
        assert spaced(words.number(own[column])) in said
    assert reader.page.evaluate("document.documentElement.scrollWidth") == 360

    reader.page.locator("a[href^='/uz/feedback']").first.click()
    reader.page.wait_for_url("**/uz/feedback?about=*")


@BOTH_WAYS
def test_an_aide_sees_his_ministry_beside_others_of_its_kind(
    visit: Start, release: Release, has_scripts: bool
) -> None:
    words, reader = Words("ru"), visit(has_scripts=has_scripts)
    name = words.name(release.codelists["agency"], MINISTRY)
    reader.open("/ru/agencies")
    reader.page.locator("main input[name=q]").fill("внутренних дел")
    reader.page.locator("main form button").click()
    reader.page.wait_for_url("**/ru/agencies?*q=*")
    reader.settle()
    reader.page.locator(f"main tbody a[href^='/ru/agencies/{MINISTRY}']").first.click()
    reader.page.wait_for_url(f"**/ru/agencies/{MINISTRY}*")
    reader.page.wait_for_selector(f"h1:has-text('{name}')")
    reader.settle()
    reader.page.locator(f"main a[href^='/ru/compare?a={MINISTRY}']").first.click()
    reader.page.wait_for_url(f"**/ru/compare?a={MINISTRY}*")
    reader.page.wait_for_selector("main td")
    reader.settle()
    own = row_of(release, "agencies", period=PERIOD, agency=MINISTRY)
    said = spaced(reader.text())
    assert name in said
    assert spaced(words.number(own["received"])) in said
    assert spaced(words.percent(own["on_time_rate"])) in said


@BOTH_WAYS
def test_a_journalist_takes_a_number_with_its_proof_and_an_address_that_stays(
    visit: Start, release: Release, has_scripts: bool
) -> None:
    words, reader = Words("ru"), visit(has_scripts=has_scripts)
    own = row_of(release, "agencies", period=PERIOD, agency=MINISTRY)
    march = row_of(release, "agencies", period="2018-03", agency=MINISTRY)
    reader.open(f"/ru/agencies/{MINISTRY}?period={PERIOD}")
    taken = reader.page.locator("a[href^='/take/'][href*='agency-received.csv']").first
    lines = lines_of(reader, taken.get_attribute("href") or "")
    assert str(march["received"]) in {value for line in lines for value in line.values()}

    reader.page.locator("main a[href*='/ru/number?'][href*='column=received']").first.click()
    reader.page.wait_for_url("**/ru/number?*")
    # The address is there before its page: the checksum stands on that page alone.
    reader.page.wait_for_selector(f"text={release.manifest.files['agencies.csv'].sha256}")
    reader.settle()
    said = spaced(reader.text())
    assert spaced(words.number(own["received"])) in said

    stays = reader.page.locator(f"main a[href^='/ru/number'][href*='{release.id}']").first
    again = visit(has_scripts=has_scripts)
    again.open(stays.get_attribute("href") or "")
    assert spaced(words.number(own["received"])) in spaced(again.text())


@BOTH_WAYS
def test_an_evaluator_takes_everything_and_comes_to_the_same_rates(
    visit: Start, release: Release, has_scripts: bool
) -> None:
    reader = visit(has_scripts=has_scripts)
    reader.open("/en/data")
    hrefs = reader.page.locator("main a[href$='.csv']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    listed = {href.rsplit("/", 1)[-1] for href in hrefs}
    assert {f"{name}.csv" for name in release.manifest.tables} <= listed

    agencies = lines_of(reader, f"/releases/{release.id}/agencies.csv")
    judged = [line for line in agencies if line["on_time_rate"]]
    assert len(judged) > 100
    for line in judged:
        rate = 100 * int(line["on_time"]) / int(line["due"])
        assert float(line["on_time_rate"]) == pytest.approx(rate, abs=0.0501)

    manifest = reader.page.request.get(f"{reader.address}/releases/{release.id}/manifest.json")
    assert json.loads(manifest.text())["files"].keys() == release.manifest.files.keys()
