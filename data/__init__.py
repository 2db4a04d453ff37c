"""Nouns: what is published and what it means. Knows nothing of records, pages or clocks."""
