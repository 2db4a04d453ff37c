"""Validate: raw texts become a typed canonical record, or a rejected row with the rule it broke."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import polars as pl

from data.codelists import Codelist
from etl import rules
from etl.codes import Coding, code_coding, encode, flag_coding
from etl.drift import Drift
from etl.mapping import Mapping as SourceMapping
from etl.moments import read_moments
from etl.record import FIELDS, TYPES, Field
from etl.sources.reader import UNREADABLE
from etl.stages import DATES, Raw, Valid

OLDEST: Final = 120
"""Years that an applicant's date of birth may lie back."""

BEGINNINGS: Final = ("received", "registered")
"""The dates of which a record needs one."""

EVENTS: Final = ("received", "registered", "answered", "reopened_at")
"""Moments that must lie between the earliest day and the last."""


@dataclass(frozen=True)
class Reading:
    """A mapping made ready: how each mapped field's texts are read, and between which days.

    ``latest`` is the last day that a record may speak of.
    """

    mapping: SourceMapping
    codings: Mapping[str, Coding]
    latest: date

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(FIELDS[name] for name in self.mapping.columns)


def make_reading(mapping: SourceMapping, lists: Mapping[str, Codelist], latest: date) -> Reading:
    """Checks the mapping's codes against the lists. Raises ``SourceError`` naming a wrong one."""
    codings: dict[str, Coding] = {}
    for name, column in mapping.columns.items():
        told = FIELDS[name]
        if told.kind == "flag":
            codings[name] = flag_coding(column)
        elif told.kind in {"code", "choice"}:
            allowed = told.choices or lists[told.dimension].at(told.level)
            codings[name] = code_coding(told, column, allowed, mapping.directory)
    return Reading(mapping, codings, latest)


@dataclass
class _Record:
    """A batch while it is read: values by field, and for each rule the rows that break it."""

    raw: pl.DataFrame
    values: dict[str, pl.Series] = field(default_factory=dict)
    broken: dict[str, list[pl.Series]] = field(default_factory=dict)

    def breaks(self, rule: str, rows: pl.Series) -> None:
        self.broken.setdefault(rule, []).append(rows.fill_null(value=False))

    def given(self, name: str) -> pl.Series | None:
        return self.values.get(name)

    def rule(self) -> pl.Series:
        """For each row the first rule, in the order of the list, that it breaks."""
        found = pl.Series("rule", [None], dtype=pl.String).new_from_index(0, self.raw.height)
        for rule in reversed(tuple(rules.RULES)):
            for rows in self.broken.get(rule, ()):
                found = found.set(rows, rule)
        return found


def validate(raw: Raw, reading: Reading, drift: Drift) -> Valid:
    """Reads a batch. ``frame`` has every canonical field, null where it is not mapped or given."""
    record = _Record(raw.frame)
    record.breaks(rules.UNREADABLE_ROW, raw.frame[UNREADABLE].is_not_null())
    for told in reading.fields:
        _read(record, told, reading, drift)
    _check_dates(record, reading)
    _check_status(record)
    return _divided(record, reading)


def _read(record: _Record, told: Field, reading: Reading, drift: Drift) -> None:
    texts = record.raw[told.name]
    if told.kind in {"moment", "day"}:
        record.values[told.name] = _moment(record, told, texts, reading)
    elif told.kind == "number":
        record.values[told.name] = _number(record, told, texts)
    elif told.kind == "text":
        record.values[told.name] = texts
    else:
        record.values[told.name] = _coded(record, told, texts, reading, drift)
    if reading.mapping.is_required(told.name):
        record.breaks(_missing_rule(told), _absent(record, told, texts))


def _missing_rule(told: Field) -> str:
    by_kind = {"text": rules.MISSING_ID, "moment": rules.MISSING_DATE, "day": rules.MISSING_DATE}
    return by_kind.get(told.kind, rules.MISSING_CODE)


def _absent(record: _Record, told: Field, texts: pl.Series) -> pl.Series:
    if told.kind in {"code", "choice"}:
        return texts.is_null() & record.values[told.name].is_null()
    return texts.is_null()


