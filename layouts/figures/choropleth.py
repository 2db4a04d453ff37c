"""A map of regions as static SVG: each region is a link with its value in words.

Five classes of about as many regions each; a region says its number in words too, and one without
a value is hatched, so that nothing is told by shade alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from layouts.figures.drawing import Drawn
from layouts.figures.marks import figure, tag, words_of
from layouts.figures.outlines import WIDTH, Outline, Outlines

CLASSES: Final = 5
_ROOM_FOR_LABEL: Final = 27


@dataclass(frozen=True)
class Place:
    """One region of the map: its value, the words for it, and where a click leads."""

    code: str
    name: str
    value: float | None
    text: str
    href: str


@dataclass(frozen=True)
class Step:
    """One class of the legend: its shade and the smallest and largest value in it, in words."""

    shade: int
    low: Place
    high: Place


def steps_of(places: Sequence[Place]) -> tuple[Step, ...]:
    """Classes with about as many regions each; equal values are never parted."""
    known = sorted((p for p in places if p.value is not None), key=lambda p: p.value or 0.0)
    shades = _shades(known)
    members: dict[int, list[Place]] = {}
    for place in known:
        members.setdefault(shades[place.code], []).append(place)
    return tuple(Step(shade, each[0], each[-1]) for shade, each in members.items())


def map_svg(places: Sequence[Place], outlines: Outlines, title: str, description: str) -> str:
    """The map; ``places`` without an outline are left to the table beside it."""
    return figure(
        title,
        description,
        _parts(places, outlines),
        class_="figure-svg figure-map",
        viewBox=_box(outlines),
        role="group",
    )


def map_drawn(places: Sequence[Place], outlines: Outlines, pixels: int) -> Drawn:
    """The map for a picture, so many pixels wide; its regions lead nowhere."""
    height = round(pixels * (outlines.height + 4) / (WIDTH + 4))
    plain = [replace(place, href="") for place in places]
    drawn = tag(
        "svg",
        _parts(plain, outlines),
        class_="figure-map",
        width=pixels,
        height=height,
        viewBox=_box(outlines),
    )
    return Drawn(drawn, height)


def _box(outlines: Outlines) -> str:
    return f"-2 -2 {WIDTH + 4} {outlines.height + 4}"


def _parts(places: Sequence[Place], outlines: Outlines) -> str:
    by_code = {place.code: place for place in places}
    shades = _shades(
        sorted((p for p in places if p.value is not None), key=lambda p: p.value or 0.0)
    )
    shown = [outline for outline in outlines.regions if outline.code in by_code]
    drawn = [_region(o, by_code[o.code], shades.get(o.code, 0)) for o in shown]
    return "".join((_hatching(), *drawn, *_labels(shown, by_code, shades)))


def _shades(known: Sequence[Place]) -> dict[str, int]:
    """Region code → class from 1 (lowest) up, for places in the order of their values."""
    shades: dict[str, int] = {}
    previous: Place | None = None
    for index, place in enumerate(known):
        tied = previous is not None and previous.value == place.value
        shade = 1 + index * CLASSES // len(known)
        shades[place.code] = shades[previous.code] if previous and tied else shade
        previous = place
    return shades


def _region(outline: Outline, place: Place, shade: int) -> str:
    says = f"{place.name}: {place.text}"
    shape = tag("path", tag("title", words_of(says)), d=outline.path, class_=f"shade-{shade}")
    return tag("a", shape, href=place.href, aria_label=says) if place.href else shape


def _labels(
    shown: Sequence[Outline], by_code: dict[str, Place], shades: dict[str, int]
) -> Iterator[str]:
    for outline in shown:
        if outline.room >= _ROOM_FOR_LABEL:
            yield tag(
                "text",
                words_of(by_code[outline.code].text),
                x=outline.middle[0],
                y=outline.middle[1] + 5,
                text_anchor="middle",
                class_=f"map-label on-shade-{shades.get(outline.code, 0)}",
                aria_hidden="true",
            )


def _hatching() -> str:
    line = tag("path", d="M0 8L8 0", stroke="currentColor", stroke_opacity=0.5)
    return tag(
        "defs",
        tag("pattern", line, id="hatch-map", width=8, height=8, patternUnits="userSpaceOnUse"),
    )
