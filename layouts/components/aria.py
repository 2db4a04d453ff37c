"""ARIA attributes by their plain names."""

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """``aria(label="…")`` as the properties of a component: ``{"aria-label": "…"}``."""
    return {f"aria-{name}": value for name, value in values.items()}
