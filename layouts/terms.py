"""The words of the site that not everyone knows: each has a line in the glossary and an anchor.

A term is declared with the pages and indicators that use it; those lead to its line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from data.statuses import BY_GRAVITY

WITH_AGENCIES: Final = ("agencies", "agency")
WITH_APPEALS: Final = ("home", *WITH_AGENCIES, "regions", "region", "trends")


@dataclass(frozen=True)
class Term:
    """A word to explain. Its texts are the words ``key`` and ``<key>_meaning``; ``more`` is the
    page that says more of it."""

    name: str
    pages: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    more: str = ""
    is_status: bool = False

    @property
    def key(self) -> str:
        return f"status_{self.name}" if self.is_status else f"term_{self.name}"


def _statuses() -> Iterator[Term]:
    """The statuses that a number can have: they have their words already."""
    for status in BY_GRAVITY:
        if status.sign:
            yield Term(status.word.removeprefix("status_"), ("disclosure",), is_status=True)


TERMS: Final[tuple[Term, ...]] = (
    Term("appeal", WITH_APPEALS, ("received", "answered")),
    Term("application"),
    Term("complaint"),
    Term("proposal", ("acts",), ("proposals", "taken_up")),
    Term("repeat", ("agencies", "agency"), ("repeat_share",)),
    Term("duplicate", ("data",), ("received",)),
    Term("channel", ("agency",)),
    Term("theme", ("agency", "region")),
    Term("group", ("agency", "region"), ("received_share",)),
    Term("agency", ("agencies",)),
    Term("sector", ("agencies",)),
    Term("harassment", ("home",), ("harassment",)),
    Term("legal_term", WITH_APPEALS, ("on_time_rate",), more="method"),
    Term("overdue", WITH_AGENCIES, ("on_time_rate",)),
    Term("open", ("agency",), ("open",)),
    Term("considered", ("home", "agency"), ("considered", "clearance_ratio", "outcome_share")),
    Term("outcome", ("agency",), ("outcome_share",)),
    Term("act", ("acts",), ("acts",), more="acts"),
    Term("indicator", ("method",), more="method"),
    Term("share", (), ("on_time_rate", "received_share", "outcome_share", "repeat_share")),
    Term("median", WITH_APPEALS, ("median_days",)),
    Term("percentile", WITH_AGENCIES, ("p90_days",)),
    Term("per_people", ("home", "regions", "region"), ("per_10000",)),
    Term("response_rate", WITH_AGENCIES, ("satisfaction_response", "satisfaction_mean")),
    Term(
        "bounds",
        WITH_AGENCIES,
        ("satisfaction_at_least", "satisfaction_at_most", "satisfaction_top"),
        more="claims",
    ),
    Term("sampling_error", ("system", "claims"), more="system"),
    Term("sketch", ("home", "method"), ("applicants", "appeals_per_applicant")),
    Term("interval", ("agencies", "method"), ("on_time_rate",)),
    Term("band", ("agencies", "method"), more="method"),
    Term("release", ("releases", "data"), more="releases"),
    Term("checksum", ("releases", "data")),
    Term("ledger", ("releases", "data")),
    Term("held_back", ("releases", "data")),
    Term("protection", ("disclosure", "releases"), more="disclosure"),
    Term("restatement", ("releases",)),
    *_statuses(),
)


def terms_of(page: str, code: str) -> tuple[Term, ...]:
    """The terms that a page uses; on an indicator's page, those that the indicator needs."""
    if page == "indicator":
        return tuple(term for term in TERMS if code in term.indicators)
    return tuple(term for term in TERMS if page in term.pages)


def anchor(term: Term) -> str:
    """Where in the glossary a term stands."""
    return f"term-{term.name.replace('_', '-')}"
