"""How a site is kept up: whom readers can write to, and whether they can through the site."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Upkeep:
    """What the operator says of the site. ``contact`` is an e-mail or web address, or empty;
    ``takes_reports`` is true where readers' reports of errors are kept."""

    contact: str = ""
    takes_reports: bool = False
