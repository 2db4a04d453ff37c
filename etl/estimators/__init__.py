"""Estimators: how sure a published number is, and what a comparison of agencies may conclude.

Pure functions of polars frames and numpy arrays; each is named in the standard term of the field
and says where it comes from. They return floats: round them before they are published.
"""
