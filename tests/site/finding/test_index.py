"""A name leads to what it names: in each language and alphabet, with a mistake too."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.codelists import LANGUAGES
from data.folding import APOSTROPHES, folded
from layouts.finding.entries import UNLISTED, Entry
from layouts.finding.index import Index
from layouts.sitemap import SITEMAP
from layouts.view import View

UZBEK_APOSTROPHES = "ʻʼ"


def names(index: Index, lang: str) -> list[tuple[Entry, str]]:
    return [(entry, name) for entry in index.entries for each, name in entry.names if each == lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_finds_its_own_first(index: Index, lang: str) -> None:
    for entry, name in names(index, lang):
        first = index.find(name, "en").entries[0]
        assert folded(name) in {folded(each) for _, each in first.names}, name
        assert entry in index.find(name, "en").entries


@pytest.mark.parametrize("apostrophe", ["", *APOSTROPHES])
def test_any_apostrophe_or_none_finds_the_same(index: Index, apostrophe: str) -> None:
    table = str.maketrans(dict.fromkeys(UZBEK_APOSTROPHES, apostrophe))
    for _, name in names(index, "uz"):
        if name.translate(table) != name:
            assert index.find(name.translate(table), "uz") == index.find(name, "uz")


@pytest.mark.parametrize("kind", ["agency", "area", "indicator"])
def test_a_long_word_with_a_mistake_still_finds_what_it_names(index: Index, kind: str) -> None:
    chance = Random(11)  # noqa: S311 (repeatable, no secret)
    tried = found = 0
    for entry, name in names(index, "uz"):
        if entry.kind == kind and len(name) >= 8:
            tried += 1
            found += entry in index.find(mistaken(name, chance), "uz").entries
    assert tried
    assert found / tried > 0.97


def mistaken(name: str, chance: Random) -> str:
    """The name with one letter of its longest word left out, doubled or changed."""
    longest = max(name.split(), key=len)
    place = chance.randrange(1, len(longest) - 1)
    instead = chance.choice(("", "s", "o", longest[place] + "a"))
    return name.replace(longest, longest[:place] + instead + longest[place + 1 :])


def test_a_correction_is_told_in_the_readers_letters(index: Index) -> None:
    assert index.find("ташкант", "en").respelled == "Ташкент"
    assert index.find("tashkant", "ru").respelled == "Tashkent"
    assert index.find("toshkant viloyati", "uz").respelled == "Toshkent viloyati"
    assert index.find("Toshkent", "uz").respelled == ""


def test_what_was_corrected_finds_the_same_things_when_asked_again(index: Index) -> None:
    first = index.find("samarqnad", "uz")
    again = index.find(first.respelled, "uz")
    assert first.respelled == "Samarqand"
    assert set(first.entries) <= set(again.entries)


def test_all_words_count_before_some(index: Index) -> None:
    both = index.find("tashkent metro", "en").entries
    assert [entry.title("en") for entry in both] == ["Tashkent Metro"]
    some = index.find("tashkent zzzz", "en").entries
    assert some[0].title("en").startswith("Tashkent")
    assert index.find("tashkent qwzzzv", "en").missing == ("qwzzzv",)


def test_the_beginning_of_a_word_is_enough(index: Index) -> None:
    assert index.find("Қорақ", "ru").entries[0].title("en") == "Republic of Karakalpakstan"


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
@settings(max_examples=60)
def test_no_text_breaks_the_search(index: Index, text: str, lang: str) -> None:
    found = index.find(text, lang)
    assert len(set(found.entries)) == len(found.entries)


def test_every_page_without_a_code_can_be_found_that_says_something_by_itself(index: Index) -> None:
    pages = {entry.page for entry in index.entries if entry.kind == "page"}
    assert pages == {name for name, each in SITEMAP.items() if not each.coded_by} - UNLISTED


def test_every_entry_has_an_address_of_the_site(index: Index) -> None:
    for entry in index.entries:
        href = View("en", "home").href(page=entry.page, code=entry.code)
        assert href.startswith("/en/")
