"""Readers tell of errors without telling who they are; nobody else's page can make them do so."""

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app import REPORTS_AT_ONCE, create_app
from config import Settings
from data.codelists import LANGUAGES
from data.mailbox import LARGEST_BOX, LARGEST_DAY, Allowance, Mailbox, Report
from layouts.reporting import KINDS, TRAP
from layouts.words import Words
from tests.site.pages.reading_html import Read

DAY = date(2026, 11, 24)
GIVEN = {"page": "/uz/agencies/AG001", "kind": "number", "text": "Bu son boshqacha edi, menimcha."}
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def box(tmp_path: Path) -> Path:
    return tmp_path / "box"


@pytest.fixture
def site(releases: Path, box: Path) -> Dash:
    return create_app(Settings(releases=releases, feedback=box, strict_words=True), lambda: DAY)


def send(client: FlaskClient, lang: str = "uz", **changed: object) -> TestResponse:
    headers = changed.pop("headers", OWN)
    data = {**GIVEN, **changed}
    return client.post(f"/{lang}/feedback", data=data, headers=headers)


def kept(box: Path) -> list[dict[str, str]]:
    files = sorted(box.glob("*.jsonl")) if box.is_dir() else []
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_is_kept_with_its_page_and_day_and_nothing_else(
    client: FlaskClient, box: Path, lang: str
) -> None:
    answer = send(client, lang)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/{lang}/feedback/thanks"
    assert kept(box) == [{"day": "2026-11-24", "lang": lang, **GIVEN}]
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_box_is_closed_to_others_and_holds_nothing_of_the_reader(
    client: FlaskClient, box: Path
) -> None:
    client.post(
        "/uz/feedback",
        data=GIVEN,
        headers={**OWN, "User-Agent": "Secret/1.0", "X-Forwarded-For": "203.0.113.9"},
        environ_base={"REMOTE_ADDR": "203.0.113.7"},
    )
    assert stat.S_IMODE(box.stat().st_mode) == 0o700
    (file,) = box.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not any(held in file.read_text() for held in ("Secret", "203.0.113", ":" * 2))


