"""A table of the reader's own shows published cells; page, file and interface show the same."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api import tables
from data.codelists import LANGUAGES
from data.indicators import INDICATORS
from data.releases import Release
from data.statuses import STATUSES
from layouts.components import cut as cuts
from layouts.components.cut import Cut, cut_of, key_of, levels_of, members
from layouts.view import View, tidy
from layouts.words import Words
from tests.site.pages.reading_html import Read

Value = tuple[str, str]
"""A number as text ("" for none) and its status."""


@dataclass(frozen=True)
class Asked:
    """A choice on the page, as its address has it."""

    state: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        return urlencode(self.state, safe=",")

    def cut(self, release: Release) -> Cut:
        found = cut_of(View("en", "table", state=self.state, release_id=release.id), release)
        assert found is not None
        return found


@st.composite
def choices(draw: st.DrawFn, release: Release) -> Asked:
    """A table, some columns, what runs down and across, and codes that are kept or left out."""
    record = draw(st.sampled_from(list(release.manifest.tables.values())))
    table = record.table
    levels = levels_of(table, release)
    down, across = draw(st.sampled_from(levels)), draw(st.sampled_from(("", *levels)))
    state = {"table": table.name, "down": down, "across": across}
    columns = [n for n in release.tables[table.name].columns if f"{n}_status" in
               release.tables[table.name].columns]  # fmt: skip
    shown = draw(st.lists(st.sampled_from(columns), min_size=1, max_size=3, unique=True))
    state["show"] = ",".join(shown)
    for level in {down, across} - {""}:
        codes = members(release, table, level)
        some = draw(st.lists(st.sampled_from(codes), max_size=4, unique=True))
        state[key_of(level)] = ",".join(some)
        is_turned: bool = draw(st.booleans())
        if some and is_turned:
            state["except"] = ",".join((state.get("except", ""), key_of(level))).strip(",")
    return Asked(tidy("table", state.items()))


def of_page(reader: FlaskClient, asked: Asked, lang: str = "en") -> dict[Value, list[str]]:
    """By row and column heading, what is written there, over all parts of the page."""
    found: dict[Value, list[str]] = {}
    for part in range(1, 400):
        page = Read(reader.get(f"/{lang}/table?{asked.query}&part={part}").text)
        if not page.tables:
            return {}
        heads, *lines = page.tables[0]
        for line in lines:
            for head, cell in zip(heads[1:], line[1:], strict=True):
                found.setdefault((line[0], head), []).append(cell)
        if not any(f"part={part + 1}" in link for link in page.links):
            return found
    raise AssertionError("the page has no last part")


def of_file(reader: FlaskClient, asked: Asked) -> list[list[str]]:
    answer = reader.get(f"/api/v1/table?{asked.query}")
    assert answer.status_code == 200, answer.text
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))


def values_of_file(
    cut: Cut, lines: list[list[str]]
) -> Iterator[tuple[tuple[str, str, str], Value]]:
    """By the codes down and across and the column, the value and status in the file."""
    keys = lines[0].index("release") - 2 * cut.width
    for line in lines[1:]:
        cells = iter(line[keys:])
        for across in cut.across_codes:
            for name in cut.names:
                yield (line[0], across, name), (next(cells), next(cells))


def values_of_interface(reader: FlaskClient, cut: Cut) -> dict[tuple[str, str, str], Value]:
    pairs = [(key, value) for key, value in cuts.bound(cut).parameters() if value]
    answer = reader.get(f"/api/v1/data?{urlencode(pairs)}")
    assert answer.status_code == 200, answer.text
    rows = json.loads(answer.text, parse_float=str, parse_int=str)["observations"]
    down, across = key_of(cut.down), key_of(cut.across) if cut.across else ""
    return {
        (row[down], row[across] if across else "", name): (row[name] or "", row[f"{name}_status"])
        for row in rows
        for name in cut.names
    }


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_page_file_and_interface_have_the_same_cells(
    reader: FlaskClient, whole: Release, data: st.DataObject
) -> None:
    asked = data.draw(choices(whole))
    cut = asked.cut(whole)
    if not 0 < cut.size <= 4_000:
        return
    filed = dict(values_of_file(cut, of_file(reader, asked)))
    assert filed
    assert filed == values_of_interface(reader, cut)
    shown = [cell for cells in of_page(reader, asked).values() for cell in cells]
    assert sorted(shown) == sorted(written(key[2], *value) for key, value in filed.items())


def written(name: str, value: str, status: str) -> str:
    """What the English page has to show for a value of the file."""
    words, sign = Words("en"), STATUSES[status]
    said = f"{sign.sign}{words(sign.word)}"
    if not value:
        return said
    declared = INDICATORS.get(name)
    if declared is None:
        number = words.number(int(value))
    elif declared.unit == "share":
        number = words.percent(float(value), declared.decimals)
    else:
        number = words.decimal(float(value), declared.decimals)
    return f"{number}{said}" if sign.sign else number


def test_what_is_left_out_is_not_shown_and_all_else_is(reader: FlaskClient, whole: Release) -> None:
    themes = set(whole.codelists["theme"].at("theme"))
    base = "table=region_by_theme&down=theme&show=received&period=2018"
    only = of_file(reader, Asked(tidy("table", [("table", "region_by_theme"), ("down", "theme"),
                                                ("theme", "health,land")])))  # fmt: skip
    assert {line[0] for line in only[1:]} == {"health", "land"}
    rest = csv.reader(
        StringIO(reader.get(f"/api/v1/table?{base}&theme=health,land&except=theme").text)
    )
    assert {line[0] for line in [*rest][1:]} == themes - {"health", "land"}


def test_boxes_ticked_in_a_plain_form_mean_the_same_as_one_list(reader: FlaskClient) -> None:
    ticked = reader.get(
        "/en/table?table=agencies&down=agency&agency=AG002&agency=AG001&show=received"
    )
    listed = reader.get("/en/table?agency=AG001,AG002&down=agency&show=received")
    assert Read(ticked.text).tables == Read(listed.text).tables
    canonical = re.search(r'rel="canonical" href="([^"]+)"', ticked.text)
    assert canonical is not None
    assert canonical[1] == "/en/table?agency=AG001,AG002&amp;down=agency&amp;show=received"


def test_more_than_may_be_shown_is_cut_with_a_warning_and_a_way_to_all_of_it(
    reader: FlaskClient, whole: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cuts, "MOST_CELLS", 500)
    state = tidy("table", [("table", "regions"), ("down", "district"), ("across", "month"),
                           ("show", "received")])  # fmt: skip
    asked = Asked(state)
    page = Read(reader.get(f"/en/table?{asked.query}").text)
    cut = asked.cut(whole)
    assert cut.is_cropped
    assert f"You asked for {cut.size:,} cells." in page.text
    assert f"/releases/{whole.id}/regions.csv" in page.links
    lines = of_file(reader, asked)
    assert 500 - cut.width < (len(lines) - 1) * cut.width <= 500


def test_page_and_interface_have_one_limit() -> None:
    assert cuts.MOST_CELLS == tables.MOST_CELLS == 25_000


def test_every_sign_of_a_missing_number_is_explained(reader: FlaskClient) -> None:
    page = reader.get("/en/table?table=agency_by_theme&down=agency&across=theme&period=2018").text
    assert "Hidden to protect people" in page
    assert "It is not zero." in page


def test_two_levels_of_one_key_cannot_run_both_ways(whole: Release) -> None:
    state = tidy("table", [("table", "regions"), ("down", "region"), ("across", "district")])
    assert Asked(state).cut(whole).across == ""


def test_codes_of_another_level_leave_the_choice_open(whole: Release) -> None:
    state = tidy("table", [("down", "sector"), ("agency", "AG001")])
    assert Asked(state).cut(whole).down_codes == whole.codelists["agency"].at("sector")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_choice_that_leaves_nothing_says_so(
    reader: FlaskClient, whole: Release, lang: str
) -> None:
    kinds = ",".join(whole.codelists["kind"].at("kind"))
    query = f"table=agency_by_kind&down=kind&kind={kinds}&except=kind"
    assert Words(lang)("table_empty") in reader.get(f"/{lang}/table?{query}").text


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("table=nope", "Unknown table"),
        ("nope=1", "Unknown parameter"),
        ("lang=fr", "Bad parameter"),
    ],
)
def test_the_file_of_a_bad_choice_is_refused_with_a_remedy(
    reader: FlaskClient, query: str, title: str
) -> None:
    answer = reader.get(f"/api/v1/table?{query}")
    assert answer.status_code == 400
    assert json.loads(answer.text)["title"] == title


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("agency=AG001,AG002", "Too many codes"),
        ("agency=AG001&except=agency", "Too many codes"),
        ("by=agency&except=agency", "Nothing to leave out"),
        ("by=agency&agency=", "Unknown code"),
        ("by=agency&agency=AG001,nope", "Unknown code"),
        ("by=month&period=2018-01,soon", "Unknown period"),
    ],
)
def test_the_interface_adds_nothing_up(reader: FlaskClient, query: str, title: str) -> None:
    answer = reader.get(f"/api/v1/data?dataset=agencies&{query}")
    assert answer.status_code == 400, answer.text
    assert json.loads(answer.text)["title"] == title


def test_names_in_the_file_are_harmless_and_in_the_readers_language(reader: FlaskClient) -> None:
    answer = reader.get("/api/v1/table?down=sector&show=received&lang=ru")
    assert "Министерства" in answer.text
    lines = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))
    assert {line["data"] for line in lines} == {"generated"}
    assert answer.headers["Content-Disposition"].endswith(".csv")
