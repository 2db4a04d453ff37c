"""What the bodies of the demonstration report themselves: invented, and never at odds with the
appeals, since more people come to an office than appeals are registered there. The survey of 2017
among the surveys is not invented, and is not marked so."""

import polars as pl

from etl.demo.appeals import World
from etl.demo.reports.journal import Journal
from etl.demo.reports.of_bodies import discipline, drafts, inputs, reorganised, results
from etl.demo.reports.of_people import calls, entrepreneurs, offices, reception_themes, receptions
from etl.demo.reports.surveys import surveys

__all__ = ["Journal", "reports"]


def reports(journal: Journal, here: World) -> dict[str, pl.DataFrame]:
    """Every report by name, with the columns that ``data/reports/`` declares."""
    seed = here.plan.seed
    received = receptions(journal, seed)
    return {
        "reception_offices": offices(journal, here),
        "call_centre": calls(journal, seed),
        "receptions": received,
        "reception_themes": reception_themes(journal, received),
        "execution_discipline": discipline(here),
        "entrepreneur_receptions": entrepreneurs(journal, seed),
        "impact_proposals": drafts(here),
        "target_results": results(here),
        "inputs": inputs(here),
        "reorganisations": reorganised(),
        "surveys": surveys(),
    }
