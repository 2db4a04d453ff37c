"""The demonstration source: invented appeals of invented persons, the same for the same seed.

``generate`` writes a database that looks like a real source system, with its own columns and
codes, and the truth about it beside it. ``docs/demonstration-source.md`` describes both.
"""

from etl.demo.making import generate

__all__ = ["generate"]
