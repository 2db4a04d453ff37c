"""The interface gives the cells of the release, says which, and mends a bad question."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import polars as pl
import pytest
from flask.testing import FlaskClient

from api.tables import harmless_text
from data import indicators
from data.indicators import INDICATORS, Indicator
from data.releases import ReleaseStore
from layouts.words import catalogue


def ask(client: FlaskClient, **query: str) -> Any:
    return client.get(f"/api/v1/data?{urlencode(query)}")


def test_the_numbers_are_the_cells_of_the_release(client: FlaskClient, releases: Path) -> None:
    found = ask(client, dataset="agencies", indicator="received", by="sector", period="2019")
    table = ReleaseStore(releases).current().tables["agencies"]
    for row in found.get_json()["observations"]:
        cell = table.filter((pl.col("period") == "2019") & (pl.col("agency") == row["agency"]))
        assert row["received"] == cell["received"].item()
        assert row["received_status"] == cell["received_status"].item()


def test_an_answer_says_where_it_is_from(client: FlaskClient, releases: Path) -> None:
    body = ask(client, dataset="agencies", by="agency", period="2019").get_json()
    assert body["release"] == ReleaseStore(releases).current_id()
    assert body["query"]["release"] == body["release"]
    assert body["generated"] is True
    assert set(body["statuses"]) == {"A", "Q"}
    assert body["names"]["agency"]["AG001"]


def test_a_hidden_value_is_null_with_its_status_and_never_zero(client: FlaskClient) -> None:
    body = ask(client, dataset="agencies", indicator="received", by="agency,month").get_json()
    hidden = [row for row in body["observations"] if row["received_status"] == "Q"]
    assert hidden
    assert all(row["received"] is None for row in hidden)


def test_csv_has_the_same_cells_with_names_in_the_readers_language(client: FlaskClient) -> None:
    query = {"dataset": "agencies", "indicator": "received", "by": "sector", "period": "2019"}
    as_json = ask(client, **query).get_json()["observations"]
    answer = ask(client, **query, format="csv", lang="ru")
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert [int(row["received"]) for row in rows] == [row["received"] for row in as_json]
    assert rows[0]["agency_name"] == "Министерства"
    assert "agencies_received_by-sector_period-2019" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({}, "Unknown dataset"),
        ({"dataset": "nope"}, "Unknown dataset"),
        ({"dataset": "agencies", "by": "nope"}, "Unknown level"),
        ({"dataset": "agencies", "indicator": "nope"}, "No such table"),
        ({"dataset": "agencies", "indicator": "received_status"}, "Unknown indicator"),
        ({"dataset": "agencies", "by": "district"}, "No such table"),
        ({"dataset": "agencies", "period": "yesterday"}, "Unknown period"),
        ({"dataset": "agencies", "agency": "AG9999"}, "Unknown code"),
        ({"dataset": "agencies", "nope": "1"}, "Unknown parameter"),
        ({"dataset": "agencies", "format": "xml"}, "Bad parameter"),
        ({"dataset": "agencies", "lang": "fr"}, "Bad parameter"),
        ({"dataset": "agencies", "by": "x" * 501}, "Bad parameter"),
    ],
)
def test_a_bad_question_is_answered_with_the_way_to_mend_it(
    client: FlaskClient, query: dict[str, str], title: str
) -> None:
    answer = ask(client, **query)
    assert answer.status_code == 400
    assert answer.get_json()["title"] == title
    assert answer.get_json()["remedy"]


def test_a_parameter_given_twice_is_refused(client: FlaskClient) -> None:
    assert client.get("/api/v1/data?dataset=agencies&dataset=regions").status_code == 400


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/nope", "/api/v2/data"])
def test_an_unknown_address_of_the_interface_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_unknown_release_is_not_found(client: FlaskClient) -> None:
    answer = ask(client, dataset="agencies", release="2001.01.1-00000000")
    assert answer.status_code == 404
    assert ask(client, dataset="agencies", release="../..").status_code == 404


def test_a_bound_answer_may_be_kept_for_ever(client: FlaskClient, releases: Path) -> None:
    release_id = ReleaseStore(releases).current_id()
    bound = ask(client, dataset="agencies", release=release_id)
    assert "immutable" in bound.headers["Cache-Control"]
    assert ask(client, dataset="agencies").headers["Cache-Control"] == "no-cache"


def test_the_catalogue_lists_what_the_interface_answers(client: FlaskClient) -> None:
    tables = client.get("/api/v1/catalog").get_json()["tables"]
    assert tables
    for table in tables:
        grain = table["by"][0]
        answer = ask(
            client, dataset=table["dataset"], indicator=",".join(table["columns"]), by=grain
        )
        assert answer.status_code == 200, answer.text


def test_every_indicator_is_described(client: FlaskClient) -> None:
    body = client.get("/api/v1/indicators?lang=uz").get_json()
    assert [each["name"] for each in body["indicators"]] == list(INDICATORS)
    assert body["indicators"][0]["title"] == "Kelib tushgan murojaatlar"


def test_a_new_indicator_needs_no_change_here(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    formula = pl.col("open") / pl.col("received")
    new = Indicator("share_still_open", formula, "share", "lower", 1, "received", "x")
    monkeypatch.setitem(indicators.INDICATORS, "share_still_open", new)
    for part in ("", "_meaning", "_caution"):
        monkeypatch.setitem(dict_of("en"), f"indicator_share_still_open{part}", "Open share")
    body = client.get("/api/v1/indicators").get_json()
    assert body["indicators"][-1]["inputs"] == ["open", "received"]


def dict_of(lang: str) -> dict[str, Any]:
    messages = catalogue(lang)
    assert isinstance(messages, dict)
    return messages


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert harmless_text(text) == f"'{text}"


def test_a_plain_name_is_left_alone() -> None:
    assert harmless_text("Andijon viloyati") == "Andijon viloyati"
