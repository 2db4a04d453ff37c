"""Every page says when a promise about the newest numbers is broken, from the day that it is."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app import create_app
from config import Settings
from data.codelists import LANGUAGES
from data.releases import ReleaseStore
from data.upkeep import Awaited, Upkeep
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.small_release import publish

PERIOD, DAY = "2030-12", date(2031, 3, 5)


class Clock:
    """The day that the site takes for today."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def as_of(releases: Path) -> date:
    return date.fromisoformat(ReleaseStore(releases).current().manifest.as_of)


def visitor_of(root: Path, clock: Clock, **settings: object) -> FlaskClient:
    given = Settings.model_validate({"releases": root, "feedback": None, **settings})
    client: FlaskClient = create_app(given, clock).server.test_client()
    return client


def late(words: Words) -> str:
    return words("notice_late", period=words.period(PERIOD), date=words.date(DAY))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_period_is_late_from_the_day_after_the_announced_one(releases: Path, lang: str) -> None:
    clock, words = Clock(DAY), Words(lang)
    client = visitor_of(releases, clock, announced={PERIOD: DAY})
    assert "notice-late" not in client.get(f"/{lang}/agencies").text
    clock.day = DAY + timedelta(days=1)
    for path in ("", "agencies", "agencies/AG001", "feedback"):
        page = client.get(f"/{lang}/{path}").text
        assert late(words) in page.partition("<main")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_data_are_stale_the_day_after_they_are_as_old_as_was_promised(
    releases: Path, as_of: date, lang: str
) -> None:
    clock, words = Clock(as_of + timedelta(days=120)), Words(lang)
    client = visitor_of(releases, clock, promised_days=120, announced={PERIOD: DAY})
    assert "notice-late" not in client.get(f"/{lang}/").text
    clock.day += timedelta(days=1)
    top = client.get(f"/{lang}/").text.partition("<main")[0]
    assert words("notice_stale", date=words.date(as_of), n=120) in top
    assert words("notice_next", period=words.period(PERIOD), date=words.date(DAY)) in top


def test_nothing_is_promised_unless_the_operator_does(releases: Path) -> None:
    client = visitor_of(releases, Clock(date(2999, 1, 1)))
    assert "notice-late" not in client.get("/en/").text
    assert "are to be published by" not in client.get("/en/releases").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_of_releases_says_what_comes_next(releases: Path, lang: str) -> None:
    clock, words = Clock(DAY), Words(lang)
    client = visitor_of(releases, clock, announced={PERIOD: DAY, "2031-01": date(2031, 4, 5)})
    said = words("notice_next", period=words.period(PERIOD), date=words.date(DAY))
    assert said in Read(client.get(f"/{lang}/releases").text).text


def test_a_page_bound_to_an_older_release_tells_of_the_newer_one_instead(tmp_path: Path) -> None:
    older = publish(tmp_path, revision=1)
    publish(tmp_path, revision=2)
    client = visitor_of(tmp_path, Clock(date(2999, 1, 1)), promised_days=1)
    assert "notice-late" in client.get("/en/").text
    bound = client.get(f"/en/?release={older}").text
    assert "notice-late" not in bound
    assert "notice-bound" in bound


def test_a_period_is_there_when_the_data_reach_its_last_day() -> None:
    upkeep = Upkeep(announced={PERIOD: DAY}, today=Clock(date(2032, 1, 1)))
    assert upkeep.awaited("2030-12-30") == Awaited(PERIOD, DAY, is_late=True)
    assert upkeep.awaited("2030-12-31") is None


DAYS = st.dates(date(2019, 1, 1), date(2022, 12, 31))
PERIODS = st.sampled_from(["2019", "2020-Q2", "2020-11", "2021-02", "2021"])


@given(DAYS, DAYS, st.dictionaries(PERIODS, DAYS))
def test_the_one_that_is_awaited_is_the_first_that_is_missing(
    end: date, today: date, announced: dict[str, date]
) -> None:
    upkeep = Upkeep(announced=announced, today=Clock(today))
    first = upkeep.awaited(end.isoformat())
    missing = [p for p in announced if Upkeep(announced={p: end}).awaited(end.isoformat())]
    assert (first is None) == (not missing)
    if first is not None:
        assert first.day == min(announced[period] for period in missing)
        assert first.is_late == (today > first.day)


@pytest.mark.parametrize(
    "given", [{"announced": {"December": "2020-03-05"}}, {"announced": {"2019-13": "2020-03-05"}},
              {"announced": {"2019-12": "soon"}}, {"promised_days": 0}],
)  # fmt: skip
def test_promises_that_nobody_could_check_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(given)


def test_promises_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCHIQ_ANNOUNCED", '{"2019-12": "2020-03-05"}')
    assert Settings().announced == {"2019-12": date(2020, 3, 5)}
