"""Taking in what is said beside the releases: agencies' replies and known errors."""

from etl.statements.publishing import check, publish

__all__ = ["check", "publish"]