def _moment(record: _Record, told: Field, texts: pl.Series, reading: Reading) -> pl.Series:
    formats = reading.mapping.columns[told.name].formats
    moments = read_moments(texts, formats, reading.mapping.source.time_zone)
    record.breaks(rules.BAD_DATE, texts.is_not_null() & moments.is_null())
    return moments.cast(TYPES[told.kind])


def _number(record: _Record, told: Field, texts: pl.Series) -> pl.Series:
    # "4.0" is a whole number to whoever exported it from a table of floats.
    numbers = texts.str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)
    record.breaks(rules.BAD_NUMBER, texts.is_not_null() & numbers.is_null())
    record.breaks(rules.OUT_OF_RANGE, ~numbers.is_between(told.low, told.high))
    return numbers


def _coded(
    record: _Record, told: Field, texts: pl.Series, reading: Reading, drift: Drift
) -> pl.Series:
    coding = reading.codings[told.name]
    coded = encode(texts, coding)
    record.breaks(rules.JUNK_CODE, coded.is_junk)
    record.breaks(rules.UNKNOWN_CODE, coded.is_unknown)
    if coding.stops and coded.is_unknown.any():
        drift.new_codes(told.name, _counted(record.raw, told.name, coded.is_unknown))
    return coded.codes == "true" if told.kind == "flag" else coded.codes


def _counted(raw: pl.DataFrame, name: str, rows: pl.Series) -> pl.DataFrame:
    found = raw.filter(rows).group_by(pl.col(name).alias("text"))
    return found.agg(pl.len().alias("rows"), pl.col("row").min().alias("first"))


def _check_dates(record: _Record, reading: Reading) -> None:
    began_in = [name for name in BEGINNINGS if name in record.values]
    undated = record.raw.select(pl.all_horizontal(pl.col(began_in).is_null())).to_series()
    record.breaks(rules.MISSING_DATE, undated)
    earliest = reading.mapping.source.earliest
    for name in EVENTS:
        moments = record.given(name)
        if moments is not None:
            possible = moments.cast(pl.Date).is_between(earliest, reading.latest)
            record.breaks(rules.IMPOSSIBLE_DATE, ~possible)
    _check_order(record)
    born, began = record.given("birth_date"), _began(record)
    if born is not None:
        record.breaks(rules.OUT_OF_RANGE, born > began.cast(pl.Date))
        record.breaks(rules.OUT_OF_RANGE, born < began.cast(pl.Date).dt.offset_by(f"-{OLDEST}y"))


def _began(record: _Record) -> pl.Series:
    """The first moment that the record tells of the appeal: its receipt, or its registration."""
    told = [record.values[name] for name in BEGINNINGS if name in record.values]
    return told[0].zip_with(told[0].is_not_null(), told[-1])


def _check_order(record: _Record) -> None:
    answered = record.given("answered")
    if answered is not None:
        # Days, for a record may know the hour of one moment and only the day of the other.
        before = answered.cast(pl.Date) < _began(record).cast(pl.Date)
        record.breaks(rules.ANSWERED_BEFORE_RECEIVED, before)


def _check_status(record: _Record) -> None:
    """What the source says of itself stands: open has no answer, closed has the day of one."""
    status, answered = record.given("status"), record.given("answered")
    if status is None or answered is None:
        return
    is_open = (status == "open").fill_null(value=False)
    record.breaks(rules.MISSING_DATE, (status == "closed") & record.raw["answered"].is_null())
    record.values["answered"] = answered.set(is_open, None)


def _divided(record: _Record, reading: Reading) -> Valid:
    rule = record.rule()
    spare = {
        name: pl.lit(None, TYPES[told.kind])
        for name, told in FIELDS.items()
        if name not in record.values
    }
    carried = record.raw.drop(*reading.mapping.columns, UNREADABLE)
    typed = carried.with_columns(**record.values).with_columns(**spare)
    dates = typed.select(pl.struct(*BEGINNINGS, "answered").alias(DATES)).to_series()
    return Valid(
        frame=typed.filter(rule.is_null()),
        rejected=record.raw.with_columns(rule, dates).filter(rule.is_not_null()),
    )


def last_possible_day(as_of: date | None, today: date) -> date:
    """The last day that a record may speak of: the date of the data, or tomorrow by the clock."""
    return as_of or today + timedelta(days=1)
