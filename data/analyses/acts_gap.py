"""Themes about which many propose something and no act is adopted."""

from typing import Final

from data.analyses.analysis import REGISTER, Analysis, Column

TABLE: Final = "acts_by_theme"
MANY: Final = 30
"""Proposals of a year from which on a theme without an act is told of."""

ACTED: Final = "acted"
GAP: Final = "gap"
FEW: Final = "few"
NOT_PUBLISHED: Final = "not_published"

ACTS_GAP: Final = Analysis(
    "acts_gap",
    reads=(TABLE, REGISTER),
    keys=("period", "theme"),
    columns=(
        Column("period", "dimension", "code", "A published year.", holds="text"),
        Column("theme", "dimension", "code", "A theme.", holds="text"),
        Column(
            "status",
            "status",
            "code",
            f"{ACTED}: an act was adopted in the year or since; {GAP}: none was, "
            f"of {MANY} proposals or more; {FEW}: none was, of fewer; {NOT_PUBLISHED}: the number "
            "of proposals is not shown.",
            holds="text",
        ),
        Column("proposals", "measure", "count", "The published proposals.", holds="whole"),
        Column("taken_up", "measure", "count", "Those of them taken up.", holds="whole"),
        Column("acts", "measure", "count", "Acts adopted in the year.", holds="whole"),
        Column("acts_later", "measure", "count", "Acts adopted since.", holds="whole"),
    ),
    told="themes with many proposals and no act",
    settings={"many": MANY},
)
