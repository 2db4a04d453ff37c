"""How an indicator went: country, regions, agencies or themes, up to four lines in one chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.datasets import Grain
from data.dimensions import TOTAL
from data.releases import Release
from layouts.components.alarms import alarms
from layouts.components.asking import ask, collected, has_table
from layouts.components.download import downloads
from layouts.components.form import Choice, form, options
from layouts.components.outlook import FILES as FORECASTS
from layouts.components.outlook import Subject as Forecast
from layouts.components.outlook import outlook
from layouts.components.periods import Periods, grains_of, grains_with
from layouts.components.reading import rows_of
from layouts.components.reorganised import breaks, reorganised
from layouts.components.status import status_key
from layouts.components.switch import KEY, switch
from layouts.components.trend import FORMS, Course, course, trend
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

LINES: Final = ("a", "b", "c", "d")
OPENING_LINES: Final = 3


@dataclass(frozen=True)
class Subject:
    """Whose course is shown: the table that has it over time, its dimension and level."""

    table: str
    dimension: str
    level: str


SUBJECTS: Final = {
    "nation": Subject("agencies", "agency", ""),
    "region": Subject("regions", "area", "region"),
    "agency": Subject("agencies", "agency", "agency"),
    "theme": Subject("region_by_theme", "theme", "theme"),
}
INDICATORS: Final = (
    "received",
    "answered",
    "on_time_rate",
    "median_days",
    "p90_days",
    "satisfaction_mean",
    "satisfaction_response",
    "repeat_share",
    "per_10000",
)


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The form, the chart with its table, and the files behind it."""
    release = observe.release
    by = _by(view, release)
    subject = SUBJECTS[by]
    offered = _offered(observe, subject)
    indicator = view.get("indicator") if view.get("indicator") in offered else offered[0]
    codes = _codes(view, observe, subject)
    grain = _grain(view, release, subject, indicator)
    courses = [_course(observe, words, subject, (indicator, grain), code) for code in codes]
    title = _title(words, indicator, courses)
    names = ", ".join(each.name for each in courses)
    subtitle = words("pages_table_of", heading=words(f"indicator_{indicator}"), period=names)
    every = [each for shown in courses for each in shown.readings]
    bodies = codes if subject.level == "agency" else []
    marked = breaks(release, courses[0].periods, words, *bodies)
    return html.Article(
        [
            html.H1(title),
            html.P(words(f"indicator_{indicator}_meaning"), className="lead"),
            _form(observe, view, words, indicator),
            switch(view, words, FORMS, view.get(KEY)),
            trend("trends", html.H2(subtitle), courses, words, form=view.get(KEY), marked=marked),
            *reorganised(release, view, words, *bodies),
            *_coarser(view, words, grain),
            *status_key(every, words),
            html.P(words(f"indicator_{indicator}_caution"), className="caution"),
            *outlook(observe, view, words, _forecast(observe, words, subject, indicator, codes)),
            *alarms(observe, view, words, subject.dimension if subject.level else ""),
            downloads(release, view, words, subject.table, "alerts", *FORECASTS),
        ],
        className="trends",
    )


def _forecast(
    observe: Observer, words: Words, subject: Subject, indicator: str, codes: Sequence[str]
) -> list[Forecast]:
    """The lines of which there can be a forecast: appeals received of all, regions and themes."""
    if indicator != "received" or subject.level == "agency":
        return []
    names = {code: _name(observe, words, subject, code) for code in codes}
    if not subject.level:
        return [Forecast(name) for name in names.values()]
    return [Forecast(name, **{subject.dimension: code}) for code, name in names.items()]


def _by(view: View, release: Release) -> str:
    """The subject in the address when the release has it, else the country."""
    by = view.get("by")
    return by if _is_there(SUBJECTS[by], release) else "nation"


def _is_there(subject: Subject, release: Release) -> bool:
    if not subject.level:
        return True
    codes = release.codelists.get(subject.dimension)
    return has_table(release, subject.table) and codes is not None and bool(codes.at(subject.level))


