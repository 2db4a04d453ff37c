"""Two quoted percentages beside every share of the release: what is found, and said of them."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.releases import Release
from layouts.words import Words
from tests.site.pages.analysed import publish_analysed
from tests.site.pages.reading_html import Read
from tests.site.small_release import client_over

Rows = dict[tuple[str, str], dict[str, float]]


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, Release]:
    root: Path = tmp_path_factory.mktemp("analysed")
    release = publish_analysed(root, ["denominators"])
    return client_over(root), release


def rows(release: Release, period: str = "2018") -> Rows:
    found = release.analyses["denominators"].filter(period=period).to_dicts()
    return {(row["event"], row["whole"]): row for row in found}


def get(client: FlaskClient, lang: str = "en", **query: str) -> Read:
    answer = client.get(f"/{lang}/claims", query_string={"period": "2018", **query})
    assert answer.status_code == 200
    return Read(answer.text)


def shares(page: Read, lang: str = "en") -> list[list[list[str]]]:
    """The tables of what a claim can be."""
    corner = Words(lang)("claims_share_of")
    return [table for table in page.tables if table[0][0] == corner]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_the_two_claims_that_were_quoted_and_says_so(
    analysed: tuple[FlaskClient, Release], lang: str
) -> None:
    words, page = Words(lang), get(analysed[0], lang)
    assert words.percent(84, 0) in page.headings[0]
    assert words.percent(55, 0) in page.headings[0]
    assert words("claims_quoted", year="2024") in page.text
    sentence = words(
        "claims_rest_not",
        event_a=words("claims_event_positive"),
        event_b=words("claims_event_not_positive"),
        a=words.percent(84, 0),
        b=words.percent(55, 0),
        sum=words.percent(139, 0),
    )
    assert sentence in page.text


def test_every_share_of_the_release_stands_with_its_counts(
    analysed: tuple[FlaskClient, Release],
) -> None:
    page, words = get(analysed[0]), Words("en")
    shown = [line[1:2] + line[3:] for line in page.tables[0][1:]]
    meant = [(e, w) for e, w in rows(analysed[1]) if e in {"satisfied", "positive"}]
    found = rows(analysed[1])
    expected = [
        [words.percent(row["share"], 2), words.number(row["part"]), words.number(row["base"])]
        for row in (found[pair] for pair in meant)
    ]
    assert sorted(shown) == sorted(expected)
    assert len(shown) == 8


def test_shares_within_rounding_are_found_and_said_to_be_of_two_wholes(
    analysed: tuple[FlaskClient, Release],
) -> None:
    client, release = analysed
    found = rows(release)
    a = f"{found['satisfied', 'rated']['share']:.1f}"
    b = f"{found['not_positive', 'received']['share']:.1f}"
    page = get(client, a=a, b=b)
    assert "Yes, and yet they are not shares of the same whole" in page.text
    marked = [line[0] for table in page.tables for line in table if line[2] == "within rounding"]
    assert "applicant gave 4 or 5, of those whose applicant gave a mark" in marked
    assert "not resolved positively, of all received" in marked


def test_two_parts_of_one_whole_are_said_to_be_of_the_same(
    analysed: tuple[FlaskClient, Release],
) -> None:
    client, release = analysed
    found = rows(release)
    a = f"{found['positive', 'decided']['share']:.2f}"
    b = f"{found['not_positive', 'decided']['share']:.2f}"
    page = get(client, a=a, a_says="positive", b=b)
    assert "as shares of the same whole" in page.text
    assert "they can be shares of the same whole" in page.text


def test_how_many_are_known_to_be_satisfied_are_the_cells_of_the_file(
    analysed: tuple[FlaskClient, Release],
) -> None:
    page, words, found = get(analysed[0]), Words("en"), rows(analysed[1])
    known = found["satisfied", "received"]
    base, part = words.number(known["base"]), words.number(known["part"])
    assert f"Of {base} appeals received, {part} (" in page.text
    both = found["not_positive", "received"]
    least, most = (words.number(both[f"satisfied_{end}"]) for end in ("least", "most"))
    assert f"at least {least} and at most {most} have an applicant" in page.text


@pytest.mark.parametrize("typed", ["abc", "101", "84,777", '"><script>alert(1)</script>'])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_percentage_is_answered_with_what_to_write(
    analysed: tuple[FlaskClient, Release], lang: str, typed: str
) -> None:
    words = Words(lang)
    answer = analysed[0].get(f"/{lang}/claims", query_string={"a": typed})
    assert answer.status_code == 200
    assert words("claims_wrong", name=words("claims_a")) in Read(answer.text).text
    assert 'aria-invalid="true"' in answer.text
    assert "<script>alert" not in answer.text
    assert not shares(Read(answer.text), lang)


def test_a_word_that_no_claim_says_is_not_listened_to(
    analysed: tuple[FlaskClient, Release],
) -> None:
    assert get(analysed[0], a_says="nonsense", z="1").headings == get(analysed[0]).headings


def test_a_release_without_the_file_says_that_it_cannot_tell(reader: FlaskClient) -> None:
    page = get(reader)
    assert "claims cannot be held against it" in page.text
    assert not shares(page)


def test_the_ways_to_the_page_stand_where_shares_are_shown(reader: FlaskClient) -> None:
    for path in ("", "outcomes?period=2018", "agencies/AG002"):
        assert "/en/claims" in Read(reader.get(f"/en/{path}").text).links
