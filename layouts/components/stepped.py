"""What changed from release to release, in sentences."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from data.history import Step
from layouts.components.ledger import told
from layouts.components.link import link
from layouts.view import View
from layouts.words import Words


def stepped(steps: Sequence[Step], view: View, words: Words) -> Component:
    """Each release, newest first, with what it has that the one before it had not."""
    parts = [part for step in steps for part in _step(step, view, words)]
    return html.Dl(parts)


def _step(step: Step, view: View, words: Words) -> list[Component]:
    to_release = link(step.release, view.href(page="home", release=step.release))
    return [html.Dt(to_release), *(html.Dd(said) for said in _sentences(step, words))]


def _sentences(step: Step, words: Words) -> Iterator[str]:
    then, now = step.then, step.now
    if then is None:
        yield words("releases_first", date=words.date(now.as_of))
        return
    if step.restated:
        yield words("releases_restates", release=step.restated)
    if now.as_of != then.as_of:
        yield words("releases_grown", date=words.date(now.as_of), before=words.date(then.as_of))
    numbers = [each.ledger.accepted for each in (now, then)]
    if None not in numbers and numbers[0] != numbers[1]:
        counted, before = (told(number, words) for number in numbers)
        yield words("releases_counted", now=counted, then=before)
    for key, tables in (("added", step.added), ("dropped", step.dropped)):
        if tables:
            yield words(f"releases_{key}", tables="; ".join(_names(tables, words)))
    yield words("releases_changed", n=len(step.changed))
    if now.code_version != then.code_version:
        yield words("releases_program", version=now.code_version)


def _names(tables: Sequence[str], words: Words) -> list[str]:
    """In words; by its own name where this version knows the table no longer."""
    return [words(key) if (key := f"table_{name}") in words else name for name in tables]
