"""The mapping file: how the columns of one source become the canonical record.

``docs/mapping.md`` explains every key for people. Anything that is not a key, does not fit its
field or contradicts another key is refused with its place in the file.
"""

import codecs
import re
import tomllib
from collections.abc import Mapping as Table
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from data.dimensions import DIMENSIONS
from data.errors import SourceError
from data.reports import REPORTS
from etl.moments import is_format
from etl.record import FIELDS

Format = Literal["csv", "jsonl", "parquet", "sql"]
FIELD_KEYS: Final[Table[str, frozenset[str]]] = {
    "text": frozenset(),
    "moment": frozenset({"formats"}),
    "day": frozenset({"formats"}),
    "code": frozenset({"codes", "codes_file", "fold", "default", "junk", "unknown", "other"}),
    "choice": frozenset({"codes", "codes_file", "fold", "default", "junk", "unknown", "other"}),
    "flag": frozenset({"true", "false", "default"}),
    "number": frozenset(),
}
"""Which keys a field of a kind may have beside ``from``, ``pattern`` and ``required``."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"'{name}' is no time zone, such as 'Asia/Tashkent'") from error
    return name


def _encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise ValueError(f"'{name}' is no encoding, such as 'utf-8' or 'cp1251'") from error


def _pattern(text: str) -> str:
    try:
        groups = re.compile(text).groups
    except re.error as error:
        raise ValueError("it is no regular expression") from error
    if groups != 1:
        raise ValueError("it must have exactly one group ( … ), the part to keep")
    return text


def _as_list(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


def _formats(formats: tuple[str, ...]) -> tuple[str, ...]:
    for tried in formats:
        if not is_format(tried):
            raise ValueError(f"'{tried}' is no date format, such as '%d.%m.%Y %H:%M'")
    return formats


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class Section(BaseModel):
    """A table of the mapping file; keys that it does not declare are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class SourceSection(Section):
    """``[source]``: what the appeals are and where they lie."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
    titles: Annotated[dict[str, str], Field(min_length=1)]
    time_zone: Annotated[str, AfterValidator(_zone)]
    licence: str = ""
    attribution: str = ""
    generated: bool = False
    closed: bool = False
    location: str = ""
    format: Format | None = None
    table: str = ""
    query: str = ""
    as_of: date | None = None
    earliest: date = date(2000, 1, 1)
    never_read: Texts = ()
    missing: Texts = ("",)

    @model_validator(mode="after")
    def _one_way_to_read(self) -> Self:
        if self.table and self.query:
            raise ValueError("give either table or query, not both")
        for name in self.never_read:
            if re.search(rf"\b{re.escape(name)}\b", self.query, re.IGNORECASE):
                raise ValueError(f"the query names '{name}', which is never to be read")
        return self


class CsvSection(Section):
    """``[csv]``: how a file of delimited text is written."""

    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    quote: Annotated[str, Field(min_length=1, max_length=1)] = '"'
    encoding: Annotated[str, AfterValidator(_encoding)] = "utf-8"
    header: Texts = ()


class ColumnSection(Section):
    """``[columns.<field>]``: where a canonical field comes from and how its texts are read."""

    from_: Annotated[Texts, Field(alias="from")] = ()
    pattern: Annotated[str, AfterValidator(_pattern)] | None = None
    required: bool | None = None
    formats: Annotated[Texts, AfterValidator(_formats)] = ()
    codes: dict[str, str] | None = None
    codes_file: str | None = None
    fold: bool = False
    default: str | None = None
    junk: Texts = ()
    unknown: Literal["stop", "quarantine", "other"] = "stop"
    other: str | None = None
    true: Texts = ()
    false: Texts = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not self.from_ and self.default is None:
            raise ValueError("give 'from', the column it comes from, or 'default'")
        if self.codes is not None and self.codes_file is not None:
            raise ValueError("give either codes or codes_file, not both")
        if (self.unknown == "other") != (self.other is not None):
            raise ValueError("'unknown = \"other\"' and 'other = <code>' go together")
        return self


class PseudonymiseSection(Section):
    """``[pseudonymise]``: what becomes a number at the door, the identifiers of a person and the
    text of the answer."""

    person: Texts = ()
    answer: Texts = ()


class TermsSection(Section):
    """``[terms]``: the statutory clock, or that there is none."""

    file: str | None = None
    none: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.file is None) != self.none:
            raise ValueError("give either file or none = true")
        return self


class PopulationSection(Section):
    """``[population]``: residents by area and date."""

    file: str


class RegisterSection(Section):
    """Where rows beside the appeals lie: a table or query of the same database, or a file."""

    table: str = ""
    query: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(map(bool, (self.table, self.query, self.source))) != 1:
            raise ValueError("give one of table, query and source")
        return self


class ActsSection(RegisterSection):
    """``[acts]``: the register of the normative acts that came of appeals."""

    columns: dict[Literal["act", "lex_id", "date", "title", "body", "theme"], str] = {}
    codes: dict[str, str] = {}
    codes_file: str | None = None


class ReportSection(RegisterSection):
    """``[reports.<name>]``: figures that a body states itself; a text alone is the file's name."""

    columns: dict[str, str] = {}

    @model_validator(mode="before")
    @classmethod
    def _file_name_alone(cls, given: Any) -> Any:
        return {"source": given} if isinstance(given, str) else given


