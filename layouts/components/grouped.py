"""Codes for a list to choose from, each under the name of what it belongs to."""

from collections.abc import Sequence

from data.codelists import Codelist
from data.dimensions import TOTAL
from layouts.words import Words

Groups = list[tuple[str, list[tuple[str, str]]]]
"""Headings, each with its codes and their names."""


def grouped(codelist: Codelist, codes: Sequence[str], words: Words) -> Groups:
    """Codes under the names of their parents; those without under the name of their level."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code in codes:
        parent = codelist[code].parent
        is_top = parent in {"", TOTAL}
        heading = words(f"level_{codelist[code].level}") if is_top else words.name(codelist, parent)
        groups.setdefault(heading, []).append((code, words.name(codelist, code)))
    return list(groups.items())
