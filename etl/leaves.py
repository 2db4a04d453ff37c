"""Leaves: the one code at which an appeal hangs in each dimension, and what lies above it.

What a record does not say becomes a code of its own ("not stated"), so that the codes of a level
always add up to the total.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import polars as pl

from data.codelists import Code, Codelist
from data.dimensions import DIMENSIONS, TOTAL, FlagDimension
from etl.complements import conditions

UNSTATED: Final = "_U"
UNSTATED_NAMES: Final = (
    ("uz", "Koʻrsatilmagan"),
    ("uz-cyrl", "Кўрсатилмаган"),
    ("ru", "Не указано"),
    ("en", "Not stated"),
)


@dataclass(frozen=True)
class Leaves:
    """A dimension as its source fills it: the levels that are collected, coarsest first, and a
    code list in which every code of a level has its parent at the level above."""

    codelist: Codelist
    levels: tuple[str, ...]

    @cached_property
    def type(self) -> pl.Enum:
        """The type of the dimension's column: its codes in the order of the list, then those of
        who is left without them."""
        return pl.Enum([*(code.code for code in self.codelist.codes), *self.complements])

    @property
    def complements(self) -> Mapping[str, pl.Expr]:
        """Of traits: by code those who have none of one or two, as the columns of traits say."""
        declared = DIMENSIONS[self.codelist.dimension]
        if not isinstance(declared, FlagDimension):
            return {}
        return conditions(
            declared, [code.code for code in self.codelist.codes if code.code != TOTAL]
        )

    def of_appeal(self) -> pl.Expr:
        """The leaf of an appeal; where only a coarser code is told, the unstated one below it."""
        declared = DIMENSIONS[self.codelist.dimension]
        *coarser, finest = (declared.level(name).of_appeal for name in self.levels)
        leaf_codes = list(self.codelist.at(self.levels[-1]))
        nearest = pl.coalesce(finest, *reversed(coarser), pl.lit(UNSTATED)) if coarser else None
        unstated = pl.lit(UNSTATED) if nearest is None else nearest + UNSTATED
        is_leaf = finest.is_in(leaf_codes).fill_null(value=False)
        return pl.when(is_leaf).then(finest).otherwise(unstated).cast(self.type)

    @property
    def of_flags(self) -> bool:
        return isinstance(DIMENSIONS[self.codelist.dimension], FlagDimension)

    @property
    def is_coded(self) -> bool:
        """True where an appeal has one code; false for traits, and for what is not collected."""
        return bool(self.levels) and not self.of_flags

    def at(self, level: str) -> pl.Expr:
        """An appeal's code at a level, from the column of leaves."""
        leaf = pl.col(self.codelist.dimension)
        finest = self.levels[-1]
        if level == finest:
            return leaf
        return leaf.replace_strict(dict(self.above(finest, level)), return_dtype=self.type)

    def above(self, fine: str, level: str) -> Mapping[str, str]:
        """Each code of a fine level → its code at that level or a coarser one."""
        steps = self.levels.index(fine) - self.levels.index(level)
        return {code: self._ancestor(code, steps) for code in self.codelist.at(fine)}

    def _ancestor(self, code: str, steps: int) -> str:
        for _ in range(steps):
            code = self.codelist[code].parent
        return code

    def only(self, active: Collection[str]) -> "Leaves":
        """The same with the total, the active codes and those above them alone."""
        wanted = {TOTAL, *active}
        for code in reversed(self.codelist.codes):
            if code.code in wanted:
                wanted.add(code.parent)
        kept = tuple(code for code in self.codelist.codes if code.code in wanted)
        return replace(self, codelist=Codelist(self.codelist.dimension, kept))


def leaves(codelist: Codelist, not_collected: frozenset[str]) -> Leaves:
    """The leaves of a dimension; without levels when the source does not give it."""
    if isinstance(DIMENSIONS[codelist.dimension], FlagDimension):
        return _traits(codelist, not_collected)
    declared = DIMENSIONS[codelist.dimension]
    levels = tuple(
        name
        for name in codelist.levels
        if not_collected.isdisjoint(declared.level(name).of_appeal.meta.root_names())
    )
    total = codelist[TOTAL]
    return Leaves(Codelist(codelist.dimension, (total, *_tree(codelist, levels))), levels)


def _traits(codelist: Codelist, not_collected: frozenset[str]) -> Leaves:
    flags = DIMENSIONS[codelist.dimension]
    known = flags.flags if isinstance(flags, FlagDimension) else {}
    kept = tuple(
        code
        for code in codelist.codes
        if code.code == TOTAL or (code.code in known and code.code not in not_collected)
    )
    return Leaves(Codelist(codelist.dimension, kept), codelist.levels if len(kept) > 1 else ())


def _tree(codelist: Codelist, levels: tuple[str, ...]) -> Iterator[Code]:
    """The codes level by level, each under a parent of the level above, with the unstated ones."""
    parents = {TOTAL: ""}
    for depth, level in enumerate(levels):
        listed = [codelist[code] for code in codelist.at(level)]
        orphanage = UNSTATED * depth or TOTAL
        placed = [
            code if code.parent in parents else replace(code, parent=orphanage) for code in listed
        ]
        unstated = [_unstated(parent, level) for parent in parents]
        parents = {code.code: level for code in (*placed, *unstated)}
        yield from (*placed, *unstated)


def _unstated(parent: str, level: str) -> Code:
    code = UNSTATED if parent == TOTAL else f"{parent}{UNSTATED}"
    return Code(code, level, parent, UNSTATED_NAMES)
