"""What two percentages tell of each other by arithmetic alone, whatever they are shares of."""

from collections.abc import Iterator
from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from data.claims import Claim, both_at_least, fit, lie
from layouts.components.claimed import as_quoted
from layouts.words import Words


def together(one: Claim, other: Claim, words: Words) -> Iterator[Component]:
    """A sentence for each pair of what may be meant: were both shares of one and the same whole."""
    yield html.H2(words("claims_together"))
    yield html.P(words("claims_together_lead"))
    yield html.Ul(
        [
            html.Li(_sentence((one, event), (other, beside), words))
            for event in one.events
            for beside in other.events
        ]
    )


def _sentence(one: tuple[Claim, str], other: tuple[Claim, str], words: Words) -> str:
    (claim, event), (beside, its_event) = one, other
    how = lie(event, its_event)
    if how == "holds":
        return _sentence(other, one, words)
    fits = "fits" if fit(claim, beside, how) else "not"
    key = "claims_free" if how == "free" else f"claims_{how}_{fits}"
    return words(key, **_said(claim, beside, words), **_events(event, its_event, words))


def _said(one: Claim, other: Claim, words: Words) -> dict[str, str]:
    a, b = one.percent, other.percent
    numbers: dict[str, Decimal] = {
        "a": a,
        "b": b,
        "sum": a + b,
        "least": both_at_least(a, b),
        "most": min(a, b),
    }
    return {name: as_quoted(value, words) for name, value in numbers.items()}


def _events(one: str, other: str, words: Words) -> dict[str, str]:
    return {"event_a": words(f"claims_event_{one}"), "event_b": words(f"claims_event_{other}")}
