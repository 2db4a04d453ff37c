"""A release that breaks a promise is found out by its files alone."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

import polars as pl
import pytest

from etl.contents import contents
from etl.disclosure.gate import DisclosureError
from etl.stages import Cells, Derived
from etl.verify import verify
from tests.etl.releasing import THRESHOLD, VERSION, counted, derived, with_table, written


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    return derived(tmp_path_factory.mktemp("staged"))


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Cells:
    return counted(tmp_path_factory.mktemp("exact"))


def test_a_sound_release_has_no_findings(sound: Derived, tmp_path: Path) -> None:
    assert verify(written(sound, tmp_path)) == []


@pytest.mark.parametrize(("appeals", "seed"), [(2_500, 4), (3_500, 15), (6_000, 19), (12_000, 2)])
def test_whatever_the_appeals_the_rule_leaves_nothing_to_find(
    appeals: int, seed: int, tmp_path: Path
) -> None:
    made = derived(tmp_path / "staged", appeals=appeals, seed=seed)

    assert verify(written(made, tmp_path / "releases")) == []


def test_appeals_too_few_to_shield_one_another_give_no_release(tmp_path: Path) -> None:
    with pytest.raises(DisclosureError):
        derived(tmp_path / "staged", appeals=5, seed=2)


def test_a_changed_file_is_found(sound: Derived, tmp_path: Path) -> None:
    directory = written(sound, tmp_path)
    path = directory / "agencies.csv"
    path.write_bytes(path.read_bytes().replace(b"AG1", b"AG2", 1))

    assert "agencies.csv was changed" in verify(directory)


@pytest.mark.parametrize("name", ["agencies.parquet", "README.md", "SHA256SUMS"])
def test_a_missing_file_is_found(sound: Derived, tmp_path: Path, name: str) -> None:
    directory = written(sound, tmp_path)
    (directory / name).unlink()

    assert f"{name} is missing" in verify(directory)


def test_a_file_that_was_slipped_in_is_found(sound: Derived, tmp_path: Path) -> None:
    directory = written(sound, tmp_path)
    (directory / "strangers.csv").write_text("name\n")

    assert "strangers.csv is not listed in the manifest" in verify(directory)


def test_a_changed_manifest_is_found(sound: Derived, tmp_path: Path) -> None:
    directory = written(sound, tmp_path)
    path = directory / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"threshold": 10', b'"threshold": 11'))

    assert any("manifest.json was changed" in finding for finding in verify(directory))


def test_a_ledger_that_does_not_add_up_is_found(sound: Derived, tmp_path: Path) -> None:
    account = sound.edition.ledger
    edition = replace(sound.edition, ledger=replace(account, read=account.read + 1))
    directory = written(replace(sound, edition=edition), tmp_path)

    assert any("ledger does not add up" in finding for finding in verify(directory))


def shown_again(of: Derived, exact: Cells, table: str, measure: str, row: int) -> Derived:
    """The release with one hidden count put back."""
    frame, status = of.tables[table], f"{measure}_status"
    here = pl.int_range(frame.height) == row
    value = exact.tables[table][measure][row]
    changed = frame.with_columns(
        pl.when(here).then(pl.lit(value)).otherwise(measure).alias(measure),
        pl.when(here).then(pl.lit("A")).otherwise(status).alias(status),
    )
    return with_table(of, table, changed)


def hidden_places(of: Derived) -> list[tuple[str, str, int]]:
    return [
        (name, measure, row)
        for name, table in of.catalogue.items()
        for measure in (table.base,)
        for row in (of.tables[name][f"{measure}_status"] == "Q").arg_true()
    ]


def test_a_hidden_count_that_is_shown_again_is_found(
    sound: Derived, exact: Cells, tmp_path: Path
) -> None:
    chosen = Random(1).sample(hidden_places(sound), 12)  # noqa: S311 (repeatable, no secret)

    unnoticed = [
        (table, measure, row, exact.tables[table][measure][row])
        for number, (table, measure, row) in enumerate(chosen)
        if not verify(
            written(shown_again(sound, exact, table, measure, row), tmp_path / str(number))
        )
    ]

    assert all(value >= THRESHOLD for *_, value in unnoticed)
    assert len(unnoticed) <= 3, "few cells are hidden that need not be"


def without_a_row(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.slice(1)


def with_a_row_twice(frame: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([frame.head(1), frame])


def with_a_value_under_a_sign(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(received_status=pl.lit("Q"))


def with_a_wrong_count(frame: pl.DataFrame) -> pl.DataFrame:
    is_first_shown = pl.int_range(pl.len()) == pl.col("received").is_not_null().arg_max()
    return frame.with_columns(received=pl.col("received") + is_first_shown.cast(pl.Int64))


def with_an_undeclared_column(frame: pl.DataFrame) -> pl.DataFrame:
    values, statuses = frame.columns[:-2], frame.columns[-2:]
    return frame.select(
        *values, pl.lit(1).alias("secret"), *statuses, pl.lit("A").alias("secret_status")
    )


def with_a_negative_count(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(received=-pl.col("received"))


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (without_a_row, "1 combinations of keys are missing"),
        (with_a_row_twice, "is there twice"),
        (with_a_value_under_a_sign, "disagree on whether there is a value"),
        (with_a_wrong_count, "do not add up to their total"),
        (with_an_undeclared_column, "the column secret is not declared"),
        (with_a_negative_count, "a value is negative"),
    ],
)
def test_a_table_that_a_stage_has_spoilt_is_found(
    sound: Derived,
    tmp_path: Path,
    broken: Callable[[pl.DataFrame], pl.DataFrame],
    told: str,
) -> None:
    changed = with_table(sound, "agency_by_kind", broken(sound.tables["agency_by_kind"]))

    assert any(told in finding for finding in verify(written(changed, tmp_path)))


def test_an_indicator_that_is_not_what_its_formula_gives_is_found(
    sound: Derived, tmp_path: Path
) -> None:
    frame = sound.tables["agencies"]
    rate = pl.when(pl.col("on_time_rate").is_not_null()).then(12.5).alias("on_time_rate")
    changed = with_table(sound, "agencies", frame.with_columns(rate))

    assert "agencies: on_time_rate is not what its formula gives" in verify(
        written(changed, tmp_path)
    )


def test_a_csv_that_differs_from_its_parquet_is_found(sound: Derived, tmp_path: Path) -> None:
    _, files = contents(sound, VERSION)
    other = with_table(sound, "agencies", sound.tables["agencies"].with_columns(received=pl.lit(0)))
    directory = written(sound, tmp_path)
    wrong = contents(other, VERSION)[1]["agencies.csv"]
    assert files["agencies.csv"] != wrong
    replace_in_release(directory, "agencies.csv", wrong)

    assert any("agencies.csv and agencies.parquet differ" in f for f in verify(renamed(directory)))


def replace_in_release(directory: Path, name: str, content: bytes) -> None:
    """Changes a file and every hash that tells of it, as a forger would."""
    path = directory / name
    old = path.read_bytes()
    path.write_bytes(content)
    manifest = directory / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    text = text.replace(sha256(old).hexdigest(), sha256(content).hexdigest())
    manifest.write_text(text.replace(f'"bytes": {len(old)}', f'"bytes": {len(content)}'))
    sums = (
        f"{sha256(each.read_bytes()).hexdigest()}  {each.name}\n"
        for each in sorted(directory.iterdir())
        if each.name != "SHA256SUMS"
    )
    (directory / "SHA256SUMS").write_text("".join(sums))


def renamed(directory: Path) -> Path:
    digest = sha256((directory / "manifest.json").read_bytes()).hexdigest()
    return directory.rename(directory.with_name(f"{directory.name[:-8]}{digest[:8]}"))


def test_the_same_cell_is_the_same_in_every_table(sound: Derived, tmp_path: Path) -> None:
    frame = sound.tables["agency_by_kind"]
    total = (pl.col("agency") == "_T") & (pl.col("kind") == "_T")
    changed = with_table(
        sound,
        "agency_by_kind",
        frame.with_columns(
            received=pl.when(~total).then("received"),
            received_status=pl.when(total).then(pl.lit("Q")).otherwise("received_status"),
        ),
    )

    findings = verify(written(changed, tmp_path))
    assert any("differ from one table to another" in finding for finding in findings)
