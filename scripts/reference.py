"""Writes docs/reference.md from the declarations, so that it cannot tell what the code does not.

With ``--check`` it writes nothing and fails when the page is not what it would write.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from config import Settings
from data.analyses import ANALYSES
from data.analyses.comparison import COMPARISON, SHARES
from data.datasets import DATASETS, Axis, Table
from data.indicators import INDICATORS, Indicator
from data.reports import REPORTS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference.md"

INTRODUCTION = """# Reference

Written by `make docs` from the declarations. Do not edit: change `config.py`,
`data/indicators.py`, `data/analyses/` or `data/datasets.py` and run it again.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def section(title: str, text: str, body: str) -> str:
    return f"## {title}\n\n{text}\n\n{body}\n"


def code(*words: str) -> str:
    return ", ".join(f"`{word}`" for word in words)


def settings() -> str:
    prefix = Settings.model_config.get("env_prefix", "")
    rows = [
        (code(f"{prefix}{name}".upper()), shown_default(field.default), field.description)
        for name, field in sorted(Settings.model_fields.items())
    ]
    text = "Read from the environment when a program starts."
    return section("Settings", text, table(("variable", "default", "purpose"), rows))


def shown_default(default: object) -> str:
    empty = default in ("", (), {}, None)
    return "none" if empty else code(str(default))


def indicators() -> str:
    text = "Each public number, what it is computed from, and who answers for it."
    head = ("indicator", "unit", "better", "inputs", "base", "source", "owner", "next review")
    return section("Indicators", text, table(head, map(indicator_row, INDICATORS.values())))


def indicator_row(each: Indicator) -> Sequence[object]:
    inputs = code(*each.inputs)
    name, base = code(each.name), code(each.base)
    return (name, each.unit, each.better, inputs, base, each.source, each.owner, each.next_review)


def analyses() -> str:
    text = "Files that are computed from the published tables alone."
    rows = [
        (code(f"{each.name}.csv"), code(*each.reads), code(*each.keys), each.told)
        for each in ANALYSES.values()
    ]
    return section("Analyses", text, table(("file", "reads", "keys", "what it tells"), rows))


def reports() -> str:
    text = (
        "Figures that bodies report themselves ([reports.md](reports.md)); counts of persons in "
        "italics. Each file ends with `source`, `stated_on`, `public_at`."
    )
    head = ("file", "keys", "figures", "notes", "owner", "next review")
    rows = [
        (
            code(f"{each.name}.csv"),
            code(*each.key_names),
            ", ".join(f"*{code(f.name)}*" if f.personal else code(f.name) for f in each.figures),
            code(*each.notes),
            each.owner.replace("_", " "),
            each.next_review,
        )
        for each in REPORTS.values()
    ]
    return section("Reports", text, table(head, rows))


def comparisons() -> str:
    stated = COMPARISON.settings
    text = (
        "What agencies are compared by, in years and quarters: those with at least "
        f"{stated['fewest']} appeals received and answered. False discovery rate "
        f"{stated['false_discovery_rate']:.0%}; ranks from {stated['draws']:,} draws; volume "
        f"groups from {', '.join(f'{each:,}' for each in stated['volume_groups'])} received."
    )
    rows = [(code(each.indicator), each.better, code(each.events, each.base)) for each in SHARES]
    return section("Comparison", text, table(("indicator", "better", "counts"), rows))


def tables() -> str:
    text = "The closed catalogue: no other table is ever released."
    head = ("dataset", "table", "dimensions (levels)", "periods", "dated by", "measures")
    rows = [
        (code(dataset.name), *table_row(each))
        for dataset in DATASETS.values()
        for each in dataset.tables
    ]
    return section("Tables", text, table(head, rows))


def table_row(each: Table) -> Sequence[object]:
    axes = "; ".join(map(axis_in_words, each.axes)) or "none"
    periods = ", ".join(each.grains)
    return (code(each.name), axes, periods, each.dated_by, code(*each.measures))


def axis_in_words(axis: Axis) -> str:
    return f"{code(axis.dimension)} ({', '.join(axis.levels)})"


def reference() -> str:
    return (
        f"{INTRODUCTION}\n{settings()}\n{indicators()}\n{reports()}\n{analyses()}\n"
        f"{comparisons()}\n{tables()}"
    )


def main(arguments: Sequence[str]) -> int:
    if arguments != ["--check"]:
        PAGE.write_text(reference())
        return 0
    if PAGE.exists() and PAGE.read_text() == reference():
        return 0
    print("docs/reference.md is not up to date: run make docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
