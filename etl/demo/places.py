"""Regions and districts by number, with the weight that each has among appeals."""

from dataclasses import dataclass
from functools import cache, cached_property

import polars as pl

from etl.demo.assumptions import PER_10000, PER_10000_ELSEWHERE
from etl.demo.chance import fraction
from etl.demo.reference import read

_POPULATION_DATE = "2018-01-01"


@dataclass(frozen=True)
class District:
    code: str
    region: int
    weight: float
    name: str


@dataclass(frozen=True)
class Places:
    """The regions' codes and all districts; numbers are positions."""

    regions: tuple[str, ...]
    region_weights: tuple[float, ...]
    districts: tuple[District, ...]

    @cached_property
    def weights_by_region(self) -> list[list[float]]:
        """A row for each region: the weight of each district, 0 outside the region."""
        return [
            [d.weight if d.region == number else 0.0 for d in self.districts]
            for number in range(len(self.regions))
        ]

    @cached_property
    def district_shares(self) -> list[float]:
        """Each district's share of all appeals."""
        total = sum(self.region_weights)
        inside = [sum(row) for row in self.weights_by_region]
        return [
            self.region_weights[d.region] / total * d.weight / inside[d.region]
            for d in self.districts
        ]


@cache
def places() -> Places:
    """Regions by residents and appeals per head; districts by an invented weight, cities larger."""
    areas = read("area")
    regions = tuple(areas.filter(pl.col("type") == "region")["code"].sort())
    rows = areas.filter(pl.col("type").is_in(["district", "city"])).sort("code").to_dicts()
    return Places(
        regions,
        tuple(map(_region_weight, regions)),
        tuple(_district(row, regions) for row in rows),
    )


def _region_weight(region: str) -> float:
    here = (pl.col("area") == region) & (pl.col("date") == _POPULATION_DATE)
    residents = int(read("population").filter(here)["population"].item())
    return residents * PER_10000.get(region, PER_10000_ELSEWHERE)


def _district(row: dict[str, str], regions: tuple[str, ...]) -> District:
    size = fraction("district", row["code"])
    weight = 1.2 + 1.8 * size if row["type"] == "city" else 0.5 + size
    return District(row["code"], regions.index(row["parent"]), weight, row["name_uz"])
