"""The three denominators as bars of appeals: the same outcomes, of less and less."""

from dash import html
from dash.development.base_component import Component

from data.outcomes import DENOMINATORS, Denominator
from layouts.components.ended import COUNT, WHOLES, Ended
from layouts.components.markup import markup
from layouts.components.reading import Reading, reading
from layouts.figures.stack import (
    LETTERS,
    OPEN,
    Bar,
    Part,
    Stack,
    sample_svg,
    stack_svg,
)
from layouts.words import Words

Piece = tuple[str, str, Reading, Reading]
"""The look of a part, its name, how many it is, and its share."""


def stack(ended: Ended, words: Words) -> Stack | None:
    """What is drawn; nothing where a part is hidden, since the rest would show it."""
    pieces = {each.name: _pieces(ended, each, words) for each in DENOMINATORS}
    if any(count.value is None for each in pieces.values() for _, _, count, _ in each):
        return None
    return _stack(ended, pieces, words)


def bars(shown: Stack) -> Component:
    """The drawing with its key."""
    key = html.Ul(
        [html.Li([markup(sample_svg(p.look)), f" {p.name}"]) for p in shown.parts.values()],
        className="part-key",
    )
    drawing = markup(stack_svg(shown), className="chart-still")
    return html.Figure([drawing, key], className="chart")


def _pieces(ended: Ended, denominator: Denominator, words: Words) -> list[Piece]:
    """The parts of a denominator, in the order of the code list; what is open comes last."""
    codes = ended.observe.release.codelists["outcome"]
    found = [
        (
            LETTERS[number % len(LETTERS)],
            words.name(codes, row["outcome"]),
            reading(row, COUNT),
            reading(row, f"outcome_share_{denominator.name}"),
        )
        for number, row in enumerate(ended.classes)
        if row["outcome"] not in denominator.without
    ]
    if denominator.name == "received":
        left = ended.total["open"], ended.total["open_share"]
        found.append((OPEN, words("outcomes_open"), *left))
    return [piece for piece in found if piece[2].value != 0]


def _stack(ended: Ended, pieces: dict[str, list[Piece]], words: Words) -> Stack:
    made = tuple(
        Bar(
            f"{words(f'outcomes_of_{name}')}: {ended.total[WHOLES[name]].text(words)}",
            tuple(
                Part(look, part, float(count.value or 0), share.text(words))
                for look, part, count, share in of_it
            ),
        )
        for name, of_it in pieces.items()
    )
    period = words.period(ended.period or ended.asked)
    told = "; ".join(
        f"{bar.label}: " + ", ".join(f"{part.name} {part.text}" for part in bar.parts)
        for bar in made
    )
    return Stack(words("outcomes_bars", period=period), f"{told}.", made)
