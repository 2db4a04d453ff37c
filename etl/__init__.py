"""Verbs: one module a stage, from appeal records to a published release. Never imported by the site."""
