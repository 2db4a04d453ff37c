"""Reports: the figures that bodies state of themselves, each declared once.

A report breaks down by one key beside its periods, so that what is not reported cannot be worked
out from two breakdowns of the same persons. Surveys count no appeal, and nobody in one can be told.
"""

from typing import Final

from data.dimensions import TOTAL
from data.reports.report import ORIGIN, PUBLIC_AT, SOURCE, STATED_ON, Figure, Key, Ratio, Report
from data.reports.surveys import SURVEYS

__all__ = [
    "ORIGIN",
    "PUBLIC_AT",
    "REORGANISATIONS",
    "REPORTS",
    "SOURCE",
    "STATED_ON",
    "SURVEYS",
    "TOTAL",
    "Figure",
    "Key",
    "Ratio",
    "Report",
]

_PERIOD: Final = Key("period", "period", "Year, quarter or month: 2019, 2019-Q3, 2019-09.")
_THEME: Final = Key(
    "theme",
    "code",
    "Code of codelist_theme.csv; _T is the total.",
    dimension="theme",
    levels=("theme_group", "theme"),
    has_total=True,
)


def _area(*levels: str) -> Key:
    text = f"Code of codelist_area.csv at: {', '.join(levels)}; _T is the total."
    return Key("area", "code", text, dimension="area", levels=levels, has_total=True)


def _agency(name: str, text: str, *, has_total: bool = False) -> Key:
    total = "; _T is the total" if has_total else ""
    return Key(
        name, "code", text + total, dimension="agency", levels=("agency",), has_total=has_total
    )


def _choice(name: str, *choices: str, overlaps: bool = False) -> Key:
    text = f"One of: {', '.join(choices)}; _T is the total."
    return Key(name, "choice", text, choices=choices, has_total=True, overlaps=overlaps)


_PEOPLE: Final = Figure("people", "People who were received.", personal=True)
_HELD: Final = Figure("held", "Receptions that were held.")

REORGANISATIONS: Final = Report(
    "reorganisations",
    (
        Key("date", "day", "The day from which the change holds."),
        _agency("predecessor", "Code of codelist_agency.csv: the body before."),
        _agency("successor", "Code of codelist_agency.csv: the body after."),
        Key(
            "change",
            "choice",
            "merged: the body before became part of the body after; split: the body after was "
            "split off; replaced: it took the other's place; functions: some tasks moved.",
            choices=("merged", "split", "replaced", "functions"),
        ),
    ),
    (),
    "register_of_bodies",
    notes={"act": "The act by which it was done."},
)

REPORTS: Final[dict[str, Report]] = {
    report.name: report
    for report in (
        Report(
            "reception_offices",
            (_PERIOD, _area("region", "district")),
            (Figure("offices", "Offices that were open at the end of the period."), _PEOPLE),
            "reception_offices",
        ),
        Report(
            "call_centre",
            (_PERIOD, _THEME),
            (
                Figure("calls", "Calls that were answered.", personal=True),
                Figure(
                    "registered",
                    "Calls that were registered as appeals; for all themes together alone, since "
                    "the tables of appeals are broken down by theme.",
                    personal=True,
                    within="calls",
                    of_total=True,
                ),
            ),
            "call_centre",
        ),
        Report(
            "receptions",
            (_PERIOD, _choice("reception", "mobile", "personal", "online")),
            (_HELD, _PEOPLE),
            "reception_offices",
        ),
        Report("reception_themes", (_PERIOD, _THEME), (_PEOPLE,), "reception_offices"),
        Report(
            "execution_discipline",
            (
                _PERIOD,
                _agency("agency", "Code of codelist_agency.csv; _T is the total.", has_total=True),
            ),
            (
                Figure("assigned", "Orders whose term ended in the period."),
                Figure("on_time", "Of these, carried out within their term.", within="assigned"),
            ),
            "execution_control",
            ratios=(Ratio("on_time_share", "on_time", "assigned"),),
        ),
        Report(
            "entrepreneur_receptions",
            (_PERIOD, _choice("entrepreneur", "small", "medium_large", "investor")),
            (_HELD, _PEOPLE),
            "entrepreneurs",
        ),
        Report(
            "impact_proposals",
            (
                _PERIOD,
                Key(
                    "draft",
                    "number",
                    "The draft act's number in the impact-assessment portal; _T is the total.",
                    has_total=True,
                ),
            ),
            (
                Figure("proposals", "Proposals that were made on the draft.", personal=True),
                Figure("points_changed", "Points of the draft that they changed."),
            ),
            "impact_assessment",
            notes={"title": "The title of the draft."},
        ),
        Report(
            "target_results",
            (
                _PERIOD,
                Key(
                    "target_group",
                    "choice",
                    "One of: women, under_30, over_60, disability, hardship, which overlap; _T is "
                    "everybody.",
                    choices=("women", "under_30", "over_60", "disability", "hardship"),
                    has_total=True,
                    overlaps=True,
                    exclusive=(("under_30", "over_60"),),
                ),
            ),
            (
                Figure("homes", "Homes that were given.", personal=True),
                Figure("jobs", "People who found work.", personal=True),
                Figure("loans", "Loans that were granted.", personal=True),
                Figure(
                    "roads", "Roads that were renovated.", "kilometres", decimals=1, of_total=True
                ),
            ),
            "target_programmes",
        ),
        Report(
            "inputs",
            (_PERIOD, _area("region")),
            (
                Figure("staff", "Posts that were filled at the end of the period."),
                Figure("seminars", "Seminars that were held for those who answer appeals."),
                Figure("cost", "What the work on appeals cost.", "million_soum", decimals=1),
            ),
            "finance",
        ),
        REORGANISATIONS,
        SURVEYS,
    )
}
