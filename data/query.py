"""A question to a release: at once the permalink, the API's parameters and the cache key."""

from dataclasses import dataclass
from typing import Final

LATEST: Final = "latest"
EXCEPT: Final = "except"
"""The parameter that names the keys whose codes are left out rather than kept."""

Codes = tuple[tuple[str, tuple[str, ...]], ...]
"""By key (a dimension or ``period``): some of its codes."""


@dataclass(frozen=True)
class Query:
    """Which indicators of a dataset, by which levels, where which codes hold.

    ``by`` names levels (``agency``, ``district``, ``quarter`` …), ``where`` fixes a dimension or
    ``period`` to one code; a dimension in neither is at its total. Of a key whose level is in
    ``by``, ``only`` keeps some codes, and ``without`` leaves some out.
    """

    dataset: str
    indicators: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    release: str = LATEST
    only: Codes = ()
    without: Codes = ()

    @property
    def fixed(self) -> dict[str, str]:
        return dict(self.where)

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The query as URL parameters, in one order only, so that equal queries are equal text."""
        chosen = [(key, ",".join(codes)) for key, codes in (*self.only, *self.without)]
        left_out = ",".join(sorted(key for key, _ in self.without))
        return (
            ("dataset", self.dataset),
            ("indicator", ",".join(self.indicators)),
            ("by", ",".join(self.by)),
            *sorted([*self.where, *chosen]),
            *([(EXCEPT, left_out)] if left_out else []),
            ("release", self.release),
        )


def query(
    dataset: str, *indicators: str, by: str = "", release: str = LATEST, **where: str
) -> Query:
    """A query in one line: ``query("agencies", "on_time_rate", by="agency", period="2019")``."""
    levels = tuple(level for level in by.split(",") if level)
    return Query(dataset, indicators, levels, tuple(sorted(where.items())), release)
