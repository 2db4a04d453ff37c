"""The rows of a report: judged one by one, and typed as the report declares them."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from data.dimensions import TOTAL
from data.periods import last_day
from data.reports import PUBLIC_AT, SOURCE, STATED_ON, Figure, Report
from etl.reports.keys import Lists, form_of, is_day, is_well_formed
from etl.reports.refusal import Breach, refuse

WHOLE: Final = r"^\d{1,12}$"
DECIMAL: Final = r"^\d{1,12}(\.\d{1,6})?$"
ADDRESS: Final = r"^https?://[^\s<>\"]{4,500}$"
LONGEST: Final = 500
"""Letters of a note or a source."""


def typed(texts: pl.DataFrame, report: Report, lists: Lists) -> pl.DataFrame:
    """The rows with the columns and types of the report, in the order in which they came.

    ``texts`` has every column of the report, null where nothing is given. Raises ``SourceError``
    naming the row and the rule that it breaks.
    """
    refuse(report, _of_keys(texts, report, lists))
    refuse(report, _of_texts(texts, report))
    refuse(report, _of_origin(texts, report))
    frame = texts.select(
        pl.col(name).cast(kind) for name, kind in report.schema.items()
    ).with_columns(pl.col(f.name).round(f.decimals) for f in report.figures if f.decimals)
    refuse(report, _of_figures(frame, report))
    return frame


def _of_keys(texts: pl.DataFrame, report: Report, lists: Lists) -> Iterator[Breach]:
    for key in report.keys:
        right = is_well_formed(key, texts[key.name], lists).fill_null(value=False)
        yield Breach(f"'{key.name}' is not {form_of(key)}", ~right, "Mend it in the report.")
    coded = list(report.dimension_of)
    if len(set(report.dimension_of.values())) < len(coded):
        alike = texts.select(pl.concat_list(coded).list.n_unique() < len(coded)).to_series()
        yield Breach(f"{' and '.join(coded)} are the same", alike, "Name two, or leave it out.")
    twice = texts.select(report.key_names).is_duplicated()
    keys = ", ".join(report.key_names)
    yield Breach(f"another row has the same {keys}", twice, "Keep one of them.")


def _of_texts(texts: pl.DataFrame, report: Report) -> Iterator[Breach]:
    for figure in report.figures:
        given = texts[figure.name]
        form = DECIMAL if figure.decimals else WHOLE
        kind = "a number such as 12.5" if figure.decimals else "a whole number such as 125"
        yield Breach(
            f"'{figure.name}' is not {kind}",
            ~given.str.contains(form),
            "Give digits alone, or leave the cell empty where none is reported.",
        )
    for name in (*report.notes, SOURCE):
        yield Breach(
            f"'{name}' is longer than {LONGEST} letters",
            texts[name].str.len_chars() > LONGEST,
            "Shorten it: it stands beside a figure.",
        )


def _of_origin(texts: pl.DataFrame, report: Report) -> Iterator[Breach]:
    stated = texts[STATED_ON]
    yield Breach("no 'source' is given", texts[SOURCE].is_null(), "Say who states the figures.")
    yield Breach(
        f"'{STATED_ON}' is not a day such as 2019-03-31",
        ~is_day(stated).fill_null(value=False),
        "Give the day on which the figures were stated.",
    )
    yield Breach(
        f"'{PUBLIC_AT}' is not an address", ~texts[PUBLIC_AT].str.contains(ADDRESS), "Mend it."
    )
    for key in report.keys:
        if key.of == "period":
            ends = texts[key.name].map_elements(lambda c: last_day(c).isoformat(), pl.String)
            yield Breach(
                "the figures were stated before the period had ended",
                stated < ends,
                "Report the periods that had ended by then.",
            )


def _of_figures(frame: pl.DataFrame, report: Report) -> Iterator[Breach]:
    given = [frame[figure.name].is_not_null().alias(figure.name) for figure in report.figures]
    if given:
        nothing = ~pl.DataFrame(given).select(pl.any_horizontal(pl.all())).to_series()
        yield Breach("it reports no figure", nothing, "Leave the row out.")
    for figure in report.figures:
        yield from _of_figure(frame, report, figure)


def _of_figure(frame: pl.DataFrame, report: Report, figure: Figure) -> Iterator[Breach]:
    if figure.within:
        yield Breach(
            f"'{figure.name}' is more than '{figure.within}', which contains it",
            frame[figure.name] > frame[figure.within],
            "Mend the one or the other.",
        )
    if figure.of_total:
        totals = pl.all_horizontal(
            pl.col(key.name) == TOTAL for key in report.keys if key.of != "period"
        )
        yield Breach(
            f"'{figure.name}' is reported for more than the total",
            frame.select(pl.col(figure.name).is_not_null() & ~totals).to_series(),
            f"Report it in the row of {TOTAL} alone.",
        )
