"""How a site is kept up: whom readers can write to, and what they were promised."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from data.periods import last_day


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Awaited:
    """A period that was announced and is not published yet, and the day it was announced for."""

    period: str
    day: date
    is_late: bool


@dataclass(frozen=True)
class Upkeep:
    """What the operator says of the site, and the day that it is there.

    ``contact`` is an e-mail or web address, or empty; ``takes_reports`` is true where readers'
    reports of errors are kept. ``promised_days`` is how old the newest data may become, None where
    nothing was promised. ``announced`` has, by period, the day until which it is to be published.
    """

    contact: str = ""
    takes_reports: bool = False
    promised_days: int | None = None
    announced: Mapping[str, date] = field(default_factory=dict)
    today: Callable[[], date] = _today

    def is_stale(self, as_of: str) -> bool:
        """True when the newest data, which end on an ISO day, are older than was promised."""
        if self.promised_days is None:
            return False
        return (self.today() - date.fromisoformat(as_of)).days > self.promised_days

    def missing(self, as_of: str) -> list[Awaited]:
        """The announced periods that data up to an ISO day do not hold whole, so that they are not
        published, in the order of their days."""
        end, today = date.fromisoformat(as_of), self.today()
        missing = [(day, each) for each, day in self.announced.items() if last_day(each) > end]
        return [Awaited(period, day, today > day) for day, period in sorted(missing)]

    def awaited(self, as_of: str) -> Awaited | None:
        """The first of them; None when all are published."""
        return next(iter(self.missing(as_of)), None)

    def standing(self, as_of: str) -> str:
        """Equal as long as pages say the same of what was promised."""
        return f"{self.is_stale(as_of)} {self.missing(as_of)}"