class Mapping(Section):
    """A whole mapping file. Paths in it are relative to ``directory``, where the file lies."""

    source: SourceSection
    columns: dict[str, ColumnSection]
    csv: CsvSection = CsvSection()
    pseudonymise: PseudonymiseSection = PseudonymiseSection()
    codelists: dict[str, str] = {}
    terms: TermsSection | None = None
    population: PopulationSection | None = None
    acts: ActsSection | None = None
    reports: dict[str, ReportSection] = {}
    _file: Path = PrivateAttr(default=Path("mapping.toml"))

    @property
    def directory(self) -> Path:
        return self._file.parent

    @property
    def file_name(self) -> str:
        return self._file.name

    @property
    def read_columns(self) -> tuple[str, ...]:
        """Every column of the source that is read, each once."""
        fields = (name for column in self.columns.values() for name in column.from_)
        return tuple(dict.fromkeys((*fields, *self.pseudonymise.person, *self.pseudonymise.answer)))

    def files_beside(self) -> list[Path]:
        """The files that the mapping names beside itself, where they are to be; a word that stands
        for a list of the product names one that is not there."""
        named = [
            *self.codelists.values(),
            *(each.codes_file for each in self.columns.values()),
            *(each.source for each in self.reports.values()),
            *((self.acts.source, self.acts.codes_file) if self.acts else ()),
            self.terms.file if self.terms else None,
            self.population.file if self.population else None,
        ]
        return [self.directory / name for name in named if name]

    def is_required(self, field: str) -> bool:
        """Whether a row without this field is held back."""
        if field == "appeal_id":
            return True
        told = self.columns[field].required
        only_date = field == "received" and "registered" not in self.columns
        return (FIELDS[field].required or only_date) if told is None else told

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _check_fields(self.columns)
        _check_dates(self.columns)
        _check_reports(self.reports)
        unknown = sorted(set(self.codelists) - set(DIMENSIONS))
        if unknown:
            raise ValueError(f"[codelists] '{unknown[0]}' is none of {', '.join(DIMENSIONS)}")
        never = {name.casefold() for name in self.source.never_read}
        kept_out = [name for name in self.read_columns if name.casefold() in never]
        if kept_out:
            raise ValueError(f"'{kept_out[0]}' is in never_read and is mapped all the same")
        return self


def _check_fields(columns: Table[str, ColumnSection]) -> None:
    for name, column in columns.items():
        if name not in FIELDS:
            raise ValueError(f"[columns.{name}] is no field; the fields are {', '.join(FIELDS)}")
        allowed = FIELD_KEYS[FIELDS[name].kind] | {"from_", "pattern", "required"}
        extra = sorted(column.model_fields_set - allowed)
        if extra:
            raise ValueError(
                f"[columns.{name}] a {FIELDS[name].kind} field has no key '{extra[0]}'"
            )


def _check_dates(columns: Table[str, ColumnSection]) -> None:
    if "appeal_id" not in columns:
        raise ValueError("[columns.appeal_id] is missing: each record needs its number")
    if not {"registered", "received"} & set(columns):
        raise ValueError("[columns.registered] is missing: each record needs its day")


def _check_reports(reports: Table[str, ReportSection]) -> None:
    for name, section in reports.items():
        if name not in REPORTS:
            raise ValueError(f"[reports.{name}] is no report; the reports are {', '.join(REPORTS)}")
        columns = REPORTS[name].schema
        strange = sorted(section.columns.keys() - columns.keys())
        if strange:
            raise ValueError(
                f"[reports.{name}] has no column '{strange[0]}'; they are {', '.join(columns)}"
            )


def read_mapping(path: Path) -> Mapping:
    """Reads a mapping file.

    Raises ``SourceError`` naming the file, the place in it and what is wrong there.
    """
    try:
        mapping = Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SourceError("Mapping", f"{path.name} cannot be read.", "Check the path.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(
            "Mapping", f"{path.name} is not TOML: {error}.", "Mend the line that is named."
        ) from error
    except ValidationError as error:
        raise _refusal(path.name, error) from error
    mapping._file = path  # noqa: SLF001
    return mapping


def _refusal(name: str, error: ValidationError) -> SourceError:
    found = "; ".join(
        _finding(each) for each in error.errors(include_url=False, include_input=False)
    )
    return SourceError("Mapping", f"{name}: {found}.", "Mend the keys named; see docs/mapping.md.")


def _finding(error: Any) -> str:
    place = ".".join(str(part).removesuffix("_") for part in error["loc"])
    said = "this is no key" if error["type"] == "extra_forbidden" else error["msg"]
    said = said.removeprefix("Value error, ")
    return f"{place}: {said}" if place else said
