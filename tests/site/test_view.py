"""An address says everything about a view, and equal views have equal addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.sitemap import SITEMAP, find
from layouts.view import View, parse_query, tidy

AGENCIES = View("en", "agencies", state=(("period", "2019"),))
RELEASE = "2019.11.1-0a1b2c3d"


def test_an_address_holds_language_page_code_and_state() -> None:
    assert View("ru", "home").href(page="agency", code="AG001", period="2019") == (
        "/ru/agencies/AG001?period=2019"
    )


def test_another_language_keeps_path_and_query() -> None:
    assert AGENCIES.href(lang="uz-cyrl") == "/uz-cyrl/agencies?period=2019"


def test_another_page_starts_without_the_state_of_this_one() -> None:
    assert AGENCIES.href(page="regions") == "/en/regions"


def test_a_bound_release_stays_in_the_address_from_page_to_page() -> None:
    bound = View("en", "agencies", state=(("release", RELEASE),))
    assert bound.href(page="regions") == f"/en/regions?release={RELEASE}"
    assert bound.href(release=None) == "/en/agencies"


def test_unknown_keys_and_values_of_another_form_are_dropped() -> None:
    assert parse_query("agencies", "?period=2019&utm=x&sort=%3Cscript%3E") == (("period", "2019"),)


def test_the_first_of_two_values_counts() -> None:
    assert parse_query("agencies", "period=2019&period=2018") == (("period", "2019"),)


def test_a_query_that_is_too_long_counts_as_nothing() -> None:
    assert parse_query("agencies", "period=2019&" + "a=1&" * 160) == ()
    assert parse_query("agencies", "period=2019&x=" + "y" * 2000) == ()


@given(st.lists(st.tuples(st.sampled_from(["period", "sort", "release", "x"]), st.text())))
def test_an_address_read_back_is_the_same_view(given_state: list[tuple[str, str]]) -> None:
    view = View("uz", "agencies", state=tidy("agencies", given_state))
    assert parse_query("agencies", view.href().partition("?")[2]) == view.state


@pytest.mark.parametrize("name", SITEMAP)
def test_every_address_of_the_sitemap_finds_its_page(name: str) -> None:
    path = SITEMAP[name].path.format(code="AG001")
    found = find(path)
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize("path", ["agencies/", "agencies/a/b", "agencies/..%2f", "admin", "x\n"])
def test_a_path_of_no_page_finds_nothing(path: str) -> None:
    assert find(path) is None
