"""How a site is kept up: whom readers can write to, and what they were promised."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True)
class Upkeep:
    """What the operator says of the site, and the day that it is there.

    ``contact`` is an e-mail or web address, or empty. ``promised_days`` is how old the newest data
    may become; None where nothing was promised. ``announced`` are the days of coming releases.
    ``takes_reports`` is true where readers' reports of errors are kept.
    """

    contact: str = ""
    promised_days: int | None = None
    announced: tuple[date, ...] = ()
    takes_reports: bool = False
    today: Callable[[], date] = _today

    def is_late(self, as_of: str) -> bool:
        """True when the newest data, which end on an ISO day, are older than was promised."""
        if self.promised_days is None:
            return False
        return (self.today() - date.fromisoformat(as_of)).days > self.promised_days

    @property
    def next_release(self) -> date | None:
        """The next announced day from today on; None where none is known."""
        return min((day for day in self.announced if day >= self.today()), default=None)

    def standing(self, as_of: str) -> str:
        """Equal as long as pages say the same of what is promised."""
        return f"{self.is_late(as_of)} {self.next_release}"
