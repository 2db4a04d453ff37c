"""How many appeals, women, proposals and acts there are, in all and month by month."""

from dataclasses import dataclass
from itertools import accumulate

from data.errors import SourceError
from etl.demo import assumptions as a
from etl.demo.days import LAST_DAY, Month, months, table
from etl.demo.quotas import apportion, scaled

FEWEST = 1000


@dataclass(frozen=True)
class Plan:
    """The quotas of one source. Lists run over the months of receipt."""

    seed: int
    appeals: int
    women: int
    proposals: int
    acts: int
    appeals_by_month: tuple[int, ...]
    women_to_month: tuple[int, ...]
    """Women from the start to the end of each month."""
    proposals_by_month: tuple[int, ...]

    @property
    def schedule(self) -> list[tuple[Month, int]]:
        """Each month with the number of its appeals."""
        return list(zip(months(), self.appeals_by_month, strict=True))


def plan(appeals: int, seed: int) -> Plan:
    """The plan for a volume; everything else is scaled to it. Refuses fewer than ``FEWEST``."""
    if appeals < FEWEST:
        raise SourceError(
            "Demonstration source",
            f"{appeals} appeals are too few for every body, district and kind of dirt to occur.",
            f"Ask for at least {FEWEST}.",
        )
    women = scaled(appeals, a.WOMEN, a.ALL_APPEALS)
    proposals = scaled(appeals, a.PROPOSALS, a.ALL_APPEALS)
    by_month = apportion(appeals, [_level(month) for month in months()])
    return Plan(
        seed,
        appeals,
        women,
        proposals,
        max(1, scaled(appeals, a.ACTS, a.ALL_APPEALS)),
        tuple(by_month),
        tuple(accumulate(apportion(women, by_month))),
        tuple(apportion(proposals, by_month)),
    )


def day_weights(month: Month) -> list[float]:
    """The weight of each day of a month; days off are quieter."""
    working = table()["working"].slice(month.first_day, month.days)
    return [1.0 if works else a.LEVEL_OF_DAY_OFF for works in working]


def _level(month: Month) -> float:
    year = a.LEVEL_OF_YEAR[month.number // 12]
    days = min(month.days, LAST_DAY - month.first_day + 1)
    return year * a.LEVEL_OF_MONTH[month.calendar_month - 1] * days
