"""Every indicator has somebody who answers for it, a day of review, a source, and a page that says
so in each language; every flag of quality says what else may explain it."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.flags import FLAGS
from data.indicators import INDICATORS
from layouts.components.codebook import translated
from layouts.words import Words
from tests.site.pages.reading_html import Read

LONGEST = timedelta(days=2 * 366)
"""How long a definition may go without anybody looking at it."""
TOLD = [name for name, each in INDICATORS.items() if not each.limit_of]


@pytest.mark.parametrize("name", INDICATORS)
def test_somebody_answers_for_an_indicator_and_looks_at_it_again(name: str) -> None:
    declared = INDICATORS[name]

    assert declared.owner.strip()
    assert declared.source.strip()
    assert declared.reviewed < declared.next_review <= declared.reviewed + LONGEST
    assert declared.told_by in TOLD


def test_a_limit_of_an_estimate_has_no_page_of_its_own(reader: FlaskClient) -> None:
    limits = [name for name in INDICATORS if name not in TOLD]

    assert limits
    assert {reader.get(f"/en/method/{name}").status_code for name in limits} == {404}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", TOLD)
def test_the_page_of_an_indicator_says_who_when_and_from_where(
    reader: FlaskClient, lang: str, name: str
) -> None:
    words, declared = Words(lang), INDICATORS[name]
    answer = reader.get(f"/{lang}/method/{name}")
    text = Read(answer.text).text

    assert answer.status_code == 200
    assert words(f"indicator_{name}") in text
    assert words(f"indicator_{name}_meaning") in text
    assert words(f"indicator_{name}_caution") in text
    for label, told in {
        "owner": translated("owner", declared.owner, words),
        "source": translated("source", declared.source, words),
        "reviewed": words.date(declared.reviewed),
        "next_review": words.date(declared.next_review),
    }.items():
        heading = words(f"indicator_page_{label}")
        assert f"{heading}{told}" in text, label


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FLAGS)
def test_the_page_of_a_flag_says_what_else_may_explain_it(
    reader: FlaskClient, lang: str, name: str
) -> None:
    words, text = Words(lang), Read(reader.get(f"/{lang}/method/{name}").text).text
    every = {words(f"indicator_{each}_false_alarm") for each in FLAGS}

    assert words(f"indicator_{name}_false_alarm") in text
    assert len(every) == len(FLAGS)