def _offered(observe: Observer, subject: Subject) -> tuple[str, ...]:
    return collected(observe.release, subject.table, INDICATORS)


def _grain(view: View, release: Release, subject: Subject, indicator: str) -> Grain:
    """The grain in the address, or the finest that the indicator is published for."""
    offered = grains_with(release, subject.table, indicator) or grains_of(release, subject.table)
    return next((grain for grain in offered if grain == view.get("grain")), offered[-1])


def _codes(view: View, observe: Observer, subject: Subject) -> list[str]:
    """The codes in the address; without one, those with the most appeals lately."""
    if not subject.level:
        return [TOTAL]
    known = observe.release.codelists[subject.dimension].at(subject.level)
    asked = [view.get(line) for line in LINES if view.get(line) in known]
    return list(dict.fromkeys(asked)) or _largest(observe, subject)


def _coarser(view: View, words: Words, grain: Grain) -> list[Component]:
    """Says that longer periods are shown than the address asks for, since there are no others."""
    if grain == view.get("grain"):
        return []
    return [html.P(words("trends_coarser", grain=words(f"level_{grain}")), className="note")]


def _largest(observe: Observer, subject: Subject) -> list[str]:
    last = Periods(observe.release, subject.table, ("received",)).opening
    answer = ask(observe, subject.table, ("received",), by=subject.level, period=last)
    rows = sorted(rows_of(answer.observations), key=lambda row: -(row["received"] or 0))
    return [str(row[subject.dimension]) for row in rows[:OPENING_LINES]]


def _course(
    observe: Observer, words: Words, subject: Subject, shown: tuple[str, Grain], code: str
) -> Course:
    indicator, grain = shown
    where = {subject.dimension: code}
    answer = ask(observe, subject.table, (indicator,), by=grain, **where)
    return course(_name(observe, words, subject, code), answer.observations, indicator)


def _name(observe: Observer, words: Words, subject: Subject, code: str) -> str:
    if code == TOTAL:
        return words("pages_everywhere")
    return words.name(observe.release.codelists[subject.dimension], code)


def _title(words: Words, indicator: str, courses: Sequence[Course]) -> str:
    """The indicator, and from which period to which."""
    first, last = courses[0].periods[0], courses[0].periods[-1]
    return words(
        "trends_title",
        indicator=words(f"indicator_{indicator}"),
        first=words.period(first),
        last=words.period(last),
    )


def _form(observe: Observer, view: View, words: Words, indicator: str) -> Component:
    by = _by(view, observe.release)
    subject = SUBJECTS[by]
    offered = [(name, words(f"indicator_{name}")) for name in _offered(observe, subject)]
    subjects = [
        (name, words(f"trends_by_{name}"))
        for name, each in SUBJECTS.items()
        if _is_there(each, observe.release)
    ]
    every = reversed(grains_of(observe.release, subject.table))
    grains = [(grain, words(f"level_{grain}")) for grain in every]
    shown = _grain(view, observe.release, subject, indicator)
    fields = [
        Choice("indicator", words("pages_indicator"), indicator, options(*offered)),
        Choice("by", words("trends_by"), by, options(*subjects)),
        Choice("grain", words("trends_grain"), shown, options(*grains)),
        *_line_choices(observe, view, words, subject),
    ]
    return form(view, fields, words("pages_show"), words("trends_filters"))


def _line_choices(observe: Observer, view: View, words: Words, subject: Subject) -> list[Choice]:
    if not subject.level:
        return []
    codes = observe.release.codelists[subject.dimension]
    pairs = sorted(
        ((code, words.name(codes, code)) for code in codes.at(subject.level)), key=lambda p: p[1]
    )
    shown = [*_codes(view, observe, subject), "", "", "", ""]
    every = options(("", words("trends_no_line")), *pairs)
    return [
        Choice(line, words("trends_line", letter=line.upper()), shown[index], every)
        for index, line in enumerate(LINES)
    ]


PAGE: Final = Page("trends", layout)
