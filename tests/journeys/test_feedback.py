"""A reader tells of an error: what was typed is never lost, and nobody learns who it was."""

import json

import pytest

from data.codelists import LANGUAGES
from layouts.words import Words
from tests.journeys.conftest import Visit
from tests.journeys.test_reader import AGENCY, Start

pytestmark = pytest.mark.browser
TEXT = "Bu yerdagi son boshqacha edi, telefonim 90 123 45 67"


def send(reader: Visit) -> None:
    reader.page.locator(".report-form button").click()
    reader.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("has_scripts", [True, False])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_a_page_to_thanks_with_the_words_given_back_once(
    visit: Start, tmp_path_factory: pytest.TempPathFactory, lang: str, has_scripts: bool
) -> None:
    words, reader = Words(lang), visit(has_scripts=has_scripts)
    reader.open(f"/{lang}/agencies/{AGENCY}")
    about = f"/{lang}/feedback?about=%2F{lang}%2Fagencies%2F{AGENCY}"
    reader.follow(".site-footer a[href*='/feedback?']", about)
    reader.page.locator("[value=number]").check()
    reader.page.locator("textarea").fill(TEXT)
    send(reader)
    assert words("feedback_not_kept") in reader.text()
    assert reader.page.locator("textarea").input_value() == TEXT
    assert reader.page.locator("[value=number]").is_checked()
    assert reader.page.evaluate("document.activeElement.name") == "text"

    reader.page.locator("textarea").fill(TEXT.partition(",")[0])
    send(reader)
    assert reader.page.url == f"{reader.address}/{lang}/feedback/thanks"
    box = tmp_path_factory.getbasetemp() / "journeys0-feedback"
    last = [line for file in box.iterdir() for line in file.read_text().splitlines()][-1]
    told = json.loads(last)
    assert told.pop("day") == next(box.iterdir()).stem
    page = f"/{lang}/agencies/{AGENCY}"
    assert told == {
        "page": page, "kind": "number", "text": TEXT.partition(",")[0], "lang": lang,
    }  # fmt: skip
    assert reader.page.context.cookies() == []
    reader.faults = [each for each in reader.faults if "status of 400" not in each]


def test_what_was_typed_before_the_live_page_came_stays(visit: Start) -> None:
    reader = visit(has_scripts=True)
    let_go = reader.hold_live_page()
    reader.page.goto(f"{reader.address}/en/feedback")
    reader.page.locator("#still [value=barrier]").check()
    reader.page.locator("#still textarea").fill("The chart cannot be")
    let_go()
    assert reader.page.locator("textarea").input_value() == "The chart cannot be"
    assert reader.page.locator("[value=barrier]").is_checked()
