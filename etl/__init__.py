"""Verbs: one module a stage, from appeal records to a release. The site never imports them."""
