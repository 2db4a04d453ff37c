"""Quality flags: shares that are high where answers are made for the figures, not for people.

A flag is a reason to look, never a finding: each has beside its meaning and its caution a word on
what else may explain it (``indicator_<name>_false_alarm`` in ``locales/``).
"""

from dataclasses import dataclass
from typing import Final

from data.errors import DeclarationError
from data.indicators import INDICATORS
from data.measures import PING_PONG, RETURN_DAYS, TEMPLATE_FROM

TABLE: Final = "quality"
"""The table that has them."""


@dataclass(frozen=True)
class Flag:
    """An indicator that is read as a flag; ``beside`` is the one that says what to expect of it."""

    indicator: str
    beside: str = ""


FLAGS: Final[dict[str, Flag]] = {
    flag.indicator: flag
    for flag in (
        Flag("instant_share"),
        Flag("last_days_share", beside="week_before_share"),
        Flag("forwarded_share"),
        Flag("forwarded_often_share"),
        Flag("template_share"),
        Flag("return_share"),
    )
}


RULES: Final = {
    "forwarded_often": PING_PONG,
    "template_from": TEMPLATE_FROM,
    "return_days": RETURN_DAYS,
}
"""The numbers that the flags hang on, as the manifest states them."""


def check(flags: dict[str, Flag]) -> None:
    """Refuses a flag that is no declared share."""
    for flag in flags.values():
        for name in filter(None, (flag.indicator, flag.beside)):
            if name not in INDICATORS or INDICATORS[name].unit != "share":
                raise DeclarationError(
                    "Unknown flag",
                    f"'{name}' is no indicator that is a share.",
                    "Declare the indicator, or correct the flag.",
                )


check(FLAGS)
