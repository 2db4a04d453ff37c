"""The look of drawings outside a page: the site's own rules, with the light colours put in.

A picture stands alone, so nothing in it may hang on a stylesheet or a custom property.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

ASSETS: Final = Path(__file__).resolve().parent.parent.parent / "assets"
FONTS: Final = (ASSETS / "fonts" / "Inter-Regular.otf", ASSETS / "fonts" / "Inter-Bold.otf")
FAMILY: Final = "Inter, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
_NAMED: Final = re.compile(r"^  --([a-z0-9-]+): ([^;]+);", re.MULTILINE)
_USED: Final = re.compile(r"var\(--([a-z0-9-]+)(?:,([^)]*))?\)")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


@cache
def tokens() -> dict[str, str]:
    """The named colours and sizes of the light page."""
    light, _, _dark = (ASSETS / "tokens.css").read_text(encoding="utf-8").partition("@media")
    return {**dict(_NAMED.findall(light)), "sans": FAMILY}


@cache
def rules() -> str:
    """The stylesheet of drawings as it goes into a picture."""
    text = _COMMENT.sub("", (ASSETS / "figures.css").read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", settled(text)).strip()


def settled(markup: str) -> str:
    """Markup or rules with the value of each custom property in place of its name."""
    return _USED.sub(lambda used: tokens().get(used[1], used[2] or ""), markup)
