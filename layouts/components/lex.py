"""The text of an act, where lex.uz has it."""

from typing import Final

from dash.development.base_component import Component

from layouts.components.link import file_link
from layouts.words import Words

LEX: Final = "https://lex.uz/docs/"


def lex_link(lex_id: str | None, words: Words) -> str | Component:
    """A link to the text; words where there is none."""
    if not lex_id:
        return words("acts_no_text")
    return file_link(f"lex.uz {lex_id}", f"{LEX}{lex_id}", rel="noopener")
