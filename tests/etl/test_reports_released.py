"""Reports are published whole, described, verified by other means, and stay as they were."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import frictionless
import polars as pl
import pytest

from data.errors import SourceError
from data.releases import ReleaseStore
from data.reports import REPORTS
from etl.aggregate import aggregate
from etl.past import Past
from etl.reports import check_follows
from etl.stages import Derived
from etl.verify import verify
from tests.etl import village
from tests.etl.releasing import APPEALS, THRESHOLD, VERSION, made_of, reporting, written
from tests.etl.reporting import STATED, Row, frame_of, people
from tests.publishing import publish

OFFICES = [
    people("_T", 47), people("1703", 25), people("d1", 13), people("d2", 12), people("1706", 22),
]  # fmt: skip
CHANGED: Row = {
    "date": "2019-02-01",
    "predecessor": "AG1",
    "successor": "AG2",
    "change": "merged",
    "act": "=SUM(A1)",
    **STATED,
}
RESULTS: list[Row] = [
    {"period": "2018", "target_group": group, "homes": homes, **STATED}
    for group, homes in (("_T", 100), ("women", 60), ("under_30", 30), ("over_60", 20))
]
REPORTED = {
    "reception_offices": OFFICES,
    "reorganisations": [CHANGED],
    "target_results": RESULTS,
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Derived:
    rows = village.appeals(APPEALS, seed=1)
    staged = village.staged(tmp_path_factory.mktemp("staged"), rows)
    frames = {name: frame_of(name, told) for name, told in REPORTED.items()}
    return made_of(aggregate(reporting(staged, frames), THRESHOLD))


@pytest.fixture(scope="module")
def published(sound: Derived, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("releases")
    return root / publish(sound, root, VERSION)


def test_a_release_has_each_report_in_both_formats_and_says_so(published: Path) -> None:
    release = ReleaseStore(published.parent).current()

    assert release.reports.keys() == REPORTED.keys()
    assert release.manifest.rules["reports"].keys() == REPORTED.keys()
    readme = (published / "README.md").read_text()
    for name, frame in release.reports.items():
        assert dict(frame.schema) == REPORTS[name].schema
        told = pl.read_csv(published / f"{name}.csv", infer_schema=False)
        assert told.height == frame.height == release.manifest.files[f"{name}.csv"].rows
        assert told["data"].unique().to_list() == ["generated"]
        assert f"`{name}.csv`" in readme


def test_every_column_of_a_report_is_in_the_codebook(published: Path) -> None:
    codebook = pl.read_csv(published / "codebook.csv", infer_schema=False)

    for name in REPORTED:
        lines = codebook.filter(pl.col("table") == name)
        assert lines["column"].to_list() == list(REPORTS[name].schema)
        assert (lines["description"].str.len_chars() > 10).all()


def test_codes_have_their_names_beside_them_and_no_text_is_taken_for_a_formula(
    published: Path,
) -> None:
    told = pl.read_csv(published / "reorganisations.csv", infer_schema=False).row(0, named=True)

    assert (told["predecessor"], told["predecessor_name"]) == ("AG1", "Ag1")
    assert told["act"] == "'=SUM(A1)"


def test_common_tools_take_the_reports_for_what_the_package_says(published: Path) -> None:
    package = frictionless.Package(str(published / "datapackage.json"))
    resource = package.get_resource("reception-offices-csv")

    assert resource.schema.primary_key == ["period", "area"]
    assert resource.validate().valid


def test_a_code_that_no_appeal_has_and_a_report_names_is_named_in_the_release(
    tmp_path: Path,
) -> None:
    rows = [row for row in village.appeals(APPEALS, seed=1) if row["district"] != "d1"]
    staged = village.staged(tmp_path / "staged", rows)
    offices = {"reception_offices": frame_of("reception_offices", [people("d1", 12)])}

    made = made_of(aggregate(reporting(staged, offices), THRESHOLD))

    assert "d1" in made.edition.codelists["area"]
    assert "d1" not in made_of(aggregate(staged, THRESHOLD)).edition.codelists["area"]
    assert verify(written(made, tmp_path / "releases")) == []


def test_codes_at_a_level_that_the_appeals_do_not_have_are_refused(tmp_path: Path) -> None:
    staged = village.staged(
        tmp_path, village.appeals(APPEALS, seed=1), not_collected=frozenset({"district"})
    )
    offices = {"reception_offices": frame_of("reception_offices", [people("d1", 12)])}

    with pytest.raises(SourceError, match="'area' has codes at a level that the appeals do not"):
        aggregate(reporting(staged, offices), THRESHOLD)


def with_few(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(people=pl.when(pl.col("area") == "d1").then(3).otherwise("people"))


def without_a_part(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("area") != "1706")


def without_a_source(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(source=pl.lit(None, pl.String))


def stated_too_early(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(stated_on=pl.lit("2019-03-01"))


def with_a_row_twice(frame: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([frame.head(1), frame])


def in_another_order(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.reverse()


def below_nothing(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(offices=-pl.col("offices"))


@pytest.mark.parametrize(
    ("broken", "finding"),
    [
        (with_few, "people counts too few"),
        (without_a_part, "the parts of people by area do not make the total"),
        (without_a_source, "does not say who states it, and when"),
        (stated_too_early, "stated before its period had ended"),
        (with_a_row_twice, "its rows are not sorted by keys that are there once"),
        (in_another_order, "its rows are not sorted by keys that are there once"),
        (below_nothing, "offices is below nothing"),
    ],
)
def test_a_report_that_breaks_a_promise_is_found_by_the_files_alone(
    sound: Derived,
    tmp_path: Path,
    broken: Callable[[pl.DataFrame], pl.DataFrame],
    finding: str,
) -> None:
    assert finding in findings_of(sound, "reception_offices", broken, tmp_path)


def findings_of(
    sound: Derived, name: str, broken: Callable[[pl.DataFrame], pl.DataFrame], root: Path
) -> str:
    frames = {**sound.edition.reports, name: broken(sound.edition.reports[name])}
    edition = replace(sound.edition, reports=frames)
    return "; ".join(verify(written(replace(sound, edition=edition), root)))


def test_a_part_without_its_total_is_found(sound: Derived, tmp_path: Path) -> None:
    def crossed(frame: pl.DataFrame) -> pl.DataFrame:
        year = frame_of("reception_offices", [people("1703", 50, "2019", stated_on="2020-01-15")])
        return pl.concat([frame.filter(pl.col("area") == "d1"), year]).sort("period", "area")

    found = findings_of(sound, "reception_offices", crossed, tmp_path)

    assert "without the totals that it is a part of" in found


def test_a_trait_that_leaves_few_is_found(sound: Derived, tmp_path: Path) -> None:
    def few_others(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(
            homes=pl.when(pl.col("target_group") == "women").then(95).otherwise("homes")
        )

    assert "leaves too few homes" in findings_of(sound, "target_results", few_others, tmp_path)


def followed(
    before: list[Row], now: list[Row], sound: Derived, root: Path, *, restated: bool
) -> None:
    edition = replace(
        sound.edition, reports={"reception_offices": frame_of("reception_offices", before)}
    )
    store = ReleaseStore(root)
    release = store.get(publish(replace(sound, edition=edition), root, VERSION))
    frames = {"reception_offices": frame_of("reception_offices", now)} if now else {}
    check_follows(frames, Past(release, restated), THRESHOLD)


@pytest.mark.parametrize(
    "now",
    [
        [*OFFICES[:-1], people("1706", 25)],
        OFFICES[:-1],
        [],
    ],
)
def test_a_published_count_of_persons_stays_in_later_releases(
    sound: Derived, tmp_path: Path, now: list[Row]
) -> None:
    with pytest.raises(SourceError, match=r"that release .* published would change or disappear"):
        followed(OFFICES, now, sound, tmp_path, restated=False)


def test_new_rows_and_figures_of_no_persons_may_change(sound: Derived, tmp_path: Path) -> None:
    now = [{**row, "offices": 7} for row in OFFICES] + [people("d3", 12), people("d4", 10)]

    followed(OFFICES, now, sound, tmp_path, restated=False)


@pytest.mark.parametrize(("total", "is_refused"), [(50, True), (57, False)])
def test_a_restatement_corrects_by_many_and_not_by_few(
    sound: Derived, tmp_path: Path, total: int, is_refused: bool
) -> None:
    before, now = [people("_T", 47)], [people("_T", total)]
    if is_refused:
        with pytest.raises(SourceError):
            followed(before, now, sound, tmp_path, restated=True)
    else:
        followed(before, now, sound, tmp_path, restated=True)
