"""What independent surveys say, each share with its sampling error and each survey with what is
known of how it was held."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.releases import Release
from data.reports.surveys import ANSWERS, QUESTIONS, SURVEYS, sampling_error
from layouts.components.link import file_link
from layouts.components.reported_table import origin
from layouts.components.table import Column, Line, Table, table
from layouts.words import Words

Row = dict[str, Any]
PLACE: Final = SURVEYS.name
ABOUT: Final = ("body", "population", "fieldwork", "design_effect")


def beside(release: Release, words: Words) -> list[Component]:
    """The section beside other numbers on satisfaction; nothing where no survey is reported."""
    rows = _rows(release)
    if not rows:
        return []
    text = html.P(words("report_surveys_text"))
    return [html.H2(words("report_surveys"), id=PLACE), text, *surveyed(release, words)]


def surveyed(release: Release, words: Words) -> list[Component]:
    """Each survey under its title, the latest first, and how sampling errors are made."""
    surveys = groupby(_rows(release), key=lambda row: (row["period"], row["survey"]))
    drawn = [
        part
        for number, (_, rows) in enumerate(surveys, start=1)
        for part in _survey(number, [*rows], words)
    ]
    return [*drawn, html.P(words("surveys_note"), className="note")]


def _rows(release: Release) -> list[Row]:
    """Rows of surveys, those of one together, in the order of questions and answers."""
    frame = release.reports.get(SURVEYS.name)
    if frame is None:
        return []
    by_question = sorted(frame.to_dicts(), key=_place_in_survey)
    return sorted(by_question, key=lambda row: (row["period"], row["survey"]), reverse=True)


def _place_in_survey(row: Row) -> tuple[int, int]:
    return QUESTIONS.index(row["question"]), ANSWERS.index(row["answer"])


def _survey(number: int, rows: list[Row], words: Words) -> Iterator[Component]:
    first = rows[0]
    title, period = first["title"] or first["survey"], words.period(first["period"])
    numbers = Table(
        words("surveys_caption", title=title, period=period),
        Column(words("surveys_asked_and_answered"), is_number=False),
        [Column(words(f"figure_{name}")) for name in ("share", "sampling_error", "sample")],
        [_line(row, words) for row in rows],
        style="reported",
        name=f"survey-{number}",
    )
    yield html.H3(title)
    about = [part for name in ABOUT for part in _about(name, first, words)]
    yield html.Dl(about, className="parts")
    yield table(numbers)
    yield html.P(_origin(first, words), className="provenance")


def _line(row: Row, words: Words) -> Line:
    asked = words(
        "surveys_answer",
        question=words(f"choice_question_{row['question']}"),
        answer=words(f"choice_answer_{row['answer']}"),
    )
    share = words.percent(row["share"], 1)
    return Line(asked, [share, _error(row, words), words.number(row["sample"])])


def _error(row: Row, words: Words) -> str:
    """± at 95 %; at least so much where the design effect is not stated, none of too few."""
    error = sampling_error(row)
    if error is None:
        return words("surveys_no_error")
    key = "surveys_error" if row["design_effect"] else "surveys_error_at_least"
    return words(key, value=words.decimal(error, 1))


def _about(name: str, row: Row, words: Words) -> list[Component]:
    told = _told(name, row, words) or words("surveys_not_stated")
    return [html.Dt(words(f"surveys_{name}")), html.Dd(told)]


def _told(name: str, row: Row, words: Words) -> str:
    if name == "fieldwork":
        days = (row[f"fieldwork_{end}"] for end in ("from", "to"))
        return " – ".join(words.date(day) for day in days if day)
    if name == "design_effect":
        return words.decimal(row[name], 2) if row[name] else ""
    return row[name] or ""


def _origin(row: Row, words: Words) -> list[str | Component]:
    said = words("reported_source", origin=origin(row["source"], row["stated_on"], words))
    if not row["public_at"]:
        return [said]
    there = file_link(words("reported_there"), row["public_at"], rel="noopener nofollow")
    return [said, " ", there]
