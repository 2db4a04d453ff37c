"""The page about protection says what the release says, shows its checker, leads to the proof."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.errors import ReleaseError, UnknownReleaseError
from data.releases import Release, ReleaseStore
from layouts.disclosure import EXAMPLE, FILES
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import CHECKER, DISCLOSURE, publish_whole

PATH = "method/disclosure"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_numbers_are_those_of_the_release(reader: FlaskClient, lang: str) -> None:
    words = Words(lang)
    page = Read(reader.get(f"/{lang}/{PATH}").text)
    assert words.percent(4.6) in page.headings[0]
    for name in ("cells_published", "cells_hidden"):
        assert words.number(int(str(DISCLOSURE[name]))) in page.text
    for name in ("attack_rounds", "counterfactual_tables", "mature_after_days"):
        assert str(DISCLOSURE[name]) in page.text
    assert words.percent(0.065, 2) in page.text


def test_each_table_says_how_much_of_it_is_hidden(reader: FlaskClient, whole: Release) -> None:
    words = Words("en")
    lines = {line[0]: line[1:3] for line in Read(reader.get(f"/en/{PATH}").text).tables[1][1:]}
    assert lines == {
        words(f"table_{name}"): [
            words.number(record.rows),
            words.number(record.hidden[record.table.base]),
        ]
        for name, record in whole.manifest.tables.items()
    }


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_proof_can_be_taken_from_the_page(
    reader: FlaskClient, whole: Release, name: str
) -> None:
    address = f"/releases/{whole.id}/{name}"
    assert address in Read(reader.get(f"/uz/{PATH}").text).links
    assert reader.get(address).status_code == 200


def test_the_checker_is_shown_as_it_lies_in_the_release(reader: FlaskClient) -> None:
    assert CHECKER in Read(reader.get(f"/en/{PATH}").text).text


@pytest.mark.parametrize("path", ["", "agencies", "method", "method/on_time_rate", "data"])
def test_every_page_leads_to_it(reader: FlaskClient, path: str) -> None:
    assert f"/ru/{PATH}" in Read(reader.get(f"/ru/{path}").text).links


def test_what_is_not_guaranteed_is_said(reader: FlaskClient) -> None:
    text = Read(reader.get(f"/en/{PATH}").text).text
    assert "No differential privacy is promised" in text
    assert "Whoever knows more than is published can learn more" in text


def test_the_example_hides_one_number_too_few_and_then_enough() -> None:
    *parts, total = EXAMPLE.values()
    counted, alone, published = zip(*parts, strict=True)
    assert sum(counted) == total[0]
    assert alone.count(None) == 1
    assert published.count(None) == 2


def test_a_release_from_before_the_proof_says_so(client: FlaskClient) -> None:
    page = Read(client.get(f"/en/{PATH}").text)
    assert "before releases carried a proof" in page.text
    assert "Check it yourself" not in page.headings


def test_a_changed_file_of_a_release_is_not_read(tmp_path: Path) -> None:
    store, release_id = ReleaseStore(tmp_path), publish_whole(tmp_path)
    assert store.content(release_id, "check.py") == CHECKER.encode()
    (tmp_path / release_id / "check.py").write_text("print('all is well')\n")
    with pytest.raises(ReleaseError, match="Damaged file"):
        store.content(release_id, "check.py")
    with pytest.raises(UnknownReleaseError):
        store.content(release_id, "../current")
