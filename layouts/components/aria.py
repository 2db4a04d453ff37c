"""Attributes with a hyphen in their names, which Python cannot write as keywords."""

from typing import Any


def aria(**attributes: str) -> dict[str, Any]:
    """``html.Nav(…, **aria(label="…"))`` gives ``aria-label``; an underscore is a hyphen."""
    return {f"aria-{name.replace('_', '-')}": value for name, value in attributes.items()}


def data(**attributes: str) -> dict[str, Any]:
    """``**data(sort_value="3")`` gives ``data-sort-value``."""
    return {f"data-{name.replace('_', '-')}": value for name, value in attributes.items()}
