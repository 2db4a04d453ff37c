"""Why a value is there, or is not: one SDMX CL_OBS_STATUS code beside each published value."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Status:
    """An observation status: its SDMX code, the sign shown in place of a value, and its word."""

    code: str
    sign: str
    word: str
    has_value: bool


NORMAL: Final = Status("A", "", "status_normal", has_value=True)
PROVISIONAL: Final = Status("P", "p", "status_provisional", has_value=True)
ESTIMATED: Final = Status("E", "e", "status_estimated", has_value=True)
"""By its nature, not for want of data: a number that is not counted but reckoned, with an error
that is stated beside it."""
SUPPRESSED: Final = Status("Q", "c", "status_suppressed", has_value=False)
TOO_FEW: Final = Status("N", "·", "status_too_few", has_value=False)
NOT_COLLECTED: Final = Status("L", "–", "status_not_collected", has_value=False)
NOT_YET: Final = Status("O", "…", "status_not_yet", has_value=False)
NOT_REACHED: Final = Status("R", ">", "status_not_reached", has_value=False)
"""Ours, not of SDMX: longer than anything that was observed, because too many are still open."""
NOT_APPLICABLE: Final = Status("M", "/", "status_not_applicable", has_value=False)

# Of two inputs, the one that says more about why a value is missing decides.
BY_GRAVITY: Final = (
    NOT_COLLECTED,
    NOT_YET,
    SUPPRESSED,
    TOO_FEW,
    NOT_REACHED,
    NOT_APPLICABLE,
    PROVISIONAL,
    ESTIMATED,
    NORMAL,
)
STATUSES: Final = {status.code: status for status in BY_GRAVITY}
