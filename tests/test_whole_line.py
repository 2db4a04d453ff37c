"""The whole line at once: nothing personal comes out, and a number is declared in one place."""

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from data.indicators import INDICATORS, Indicator
from data.periods import grain_of
from data.releases import ReleaseStore
from etl import __main__ as commands
from etl.demo import generate
from layouts.words import catalogue
from tests.sample import publish_sample
from tests.site.small_release import site_over

APPEALS = 2_000
PAGES = ("", "agencies", "agencies/AG001", "regions", "regions/1726", "trends", "acts", "data")
LANGUAGES = ("uz", "uz-cyrl", "ru", "en")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration source full of markers, and everything that a run made of it."""
    root = tmp_path_factory.mktemp("line")
    (root / "demo").mkdir()
    source = f"sqlite:///{root / 'demo' / 'appeals.db'}"
    generate(source, APPEALS, canaries=True)
    result = CliRunner().invoke(
        commands.app,
        ["run", "--source", source],
        env={
            "OCHIQ_VAULT": str(root / "vault"),
            "OCHIQ_RELEASES": str(root / "releases"),
            "OCHIQ_LOG": str(root / "etl.jsonl"),
        },
    )
    assert result.exit_code == 0, result.output
    (root / "output.txt").write_text(result.output)
    return root


def markers(root: Path) -> list[bytes]:
    planted = json.loads((root / "demo" / "canaries.json").read_text())
    return [marker.encode() for column in planted.values() for marker in column if marker]


def decoded(path: Path) -> Iterator[bytes]:
    """A file as it is, and as its readers see it."""
    content = path.read_bytes()
    yield content
    if path.suffix == ".gz":
        yield gzip.decompress(content)
    if path.suffix == ".parquet":
        yield pl.read_parquet(path).write_json().encode()


def leaks(contents: Iterable[bytes], planted: list[bytes]) -> list[bytes]:
    whole = b"\n".join(contents)
    return [marker for marker in planted if marker in whole]


def test_no_marker_of_a_person_is_in_release_log_vault_or_output(published: Path) -> None:
    planted = markers(published)
    made = (path for path in published.rglob("*") if path.is_file())
    contents = [
        content
        for path in made
        if "demo" not in path.relative_to(published).parts
        for content in decoded(path)
    ]

    assert len(planted) > 100
    assert len(contents) > 40
    assert leaks(contents, planted) == []


def test_no_marker_of_a_person_is_in_an_answer_of_the_site(published: Path) -> None:
    client = site_over(published / "releases").server.test_client()
    answers = [client.get(f"/{lang}/{page}").data for lang in LANGUAGES for page in PAGES]
    answers += [client.get(f"/api/v1/{part}").data for part in ("releases", "catalog")]

    assert leaks(answers, markers(published)) == []


def test_a_leak_would_be_found(published: Path, tmp_path: Path) -> None:
    planted = markers(published)
    hidden_in = tmp_path / "table.parquet"
    pl.DataFrame({"name": [planted[0].decode()]}).write_parquet(hidden_in)

    assert leaks(decoded(hidden_in), planted) == [planted[0]]


def test_a_number_is_declared_once_and_found_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    formula = 100 * pl.col("open") / pl.col("received")
    new = Indicator("share_still_open", formula, "share", "lower", 1, "received", "Appeal records")
    monkeypatch.setitem(INDICATORS, "share_still_open", new)
    for part in ("", "_short", "_meaning", "_caution"):
        monkeypatch.setitem(words_of("en"), f"indicator_share_still_open{part}", "Share still open")
    release = tmp_path / publish_sample(tmp_path, 3_000)
    client = site_over(tmp_path).server.test_client()

    header = (release / "agencies.csv").read_text().splitlines()[0]
    question = "dataset=agencies&indicator=share_still_open&by=year"
    answer = client.get(f"/api/v1/data?{question}").get_json()

    assert "share_still_open" in header.split(",")
    assert "agencies,share_still_open," in (release / "codebook.csv").read_text()
    assert answer["observations"][0]["share_still_open"] is not None
    assert b"Share still open" in client.get("/en/method").data
    assert client.get("/en/method/share_still_open").status_code == 200


def test_a_ratio_of_two_tables_is_one_number_in_files_interface_and_pages(tmp_path: Path) -> None:
    release = tmp_path / publish_sample(tmp_path, 20_000)
    client = site_over(tmp_path).server.test_client()
    closing = pl.read_csv(release / "closing.csv", infer_schema=False)
    told = closing.filter(pl.col("clearance_ratio").is_not_null()).row(0, named=True)

    came = pl.read_csv(release / "national.csv", infer_schema=False)
    received = came.filter(period=told["period"])["received"].item()

    question = f"dataset=closing&indicator=clearance_ratio&period={told['period']}"
    answer = client.get(f"/api/v1/data?{question}").get_json()
    cell = f"table=closing&column=clearance_ratio&period={told['period']}"
    page = client.get(f"/en/number?{cell}").text

    ratio = float(told["clearance_ratio"])
    assert ratio == round(100 * int(told["considered"]) / int(received), 1)
    assert answer["observations"][0]["clearance_ratio"] == ratio
    assert f"100 × {int(told['considered']):,} ÷ {int(received):,}" in page
    assert "Clearance ratio, by" in client.get("/en/").text
    assert "Clearance ratio, by" not in client.get("/en/agencies/AG001").text


def words_of(lang: str) -> dict[str, object]:
    messages = catalogue(lang)
    assert isinstance(messages, dict)
    return messages


def test_the_national_months_add_up_to_the_ledger(published: Path) -> None:
    store = ReleaseStore(published / "releases")
    release = store.current()
    national = (store.root / release.id / "national.csv").read_text().splitlines()
    columns = national[0].split(",")
    period, received = (columns.index(name) for name in ("period", "received"))
    months = [
        int(line[received])
        for line in (row.split(",") for row in national[1:])
        if grain_of(line[period]) == "month"
    ]

    # Appeals of the source's last day, the first of a month, wait for that month to end.
    of_last_day = 1
    assert sum(months) + of_last_day == APPEALS
    # Which one appeal is too few to be told of.
    assert release.manifest.ledger.accepted is None
