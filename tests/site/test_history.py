"""The page of releases tells what each has that the one before it had not, and what comes next."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.codelists import LANGUAGES
from data.history import steps
from data.manifest import Manifest
from data.releases import ReleaseStore
from layouts.words import Words
from tests.site.pages.reading_html import Read
from tests.site.pages.whole import Span, publish_whole
from tests.site.small_release import client_over
from tests.site.test_late import DAY, PERIOD, Clock, visitor_of

EARLIER, LATER = Span(as_of=date(2019, 9, 30)), Span()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases: the later one has a month more, and tables that the earlier one had not."""
    root = tmp_path_factory.mktemp("history")
    publish_whole(root, span=EARLIER, without=["quality", "stock"])
    publish_whole(root, span=LATER, revision=2)
    return root


@pytest.fixture(scope="module")
def reader(root: Path) -> FlaskClient:
    return client_over(root)


def manifests(root: Path) -> list[tuple[str, Manifest]]:
    store = ReleaseStore(root)
    return [(release, store.get(release).manifest) for release in store.ids()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_step_is_told(reader: FlaskClient, root: Path, lang: str) -> None:
    words, page = Words(lang), reader.get(f"/{lang}/releases").text
    (_, now), (_, then) = manifests(root)
    last, first = steps(manifests(root))
    assert set(last.added) == {"quality", "stock"}
    grown = words("releases_grown", date=words.date(now.as_of), before=words.date(then.as_of))
    added = words("releases_added", tables=f"{words('table_quality')}; {words('table_stock')}")
    for said in (grown, added, words("releases_changed", n=len(last.changed))):
        assert said in page
    assert words("releases_first", date=words.date(then.as_of)) in page
    assert words("releases_dropped", tables="") not in page
    assert first.before is None


def test_a_step_compares_with_the_release_before_and_no_other(root: Path) -> None:
    (last_id, last), (first_id, first) = manifests(root)
    middle = replace(first, code_version="other")
    told = steps([(last_id, last), ("middle", middle), (first_id, first)])
    assert [(step.release, step.before) for step in told] == [
        (last_id, "middle"),
        ("middle", first_id),
        (first_id, None),
    ]
    assert (told[1].added, told[1].dropped, told[1].changed) == ([], [], [])
    assert "agencies" in told[0].changed
    assert steps([]) == []


def test_a_table_that_is_gone_and_a_restatement_are_told(root: Path) -> None:
    (last_id, last), (first_id, first) = manifests(root)
    back = replace(first, disclosure={"restates": last_id})
    step = steps([(first_id, back), (last_id, last)])[0]
    assert set(step.dropped) == {"quality", "stock"}
    assert step.restated == last_id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_calendar_says_what_is_there_what_comes_and_what_is_late(root: Path, lang: str) -> None:
    clock, words = Clock(DAY), Words(lang)
    announced = {"2018-12": date(2019, 3, 5), PERIOD: DAY, "2031-01": DAY + timedelta(days=30)}
    client = visitor_of(root, clock, announced=announced)

    def standing() -> list[str]:
        page = Read(client.get(f"/{lang}/releases").text)
        caption = page.captions.index(words("calendar_caption"))
        return [row[2] for row in page.tables[caption][1:]]

    published, awaited, late = (words(f"calendar_{s}") for s in ("published", "awaited", "late"))
    assert standing() == [published, awaited, awaited]
    clock.day = DAY + timedelta(days=1)
    assert standing() == [published, late, awaited]
    clock.day = DAY + timedelta(days=31)
    assert standing() == [published, late, late]


def test_without_announcements_there_is_no_calendar(reader: FlaskClient) -> None:
    assert 'id="calendar"' not in reader.get("/en/releases").text
