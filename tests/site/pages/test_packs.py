"""The pack of a page holds everything that someone who writes about it needs, and nothing else."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

import layouts
from api.packs import zipped
from data.releases import Release, ReleaseStore
from layouts.components.exhibit import exhibits
from layouts.site import Site
from layouts.taken import PACK, taken_href
from layouts.words import Words, all_words
from tests.site.pages.reading_html import Read
from tests.site.pages.taking import href, rows_of, views
from tests.site.small_release import site_over

PAPERS = {
    "README.txt",
    "citation.bib",
    "citation.txt",
    "codebook.csv",
    "method.txt",
    "not-to-be-concluded.txt",
    "tables.xlsx",
}


@pytest.fixture(scope="module")
def site(root: Path, whole: Release) -> Site:
    assert whole.id
    return Site(ReleaseStore(root), all_words(strict=True), layouts.PAGES)


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_page_with_numbers_has_a_pack_and_a_link_to_it(
    site: Site, reader: FlaskClient
) -> None:
    for view in views(site, "uz"):
        has_numbers = any(True for _ in exhibits(site.content(view)))
        address = taken_href(view, PACK)
        page = Read(reader.get(view.href()).text)
        assert (address in page.links) == has_numbers, view
        assert reader.get(address).status_code == (200 if has_numbers else 404), view


def test_a_pack_holds_the_files_of_each_exhibit_as_they_are_alone(
    site: Site, reader: FlaskClient
) -> None:
    view = site.view_at("/ru/agencies/AG001", "period=2018")
    assert view is not None
    files = opened(reader.get(taken_href(view, PACK)).data)
    assert files.keys() >= PAPERS
    shown = [exhibit for _, exhibit in exhibits(site.content(view))]
    assert len(shown) > 8
    for number, exhibit in enumerate(shown, 2):  # the first are the headlines
        for form in ("csv", *(("svg", "png") if exhibit.drawing else ())):
            alone = reader.get(href(view, exhibit, form)).data
            assert files[f"{number:02}-{exhibit.name}.{form}"] == alone
    book = openpyxl.load_workbook(io.BytesIO(files["tables.xlsx"]))
    assert len(book.sheetnames) == len(shown) + 4


def test_a_pack_tells_what_the_numbers_mean_and_what_may_not_be_concluded(
    reader: FlaskClient, whole: Release
) -> None:
    words = Words("ru")
    files = opened(reader.get("/take/ru/agencies/AG001/pack.zip").data)
    told = {name: content.decode("utf-8-sig") for name, content in files.items()
            if name.endswith((".txt", ".csv", ".bib"))}  # fmt: skip
    assert words("indicator_on_time_rate_meaning") in told["method.txt"]
    assert words("status_suppressed_meaning") in told["method.txt"]
    assert words("indicator_on_time_rate_caution") in told["not-to-be-concluded.txt"]
    assert words("agency_caution") in told["not-to-be-concluded.txt"]
    for name in ("README.txt", "not-to-be-concluded.txt"):
        assert words("banner_generated") in told[name]
    for name in ("README.txt", "citation.txt", "citation.bib"):
        assert whole.id in told[name]
    assert "on_time_rate" in told["codebook.csv"]
    assert "CC BY 4.0" in told["README.txt"]


def test_the_headlines_of_a_pack_are_the_cells_of_the_release(
    reader: FlaskClient, whole: Release
) -> None:
    files = opened(reader.get("/take/en/agencies/AG001/pack.zip?period=2018").data)
    words, lines = Words("en"), rows_of(files["01-headlines.csv"])[1:]
    own = whole.tables["agencies"].filter(period="2018", agency="AG001").row(0, named=True)
    told = {line[0]: line[1] for line in lines}
    for name in ("received", "on_time_rate", "satisfaction_mean"):
        assert float(told[words(f"indicator_{name}")]) == own[name]


def test_the_same_pack_has_the_same_bytes(root: Path, reader: FlaskClient) -> None:
    path = "/take/uz-cyrl/regions/pack.zip"
    assert reader.get(path).data == site_over(root).server.test_client().get(path).data
    assert zipped([("a", b"1")]) == zipped([("a", b"1")])


def test_a_pack_is_called_by_its_page_and_bound_to_its_release(
    reader: FlaskClient, whole: Release
) -> None:
    answer = reader.get(f"/take/en/agencies/pack.zip?period=2019&release={whole.id}")
    assert f"agencies_pack_2019_{whole.id}.zip" in answer.headers["Content-Disposition"]
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == "application/zip"
