"""What the server says of tables whose rows browsers sort: which, and in whose words."""

import re
from pathlib import Path

import pytest
from dash.development.base_component import Component

from data.codelists import LANGUAGES
from data.folding import LETTERS
from layouts.components.adjusted import adjusted_columns
from layouts.components.bands import BAND, BANDS, band_cell
from layouts.components.table import TOTAL_LINE, Column, Line, Sorting, Table, table
from layouts.components.table_tools import MARK, with_tools
from layouts.static import to_html
from layouts.words import Words

SCRIPT = (Path(__file__).resolve().parents[3] / "assets" / "tables.js").read_text("utf-8")
BY_NAME = Sorting("/en/agencies?sort=-name", "name", "ascending", "name")
LINES = [Line(name, ["1"]) for name in ("a", "b", "c")]


def sortable(*, rows: int = 3, by_address: bool = False, is_sortable: bool = False) -> Table:
    corner = Column("Name", is_number=False, sorting=BY_NAME if by_address else None)
    total = Line("All", ["3"], TOTAL_LINE)
    return Table(
        "Names", corner, [Column("Number")], [total, *LINES[:rows]], is_sortable=is_sortable
    )


def rows_to_sort(drawn: Component) -> int:
    return int(getattr(drawn, MARK, 0))


def test_only_a_table_that_is_said_to_be_sortable_gets_tools() -> None:
    assert rows_to_sort(table(sortable())) == 0
    assert "table-tools" not in to_html(table(sortable()))
    for shown in (sortable(by_address=True), sortable(is_sortable=True)):
        assert rows_to_sort(table(shown)) == 3
        assert to_html(table(shown)).count('<div class="table-tools"></div>') == 1


def test_a_total_is_not_counted_and_two_rows_need_no_sorting() -> None:
    assert rows_to_sort(table(sortable(rows=2, is_sortable=True))) == 0


def test_a_heading_tells_the_key_of_the_address_and_the_table_the_usual_order() -> None:
    html = to_html(table(sortable(by_address=True)))
    assert 'data-usual="name"' in html
    heading = re.findall(r"<th [^>]*>", html)[0]
    assert 'data-sort="name"' in heading
    assert 'aria-sort="ascending"' in heading
    assert "data-usual" not in to_html(table(sortable(is_sortable=True)))


def test_the_part_that_scrolls_is_called_by_the_caption() -> None:
    html = to_html(table(sortable()))
    assert re.search(r'class="table-frame" role="group" tabindex="0" aria-label="Names">', html)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_table_has_the_words_of_its_page(lang: str) -> None:
    words = Words(lang)
    html = to_html(with_tools(table(sortable(is_sortable=True)), words))
    said = dict(re.findall(r'data-(filter|rows|ascending|descending|published|mark)="(.*?)"', html))
    assert len(said) == 6
    assert said["rows"] == words("tables_rows", n=3, shown="{shown}")
    assert "{column}" in said["ascending"]
    assert "{row}" in said["mark"]


@pytest.mark.parametrize(
    ("n", "rows"), [(21, "из 21 строки"), (22, "из 22 строк"), (11, "из 11 строк")]
)
def test_russian_rows_are_counted_in_the_case_of_their_number(n: int, rows: str) -> None:
    assert Words("ru")("tables_rows", n=n, shown="1") == f"Показано 1 {rows}"


def test_a_band_is_sorted_by_its_place_and_not_by_its_word() -> None:
    cells = [to_html(band_cell({BAND: place}, Words("ru"))) for place in range(len(BANDS))]
    assert re.findall(r'data-value="(\d)"', "".join(cells)) == ["0", "1", "2", "3"]
    assert to_html(band_cell({BAND: None}, Words("ru"))) == ""


def test_what_nothing_may_be_ranked_by_has_no_heading_that_sorts() -> None:
    assert [column.sorting for column in adjusted_columns(Words("en"))] == [None, None]


def test_the_browser_spells_letters_as_the_server_does() -> None:
    listed = SCRIPT.partition("const CYRILLIC =")[2].partition(";")[0]
    pairs = dict(re.findall(r"(\w):(\w*)", listed))
    assert len(pairs) == 40
    assert {letter: LETTERS[letter] for letter in pairs} == pairs


def test_the_script_has_no_words_for_people() -> None:
    code = re.sub(r"/\*.*?\*/", "", SCRIPT, flags=re.DOTALL)
    texts = re.findall(r'"([^"\n]*)"', code)
    sentences = [text for text in texts if re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", text)]
    assert sentences == []
