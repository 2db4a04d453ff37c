"""Every word is there in four languages, with the same places for values and right plurals."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from data.analyses import ANALYSES
from data.codelists import LANGUAGES
from data.datasets import DATASETS, GRAINS, TABLES
from data.dimensions import DIMENSIONS
from data.errors import DeclarationError
from data.flags import FLAGS
from data.indicators import INDICATORS
from data.measures import MEASURES
from data.reports import REPORTS
from data.statuses import STATUSES
from layouts.shell import NAVIGATION, TOOLS
from layouts.sitemap import SITEMAP
from layouts.words import FOLDER, Words, catalogue

ENGLISH = catalogue("en")


def declared() -> set[str]:
    """The keys that the declarations ask for."""
    keys = {f"measure_{name}" for name in MEASURES} | {f"dimension_{name}" for name in DIMENSIONS}
    for name, indicator in INDICATORS.items():
        parts = ("", "_short") if indicator.limit_of else ("", "_short", "_meaning", "_caution")
        keys |= {f"indicator_{name}{part}" for part in parts}
        keys |= {f"unit_{indicator.unit}", f"better_{indicator.better}"}
    keys |= {f"level_{each.name}" for d in DIMENSIONS.values() for each in d.levels}
    keys |= {f"level_{grain}" for grain in GRAINS} | {f"table_{name}" for name in TABLES}
    keys |= {f"dataset_{name}{part}" for name in DATASETS for part in ("", "_description")}
    keys |= {f"{s.word}{part}" for s in STATUSES.values() for part in ("", "_meaning")}
    keys |= {f"page_{name}_{part}" for name in SITEMAP for part in ("title", "description")}
    keys |= {f"indicator_{name}_false_alarm" for name in FLAGS}
    keys |= {f"analysis_{name}" for name in ANALYSES} | reported()
    return keys | {f"navigation_{name}" for name in (*NAVIGATION, *TOOLS)}


def reported() -> set[str]:
    """The keys that the reports ask for."""
    keys = set()
    for name, report in REPORTS.items():
        keys |= {f"report_{name}{part}" for part in ("", "_text", "_source")}
        keys |= {f"figure_{each.name}" for each in report.figures}
        keys |= {f"figure_{each.name}" for each in report.ratios}
        keys |= {f"note_{note}" for note in report.notes} | {f"owner_{report.owner}"}
        for key in report.keys:
            keys |= {f"choice_{key.name}_{choice}" for choice in key.choices}
    return keys


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_declared_has_its_words(lang: str) -> None:
    missing = sorted(key for key in declared() if not catalogue(lang).get(key))
    assert not missing, f"add to locales/{lang}/site.po: {missing}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_languages_have_the_same_keys_and_places_for_values(lang: str) -> None:
    assert catalogue(lang).keys() == ENGLISH.keys()
    for key, message in catalogue(lang).items():
        assert places(message) == places(ENGLISH[key]), key


def places(message: str | tuple[str, ...]) -> set[str]:
    texts = [message] if isinstance(message, str) else message
    assert all(texts)
    return {place for text in texts for place in re.findall(r"\{(\w+)\}", text)}


@pytest.mark.parametrize("lang", ["uz", "uz-cyrl"])
def test_uzbek_is_written_in_its_own_letters(lang: str) -> None:
    for key, message in catalogue(lang).items():
        text = message if isinstance(message, str) else " ".join(message)
        if not key.startswith("language_"):
            assert not re.search(r"[oOgG]['‘’`]|[a-z]'[a-z]", text), f"{key}: use ʻ or ʼ: {text}"
    cyrillic = catalogue("uz-cyrl")["banner_generated"]
    assert not re.search(r"[A-Za-zʻ]", str(cyrillic))


def test_the_texts_of_uzbek_cyrillic_are_cyrillic() -> None:
    for key, message in catalogue("uz-cyrl").items():
        latin, both = catalogue("uz")[key], str(message)
        if message == latin and re.search(r"[A-Za-z]{3}", re.sub(r"\{\w+\}", "", both)):
            assert key.startswith("language_"), f"{key} is still Latin: {both}"


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "Найден 1 акт"),
        (3, "Найдено 3 акта"),
        (11, "Найдено 11 актов"),
        (1021, "Найден 1 021 акт"),
    ],
)
def test_russian_counts_in_three_forms(n: int, text: str) -> None:
    assert Words("ru")("acts_found", n=n).replace("\xa0", " ") == text


@pytest.mark.parametrize(
    ("lang", "number", "share", "day"),
    [
        ("uz", "1 234 567", "87,3%", "2019-yil 1-noyabr"),
        ("uz-cyrl", "1 234 567", "87,3%", "2019-йил 1-ноябр"),
        ("ru", "1 234 567", "87,3 %", "1 ноября 2019 года"),
        ("en", "1,234,567", "87.3%", "1 November 2019"),
    ],
)
def test_numbers_and_dates_are_written_as_the_reader_writes_them(
    lang: str, number: str, share: str, day: str
) -> None:
    words = Words(lang)
    assert words.number(1234567).replace("\xa0", " ") == number
    assert words.percent(87.3).replace("\xa0", " ") == share
    assert words.date("2019-11-01") == day


@pytest.mark.parametrize(
    ("lang", "year", "quarter", "month"),
    [
        ("uz", "2019", "2019-yil, III chorak", "2019-yil sentabr"),
        ("ru", "2019", "III квартал 2019 года", "сентябрь 2019 года"),
        ("en", "2019", "Q3 2019", "September 2019"),
    ],
)
def test_periods_are_written_in_words(lang: str, year: str, quarter: str, month: str) -> None:
    words = Words(lang)
    assert [words.period(code) for code in ("2019", "2019-Q3", "2019-09")] == [year, quarter, month]


def test_a_missing_word_fails_a_test_and_shows_english_to_a_reader() -> None:
    with pytest.raises(DeclarationError, match="no_such_word"):
        Words("ru")("no_such_word")
    assert Words("ru", strict=False)("no_such_word") == "no_such_word"


SOURCES = [
    path
    for room in ("layouts", "callbacks", "api")
    for path in (Path(__file__).resolve().parents[2] / room).rglob("*.py")
]
CYRILLIC = re.compile(r"[А-Яа-яЎўҚқҒғҲҳ]{2}")
ATTRIBUTES_FOR_PEOPLE = {"title", "label", "alt", "placeholder"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_text_for_people_stands_in_the_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not CYRILLIC.search(text)
    for call in (each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Call)):
        shown = [*call.args[:1]] if is_element(call) else []
        shown += [each.value for each in call.keywords if each.arg in ATTRIBUTES_FOR_PEOPLE]
        assert not [ast.unparse(each) for each in shown if is_sentence(each)]


def is_element(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "html"


def is_sentence(node: ast.expr) -> bool:
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and re.search(r"[A-Za-z]{3}", text) is not None


DERIVED = ("month_", "quarter_", "language_", "missing_", "unpublished_", "size_", "navigation_")


def test_no_word_of_the_shell_and_the_vocabulary_is_there_for_nothing() -> None:
    with (FOLDER / "en" / "site.po").open("rb") as file:
        keys = {str(message.id) for message in read_po(file) if message.id}
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES)
    unused = [
        key
        for key in sorted(keys - declared())
        if f'"{key}"' not in code and not key.startswith(DERIVED)
    ]
    assert not unused
