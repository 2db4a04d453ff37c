"""How a site is kept up: whom readers can write to, and what they were promised."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Upkeep:
    """What the operator says of the site. ``contact`` is an e-mail or web address, or empty."""

    contact: str = ""