@pytest.mark.parametrize(
    ("field", "held", "name"),
    [
        ("text", "Menga +998 90 123 45 67 ga yozing", "phone"),
        ("text", "Mening pasportim AA1234567", "passport"),
        ("text", "JSHSHIR 31234567890123", "personal_number"),
        ("text", "Javobni a@b.uz ga yuboring", "email"),
        ("page", "/uz/search?q=a@b.uz", "email"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_of_a_person_are_not_kept_and_the_words_are_given_back(
    client: FlaskClient, box: Path, lang: str, field: str, held: str, name: str
) -> None:
    answer, words = send(client, lang, **{field: held}), Words(lang)
    assert answer.status_code == 400
    assert kept(box) == []
    fault = words("feedback_fault_personal", found=words(f"feedback_found_{name}"))
    assert fault in Read(answer.text).text
    assert held in answer.text
    assert 'value="number" required checked' in answer.text


def test_an_answer_with_a_readers_words_is_kept_by_nobody(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    words = "<b>Bu</b> matn, telefon 901234567"
    with caplog.at_level(0):
        answer = send(client, text=words)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "&lt;b&gt;Bu&lt;/b&gt; matn, telefon 901234567" in answer.text
    assert 'id="live"' not in answer.text, "a live page would draw the form anew, empty"
    assert "<script src" not in answer.text
    assert "901234567" not in caplog.text
    assert "901234567" not in client.get("/uz/feedback").text


def test_a_field_that_only_programs_fill_in_keeps_a_report_out(
    client: FlaskClient, box: Path
) -> None:
    answer = send(client, "en", **{TRAP: "https://elsewhere.example"})
    assert answer.status_code == 400
    assert Words("en")("feedback_fault_trapped") in Read(answer.text).text
    assert "elsewhere.example" not in answer.text
    assert kept(box) == []


def test_signs_that_steer_a_terminal_are_left_out(client: FlaskClient, box: Path) -> None:
    send(client, text="Bir\r\nikki\x1b[2J\x9b uch \u202eto\u2066rt\t7\u00a0160 ta")
    assert kept(box)[0]["text"] == "Bir\nikki[2J uch tort 7 160 ta"


def test_a_text_of_many_lines_is_measured_as_the_browser_does(
    client: FlaskClient, box: Path
) -> None:
    assert send(client, text="a\r\n" * 999 + "ab").status_code == 303
    assert len(kept(box)) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_form_of_another_site_is_refused(
    client: FlaskClient, box: Path, headers: dict[str, str]
) -> None:
    assert send(client, headers=headers).status_code == 403
    assert kept(box) == []


def test_a_browser_that_names_the_origin_alone_is_let_in(client: FlaskClient, box: Path) -> None:
    assert send(client, headers={"Origin": "http://localhost"}).status_code == 303
    assert len(kept(box)) == 1


@pytest.mark.parametrize(
    "changed",
    [{"text": "short"}, {"text": "x" * 2001}, {"kind": "praise"}, {"kind": ""},
     {"page": "/" * 301}, {"text": "          "}],
)  # fmt: skip
def test_what_is_missing_or_too_long_is_told(
    client: FlaskClient, box: Path, changed: dict[str, str]
) -> None:
    answer = send(client, "en", **changed)
    assert answer.status_code == 400
    assert Words("en")("feedback_fault_incomplete") in Read(answer.text).text
    assert escape(changed.get("text", GIVEN["text"]).strip()) in answer.text
    assert kept(box) == []


def test_other_bodies_and_ways_are_refused(client: FlaskClient, box: Path) -> None:
    assert client.post("/uz/feedback", json=GIVEN, headers=OWN).status_code == 415
    assert client.post("/uz/feedback?x=1", data=GIVEN, headers=OWN).status_code == 415
    assert send(client, text="x" * 40_000).status_code == 413
    assert send(client, "kaa").status_code == 404
    assert client.post("/uz/agencies", data=GIVEN, headers=OWN).status_code == 405
    assert client.put("/uz/feedback", data=GIVEN, headers=OWN).status_code == 405
    assert kept(box) == []


def test_too_many_at_once_are_told_to_wait(client: FlaskClient, box: Path) -> None:
    told = [send(client).status_code for _ in range(REPORTS_AT_ONCE + 1)]
    assert told == [303] * REPORTS_AT_ONCE + [429]
    assert len(kept(box)) == REPORTS_AT_ONCE


def test_a_box_that_cannot_be_written_is_no_fault_of_the_reader(
    client: FlaskClient, box: Path
) -> None:
    box.write_text("a file, no folder")
    answer = send(client, "ru")
    assert answer.status_code == 503
    assert Words("ru")("feedback_fault_unkept") in Read(answer.text).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_no_reports_are_taken_the_page_says_so_and_names_the_contact(
    releases: Path, lang: str
) -> None:
    settings = Settings(releases=releases, feedback=None, strict_words=True, contact="a@b.example")
    client, words = create_app(settings).server.test_client(), Words(lang)
    page = client.get(f"/{lang}/feedback").text
    assert '<form class="report-form' not in page
    assert words("feedback_closed") in page
    assert "mailto:a@b.example" in page
    answer = send(client, lang)
    assert answer.status_code == 503
    assert escape(GIVEN["text"]) in answer.text
    assert Settings.model_validate({"feedback": ""}).feedback is None


def test_a_site_that_can_write_nowhere_is_served_without_a_form(
    releases: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(releases=releases, feedback=tmp_path / "file" / "box", strict_words=True)
    client = create_app(settings).server.test_client()
    assert Words("uz")("feedback_closed") in client.get("/uz/feedback").text
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_without_a_release_there_is_no_form_and_no_failure(tmp_path: Path) -> None:
    settings = Settings(releases=tmp_path, feedback=None, strict_words=True)
    answer = send(create_app(settings).server.test_client())
    assert answer.status_code == 503
    assert Words("uz")("unpublished_title") in answer.text


@pytest.mark.parametrize("path", ["/en/", "/en/agencies/AG001?period=2019", "/en/search?q=<b>"])
def test_every_page_leads_to_the_form_with_its_own_address(client: FlaskClient, path: str) -> None:
    text = client.get(path).text
    (href,) = {each for each in Read(text).links if "/feedback?about=" in each}
    form = client.get(href).text
    shown = Read(form)
    assert shown.headings[0] == Words("en")("feedback_finding")
    assert 'action="/en/feedback"' in form
    assert form.count('name="kind"') == len(KINDS)
    assert 'name="page" value="/en/' in form


def test_an_address_in_the_form_is_text_and_nothing_else(client: FlaskClient) -> None:
    hostile = '/en/"><script>alert(1)</script>'
    text = client.get(f"/en/feedback?about={quote(hostile)}").text
    assert "<script>alert" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_says_what_is_kept_and_that_it_is_no_appeal(
    client: FlaskClient, lang: str
) -> None:
    words, text = Words(lang), Read(client.get(f"/{lang}/feedback").text).text
    assert words("feedback_privacy") in text
    assert words("feedback_appeals") in text


@given(st.integers(1, 20), st.lists(st.floats(0, 100), max_size=60))
def test_never_more_are_taken_than_the_allowance_grows(most: int, waits: list[float]) -> None:
    now = [0.0]
    allowance = Allowance(most, 10.0, lambda: now[0])
    taken = 0
    for wait in waits:
        now[0] += wait
        taken += allowance.take()
        assert taken <= most + now[0] / 10.0 + 1e-6


def box_of(folder: Path) -> Mailbox:
    return Mailbox(folder, Allowance(10**6, 1.0), lambda: DAY)


def test_a_flooded_box_fills_no_disk(tmp_path: Path) -> None:
    mailbox, report = box_of(tmp_path), Report("/uz/", "other", "x" * 200_000, "uz")
    for _ in range(LARGEST_DAY // 200_000):
        mailbox.put(report)
    with pytest.raises(OSError, match="quota"):
        mailbox.put(report)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= LARGEST_DAY


def test_the_days_together_have_a_bound_too(tmp_path: Path) -> None:
    with (tmp_path / "2026-01-01.jsonl").open("wb") as file:
        file.truncate(LARGEST_BOX - 10)
    with pytest.raises(OSError, match="quota"):
        box_of(tmp_path).put(Report("/uz/", "other", "x" * 20, "uz"))
    (tmp_path / "2026-01-01.jsonl").unlink()
    box_of(tmp_path).put(Report("/uz/", "other", "x" * 20, "uz"))


def test_a_line_that_finds_no_room_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox, report = box_of(tmp_path), Report("/uz/", "other", "Bu son boshqacha", "uz")
    mailbox.put(report)
    write = os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda target, line: write(target, line[:20]))
        with pytest.raises(OSError, match="space"):
            mailbox.put(report)
    mailbox.put(report)
    assert [line["text"] for line in kept(tmp_path)] == [report.text] * 2


def test_many_writers_keep_their_lines_apart(tmp_path: Path) -> None:
    boxes = [box_of(tmp_path) for _ in range(8)]
    texts = [letter * 5000 for letter in "abcdefgh"]
    with ThreadPoolExecutor(8) as pool:
        for box, text in zip(boxes, texts, strict=True):
            for _ in range(10):
                pool.submit(box.put, Report("/uz/", "other", text, "uz"))
    assert sorted(line["text"] for line in kept(tmp_path)) == sorted(texts * 10)
