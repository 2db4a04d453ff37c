"""What is said beside the releases is checked line by line, and stays once it is published."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import statements
from data.board import Board
from data.errors import ReleaseError, SourceError
from data.statements import Correction, Reply, written
from etl.statements import check, publish
from tests.site import small_release

TODAY = date(2026, 11, 24)
REPLY: dict[str, Any] = {
    "id": "2018-interior-1",
    "agency": "AG001",
    "period": "2018",
    "indicator": "on_time_rate",
    "day": date(2019, 11, 12),
    "author": "Press service",
    "texts": {"uz": "Bayonot", "ru": "Заявление"},
}
FAULTS = {
    "id": ("X!", "'id' has 3 to 40"),
    "agency": ("AG999", "'AG999' is no agency"),
    "period": ("2018-13", "'period' is written"),
    "indicator": ("median_days_upper", "'median_days_upper' is no indicator"),
    "day": (date(2027, 1, 1), "'day' is after today"),
    "author": ("x" * 121, "'author' names the office"),
    "withdrawn": (date(2018, 1, 1), "'withdrawn' is a day from"),
    "texts": ({"uz": "  "}, "each text has at least one letter"),
}
SHAPES = {
    "day": ("2019-11-12", "'day' has to be a day"),
    "texts": ({"fr": "Bonjour"}, "'texts' has to be a text by language"),
    "agency": (7, "'agency' has to be a text"),
    "colour": ("blue", "'colour' is no field"),
}


@pytest.fixture(scope="module")
def release_id(root: Path) -> str:
    return small_release.publish(root)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("said")


@pytest.fixture
def place(root: Path, release_id: str) -> Path:
    for name in statements.FILES.values():
        (root / name).unlink(missing_ok=True)
    assert release_id
    return root


def file(tmp_path: Path, *blocks: dict[str, Any], name: str = "reply") -> Path:
    path = tmp_path / "given.toml"
    lines = [f"[[{name}]]\n" + "\n".join(f"{k} = {toml(v)}" for k, v in b.items()) for b in blocks]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def test_a_sound_file_is_published_whole(place: Path, tmp_path: Path) -> None:
    other = REPLY | {"id": "2018-interior-2", "day": date(2019, 12, 1)}
    assert publish(file(tmp_path, REPLY, other), Reply, place, TODAY) == 2
    said = Board(place).replies()
    assert [each.id for each in said] == ["2018-interior-2", "2018-interior-1"]
    assert said[1].texts == REPLY["texts"]
    assert said[1].day == "2019-11-12"


@pytest.mark.parametrize(("field", "fault"), FAULTS.items(), ids=FAULTS)
def test_each_rule_names_the_block_and_what_to_do(
    place: Path, tmp_path: Path, field: str, fault: tuple[Any, str]
) -> None:
    value, told = fault
    checked = check(file(tmp_path, REPLY | {field: value}), Reply, place, TODAY)
    assert len(checked.faults) == 1
    assert checked.faults[0].startswith("reply 1 (")
    assert told in checked.faults[0]
    with pytest.raises(SourceError, match="Mend these"):
        publish(file(tmp_path, REPLY | {field: value}), Reply, place, TODAY)
    assert not (place / "replies.json").exists()


@pytest.mark.parametrize(("field", "fault"), SHAPES.items(), ids=SHAPES)
def test_a_field_of_another_form_is_told(
    place: Path, tmp_path: Path, field: str, fault: tuple[Any, str]
) -> None:
    checked = check(file(tmp_path, REPLY | {field: fault[0]}), Reply, place, TODAY)
    assert [fault[1] in each for each in checked.faults] == [True]


@pytest.mark.parametrize("field", ["id", "agency", "period", "day", "author", "texts"])
def test_what_a_statement_must_have_is_missed(place: Path, tmp_path: Path, field: str) -> None:
    given = {key: value for key, value in REPLY.items() if key != field}
    checked = check(file(tmp_path, given), Reply, place, TODAY)
    assert f"reply 1: '{field}' is missing" in checked.faults


@pytest.mark.parametrize(
    "held", ["pasport AA1234567", "8600 1234 5678 9012", "PINFL 31234567890123"]
)
def test_numbers_of_a_person_are_not_published(place: Path, tmp_path: Path, held: str) -> None:
    checked = check(file(tmp_path, REPLY | {"texts": {"uz": held}}), Reply, place, TODAY)
    assert "leave it out" in checked.faults[0]


def test_what_was_said_can_neither_be_changed_nor_taken_away(place: Path, tmp_path: Path) -> None:
    publish(file(tmp_path, REPLY), Reply, place, TODAY)
    other = file(tmp_path, REPLY | {"texts": {"uz": "Boshqa bayonot"}})
    assert "with other content" in check(other, Reply, place, TODAY).faults[0]
    gone = file(tmp_path, REPLY | {"id": "2018-interior-9"})
    assert "is missing; what was said stays" in check(gone, Reply, place, TODAY).faults[0]
    with pytest.raises(SourceError):
        publish(other, Reply, place, TODAY)
    assert Board(place).replies()[0].texts == REPLY["texts"]


def test_a_reply_can_be_withdrawn_later_but_not_given_back(place: Path, tmp_path: Path) -> None:
    publish(file(tmp_path, REPLY), Reply, place, TODAY)
    publish(file(tmp_path, REPLY | {"withdrawn": date(2019, 12, 1)}), Reply, place, TODAY)
    assert Board(place).replies()[0].withdrawn == "2019-12-01"
    assert check(file(tmp_path, REPLY), Reply, place, TODAY).faults


def test_a_sector_does_not_speak_for_its_agencies(place: Path, tmp_path: Path) -> None:
    checked = check(file(tmp_path, REPLY | {"agency": "ministries"}), Reply, place, TODAY)
    assert "'ministries' is no agency" in checked.faults[0]


def test_what_stands_is_not_judged_again_when_its_release_is_gone(
    place: Path, tmp_path: Path
) -> None:
    gone = Correction("error-1", "2019-11-05", ("2018.01.1-00000000",), ("received",), {"en": "x"})
    (place / "corrections.json").write_bytes(written((gone,)))
    block = {"id": "error-1", "day": date(2019, 11, 5), "releases": list(gone.releases)}
    given = file(
        tmp_path, block | {"concerns": ["received"], "texts": {"en": "x"}}, name="correction"
    )
    assert check(given, Correction, place, TODAY).faults == ()


def test_two_statements_do_not_share_an_id(place: Path, tmp_path: Path) -> None:
    checked = check(file(tmp_path, REPLY, REPLY), Reply, place, TODAY)
    assert "more than one statement" in checked.faults[0]


@pytest.mark.parametrize("text", ["[[reply]", "[other]\nx = 1", "reply = 3", "\udce9"])
def test_what_is_no_such_file_is_refused_in_words(place: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "given.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SourceError, match="Statements"):
        check(path, Reply, place, TODAY)


def error(release_id: str, **changed: Any) -> dict[str, Any]:
    return {
        "id": "2019-error-1",
        "day": date(2019, 11, 5),
        "releases": [release_id],
        "concerns": ["on_time_rate", "agencies"],
        "texts": {"en": "Days off were counted as working days."},
        **changed,
    }


def test_an_error_is_told_and_later_mended(place: Path, release_id: str, tmp_path: Path) -> None:
    publish(file(tmp_path, error(release_id), name="correction"), Correction, place, TODAY)
    assert Board(place).corrections()[0].days_to_mend is None
    mended = error(release_id, mended=date(2019, 11, 9), mended_in=release_id)
    publish(file(tmp_path, mended, name="correction"), Correction, place, TODAY)
    assert Board(place).corrections()[0].days_to_mend == 4


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"releases": ["2019.11.1-00000000"]}, "unknown: 2019.11.1-00000000"),
        ({"releases": []}, "unknown: none given"),
        ({"concerns": ["speed"]}, "unknown: speed"),
        ({"mended": date(2019, 11, 9)}, "go together"),
        ({"mended": date(2019, 11, 1), "mended_in": "x"}, "from when the error was found"),
        ({"mended": date(2019, 11, 9), "mended_in": "x"}, "'x' is no published release"),
    ],
)
def test_an_error_names_what_there_is(
    place: Path, release_id: str, tmp_path: Path, changed: dict[str, Any], told: str
) -> None:
    given = file(tmp_path, error(release_id, **changed), name="correction")
    assert told in check(given, Correction, place, TODAY).faults[0]


TEXTS = st.dictionaries(st.sampled_from(["uz", "ru", "en"]), st.text(), min_size=1)


@given(st.lists(st.builds(Reply, *[st.text()] * 5, TEXTS), max_size=4))
def test_what_is_written_is_read_again(said: list[Reply]) -> None:
    raw = json.loads(written(tuple(said)))
    assert {each["id"] for each in raw} == {each.id for each in said}
    days = [(each["day"], each["id"]) for each in raw]
    assert days == sorted(days, reverse=True)


def test_the_board_reads_anew_what_has_changed_and_keeps_the_last_that_could_be_read(
    place: Path, tmp_path: Path
) -> None:
    board = Board(place)
    assert board.replies() == ()
    before = board.standing()
    publish(file(tmp_path, REPLY), Reply, place, TODAY)
    assert board.standing() != before
    assert len(board.replies()) == 1
    (place / "replies.json").unlink()
    (place / "replies.json").write_text("[{}]")
    assert len(board.replies()) == 1


@pytest.mark.parametrize(
    "changed", [{"texts": {}}, {"texts": {"uz": 3}}, {"day": "soon"}, {"colour": "blue"}]
)
def test_a_file_that_pages_could_not_show_is_not_read(
    place: Path, changed: dict[str, object]
) -> None:
    told = asdict(Reply("a-1", "AG001", "2018", "2019-11-12", "Press", {"uz": "Soʻz"})) | changed
    (place / "replies.json").write_text(json.dumps([told]))
    with pytest.raises(ReleaseError):
        statements.read(place, Reply)


def test_the_demonstrations_replies_are_sound_and_say_that_they_are_invented(place: Path) -> None:
    path = Path(__file__).resolve().parents[2] / "mappings" / "demo" / "replies.toml"
    checked = check(path, Reply, place, TODAY)
    assert all("is no agency" in fault for fault in checked.faults)  # the small release has few
    marks = {
        "uz": "oʻylab topilgan",
        "uz-cyrl": "ўйлаб топилган",
        "ru": "вымышленн",
        "en": "invented",
    }
    for each in checked.statements:
        for lang, text in each.texts.items():
            assert marks[lang] in text
