"""Verify: what a release promises, checked from its directory alone.

Shares no code with the stages that count, protect and derive: it reads what the public reads, and
judges by the declarations in ``data/`` and the rules that the manifest states.
"""

from pathlib import Path

from polars.exceptions import PolarsError

from data.errors import OchiqError
from etl.verify.analyses import analyses_findings
from etl.verify.disclosure import certificate_findings, disclosure_findings
from etl.verify.distinct import distinct_findings
from etl.verify.files import file_findings
from etl.verify.opened import opened
from etl.verify.reports import report_findings
from etl.verify.tables import table_findings
from etl.verify.wholes import whole_findings

__all__ = ["verify"]


def verify(directory: Path) -> list[str]:
    """Findings as sentences, one a broken promise; none when the release keeps them all.

    Files are judged first: the tables of a release whose files were changed are not read.
    """
    findings = list(file_findings(directory))
    if findings:
        return findings
    try:
        release = opened(directory)
        findings = list(table_findings(release))
        findings = findings or list(disclosure_findings(release))
        findings = findings or list(whole_findings(release))
        findings = findings or list(distinct_findings(release))
        findings = findings or list(analyses_findings(release, directory))
        findings = findings or list(report_findings(release, directory))
        return findings or list(certificate_findings(directory))
    except (OchiqError, PolarsError, KeyError, ValueError) as error:
        return [f"the release cannot be read ({type(error).__name__}): {_first_line(error)}"]


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")[:200]
