"""How wide a drawing is: as wide as its place on a page, or so many pixels of a picture."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Breadth:
    """How wide a drawing is: as its place on a page (None), or so many pixels."""

    pixels: int | None = None

    def at(self, per_cent: float) -> str:
        """A horizontal place as an attribute."""
        if self.pixels is None:
            return f"{per_cent:.2f}".rstrip("0").rstrip(".") + "%"
        return f"{per_cent * self.pixels / 100:.1f}"

    def along(self, per_cent: float) -> float:
        """A horizontal place in a path, whose unit is a hundredth of the breadth on a page."""
        return per_cent if self.pixels is None else per_cent * self.pixels / 100


FLUID: Final = Breadth()
