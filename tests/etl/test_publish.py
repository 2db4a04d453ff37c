"""Publication: the same content is the same release, and readers only ever see a whole one."""

import json
import stat
import subprocess
from dataclasses import replace
from pathlib import Path

import frictionless
import polars as pl
import pytest

from data.codelists import Code, Codelist
from data.errors import ReleaseError, SourceError
from data.releases import ReleaseStore
from etl.aggregate import aggregate
from etl.publish import point_to
from etl.stages import Derived
from tests.etl import village
from tests.etl.releasing import APPEALS, THRESHOLD, VERSION, derived, made_of, with_table
from tests.publishing import publish


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    return derived(tmp_path_factory.mktemp("staged"))


@pytest.fixture(scope="module")
def published(sound: Derived, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("releases")
    return root / publish(sound, root, VERSION)


def contents_of(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}


def of_rows_in_another_order(directory: Path) -> Derived:
    rows = village.appeals(APPEALS, seed=1)[::-1]
    return made_of(aggregate(village.staged(directory, rows), THRESHOLD))


def test_two_runs_give_the_same_bytes_whatever_the_order_of_rows(
    published: Path, tmp_path: Path
) -> None:
    again = of_rows_in_another_order(tmp_path / "staged")
    root = tmp_path / "releases"

    second = root / publish(again, root, VERSION)

    assert second.name == published.name
    assert contents_of(second) == contents_of(published)


def test_publishing_the_same_content_again_writes_nothing(sound: Derived, tmp_path: Path) -> None:
    first = publish(sound, tmp_path, VERSION)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / first).iterdir()}

    assert publish(sound, tmp_path, VERSION) == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / first).iterdir()} == before
    assert ReleaseStore(tmp_path).ids() == (first,)


def test_other_content_of_the_same_month_is_the_next_revision(
    sound: Derived, tmp_path: Path
) -> None:
    first = publish(sound, tmp_path, VERSION)
    second = publish(sound, tmp_path, "another version")

    assert first.startswith("2019.04.1-")
    assert second.startswith("2019.04.2-")
    assert ReleaseStore(tmp_path).current_id() == second


def test_a_published_release_can_be_loaded_and_its_files_cannot_be_written(
    published: Path,
) -> None:
    release = ReleaseStore(published.parent).current()

    assert release.id == published.name
    assert set(release.tables) == set(release.manifest.tables)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in published.iterdir()}
    assert modes == {0o444}


def test_a_release_that_breaks_a_promise_is_never_published(sound: Derived, tmp_path: Path) -> None:
    good = publish(sound, tmp_path, VERSION)
    spoilt = with_table(sound, "agencies", sound.tables["agencies"].slice(1))

    with pytest.raises(ReleaseError, match="combinations of keys are missing"):
        publish(spoilt, tmp_path, VERSION)

    assert ReleaseStore(tmp_path).ids() == (good,)
    assert ReleaseStore(tmp_path).current_id() == good
    assert {path.name for path in tmp_path.iterdir()} == {good, "current"}


def test_what_a_killed_run_left_does_not_stand_in_the_way(sound: Derived, tmp_path: Path) -> None:
    first = publish(sound, tmp_path / "elsewhere", VERSION)
    left = tmp_path / "releases" / ".staging" / first
    left.mkdir(parents=True)
    (left / "agencies.csv").write_text("half a fi")

    assert publish(sound, tmp_path / "releases", VERSION) == first


def test_a_damaged_release_is_not_taken_for_the_same(sound: Derived, tmp_path: Path) -> None:
    first = publish(sound, tmp_path, VERSION)
    damaged = tmp_path / first / "agencies.csv"
    damaged.chmod(0o644)
    damaged.write_text("damaged")

    with pytest.raises(ReleaseError, match=r"agencies\.csv was changed"):
        publish(sound, tmp_path, VERSION)


def test_the_pointer_names_only_releases_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError):
        point_to(tmp_path, "2019.04.1-00000000")
    assert not (tmp_path / "current").exists()


def test_sha256sum_accepts_the_release(published: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=published,
        check=False,
        capture_output=True,
    )

    assert checked.returncode == 0, checked.stdout


def test_the_data_package_is_valid_and_describes_every_table(published: Path) -> None:
    report = frictionless.validate(published / "datapackage.json")

    assert report.valid, report.flatten(["title", "message"])[:3]
    described = json.loads((published / "datapackage.json").read_bytes())
    paths = {resource["path"] for resource in described["resources"]}
    assert paths == {p.name for p in published.iterdir() if p.suffix in {".csv", ".parquet"}}


def test_every_csv_of_generated_data_says_so_in_its_last_column(published: Path) -> None:
    for path in published.glob("*.csv"):
        frame = pl.read_csv(path, infer_schema=False)
        assert frame.columns[-1] == "data", path.name
        assert (frame["data"] == "generated").all(), path.name
    assert "generated" in (published / "README.md").read_text(encoding="utf-8")


def test_real_data_are_not_called_generated(sound: Derived, tmp_path: Path) -> None:
    source = replace(sound.edition.source, generated=False)
    real = replace(sound, edition=replace(sound.edition, source=source))
    directory = tmp_path / publish(real, tmp_path, VERSION)

    assert not any("generated" in path.read_text() for path in directory.glob("*_by_*.csv"))
    assert "are generated" not in (directory / "README.md").read_text(encoding="utf-8")


def named(of: Derived, dimension: str, code: str, name: str) -> Derived:
    """The same with another English name, and perhaps another code, for the first body."""
    listed = of.edition.codelists[dimension]
    first = next(each for each in listed.codes if each.code == "AG1")
    codes = tuple(
        Code(code, first.level, first.parent, (("en", name),)) if each is first else each
        for each in listed.codes
    )
    lists = {**of.edition.codelists, dimension: Codelist(dimension, codes)}
    return replace(of, edition=replace(of.edition, codelists=lists))


def test_no_text_of_a_csv_is_a_formula_to_a_spreadsheet(sound: Derived, tmp_path: Path) -> None:
    changed = named(sound, "agency", "AG1", '=HYPERLINK("http://x")')
    directory = tmp_path / publish(changed, tmp_path, VERSION)

    names = pl.read_csv(directory / "agencies.csv", infer_schema=False)["agency_name"]
    assert '\'=HYPERLINK("http://x")' in names.to_list()
    assert not names.str.contains(r"^[=+\-@\t\r]").any()


def test_a_code_that_begins_like_a_formula_is_refused(sound: Derived, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="begins like a formula"):
        publish(named(sound, "agency", "@AG1", "Body"), tmp_path, VERSION)


def test_the_codebook_describes_every_column_of_every_table(published: Path) -> None:
    book = pl.read_csv(published / "codebook.csv")

    for name in json.loads((published / "manifest.json").read_bytes())["tables"]:
        described = book.filter(pl.col("table") == name)["column"].to_list()
        assert described == pl.read_parquet(published / f"{name}.parquet").columns


def test_no_hashed_file_tells_a_clock_or_a_machine(published: Path) -> None:
    for path in published.iterdir():
        content = path.read_bytes()
        assert str(published.parent).encode() not in content, path.name
        assert b"2026-" not in content, path.name
        assert published.name.encode() not in content, path.name
