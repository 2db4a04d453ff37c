"""A question to a release: at once the permalink, the API's parameters and the cache key."""

from dataclasses import dataclass
from typing import Final

LATEST: Final = "latest"


@dataclass(frozen=True)
class Query:
    """Which indicators of a dataset, by which levels, where which codes hold.

    ``by`` names levels (``agency``, ``district``, ``quarter`` …), ``where`` fixes a dimension or
    ``period`` to one code; a dimension in neither is at its total.
    """

    dataset: str
    indicators: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    release: str = LATEST

    @property
    def fixed(self) -> dict[str, str]:
        return dict(self.where)

    def parameters(self) -> tuple[tuple[str, str], ...]:
        """The query as URL parameters, in one order only, so that equal queries are equal text."""
        return (
            ("dataset", self.dataset),
            ("indicator", ",".join(self.indicators)),
            ("by", ",".join(self.by)),
            *sorted(self.where),
            ("release", self.release),
        )


def query(
    dataset: str, *indicators: str, by: str = "", release: str = LATEST, **where: str
) -> Query:
    """A query in one line: ``query("agencies", "on_time_rate", by="agency", period="2019")``."""
    levels = tuple(level for level in by.split(",") if level)
    return Query(dataset, indicators, levels, tuple(sorted(where.items())), release)
