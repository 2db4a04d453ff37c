"""Region outlines as paths of one picture: projected, rounded, with the place for a label."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import cos, dist, radians
from pathlib import Path
from typing import Any, Final

FILE: Final = (
    Path(__file__).resolve().parent.parent.parent / "data" / "reference" / "regions.geojson"
)
WIDTH: Final = 960
_GRID: Final = 16

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Outline:
    """One region: its code, its path, its roomiest point and the room around that."""

    code: str
    path: str
    middle: tuple[float, float]
    room: float


@dataclass(frozen=True)
class Outlines:
    """All regions of the map, drawn to one scale."""

    height: int
    regions: tuple[Outline, ...]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(region.code for region in self.regions)


@cache
def outlines() -> Outlines:
    """The committed region outlines; read once."""
    features = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    return project({each["properties"]["code"]: _rings(each["geometry"]) for each in features})


def project(rings_by_code: Mapping[str, Sequence[Ring]]) -> Outlines:
    """Longitude and latitude to a picture ``WIDTH`` wide, true to scale in the map's middle."""
    points = [point for rings in rings_by_code.values() for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = cos(radians((south + north) / 2))
    unit = WIDTH / ((east - west) * squeeze)

    def place(point: tuple[float, float]) -> tuple[int, int]:
        return round((point[0] - west) * squeeze * unit), round((north - point[1]) * unit)

    regions = tuple(
        _outline(code, [[place(point) for point in ring] for ring in rings])
        for code, rings in rings_by_code.items()
    )
    return Outlines(round((north - south) * unit), regions)


def _outline(code: str, rings: Sequence[Sequence[tuple[int, int]]]) -> Outline:
    largest = max(rings, key=_area)
    middle, room = _roomiest(largest)
    return Outline(code, "".join(_path(ring) for ring in rings), middle, room)


def _roomiest(ring: Sequence[tuple[int, int]]) -> tuple[tuple[float, float], float]:
    """The point of a grid inside the ring that is farthest from its corners, and how far."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    grid = [
        (min(xs) + (max(xs) - min(xs)) * i / _GRID, min(ys) + (max(ys) - min(ys)) * j / _GRID)
        for i in range(1, _GRID)
        for j in range(1, _GRID)
    ]
    inside = [point for point in grid if _is_inside(point, ring)]
    rooms = [(min(dist(point, corner) for corner in ring), point) for point in inside]
    room, middle = max(rooms, default=(0.0, (float(xs[0]), float(ys[0]))))
    return middle, room


def _is_inside(point: tuple[float, float], ring: Sequence[tuple[int, int]]) -> bool:
    x, y = point
    crossings = [
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if y1 != y2
    ]
    return sum(crossings) % 2 == 1


def _path(ring: Iterable[tuple[int, int]]) -> str:
    corners = [point for point, _ in groupby(ring)]
    return "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z"


def _area(ring: Sequence[tuple[int, int]]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _rings(geometry: Mapping[str, Any]) -> list[Ring]:
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [[(x, y) for x, y in ring] for polygon in polygons for ring in polygon]
