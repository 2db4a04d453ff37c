"""How people are protected: what is hidden, why, the attack on it, and the proof to check."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.manifest import TableRecord
from data.releases import Release
from data.statuses import SUPPRESSED
from layouts.components.aria import aria
from layouts.components.card import cards, fact
from layouts.components.download import file_href, file_size
from layouts.components.link import file_link, link
from layouts.components.reading import sign
from layouts.components.report import Report, report, share
from layouts.components.status import every_sign
from layouts.components.table import Column, Line, Table, table
from layouts.components.trail import trail
from layouts.page import Observer, Page
from layouts.view import View
from layouts.words import Words

CHECKER: Final = "check.py"
FILES: Final = {
    CHECKER: "disclosure_file_check",
    "certificate.csv.gz": "disclosure_file_certificate",
    "hidden.csv": "disclosure_file_hidden",
}
EXAMPLE: Final = {
    "disclosure_example_roads": (38, 38, 38),
    "disclosure_example_water": (21, 21, None),
    "disclosure_example_heating": (3, None, None),
    "disclosure_example_total": (62, 62, 62),
}
"""An invented table: as counted, with the small number hidden alone, and as it is published."""
LIMITS: Final = ("knowledge", "noise", "group", "guess", "persons", "revised")


def layout(observe: Observer, view: View, words: Words) -> Component:
    """The finding and its numbers; why, what and where; attack, proof, check; and the limits."""
    release = observe.release
    told = report(release.manifest)
    return html.Article(
        [
            _trail(view, words),
            html.H1(_finding(told, words)),
            html.P(words("disclosure_lead"), className="lead"),
            *(_numbers(told, words) if told else [_without(words)]),
            *_why(words),
            *_what(release, told, words),
            *_where(release, words),
            *(_proof(observe, told, view, words) if told else []),
            html.H2(words("disclosure_limits"), id="limits"),
            _points([words(f"disclosure_limits_{limit}") for limit in LIMITS]),
            html.H2(words("disclosure_signs")),
            every_sign(words),
        ],
        className="disclosure",
    )


def _trail(view: View, words: Words) -> Component:
    return trail([link(words("navigation_method"), view.href(page="method"))], words)


def _finding(told: Report | None, words: Words) -> str:
    if told is None:
        return words("disclosure_finding_plain")
    return words("disclosure_finding", share=words.percent(told.hidden_share))


def _without(words: Words) -> Component:
    return html.P(words("disclosure_without"), className="caution")


def _numbers(told: Report, words: Words) -> list[Component]:
    hidden = words.percent(told.hidden_share)
    facts = [
        fact("disclosure_counts", words.number(told.counts), words),
        fact("disclosure_hidden", hidden, words, hidden=told.hidden),
    ]
    if told.hidden_appeals_share is not None:
        volume = words.percent(told.hidden_appeals_share, 2)
        facts.append(fact("disclosure_volume", volume, words))
    return [cards(facts)]


def _why(words: Words) -> list[Component]:
    lines = [
        Line(
            words(name),
            [_counted(each, words) for each in numbers],
            "total" if name == "disclosure_example_total" else "",
        )
        for name, numbers in EXAMPLE.items()
    ]
    columns = ("counted", "alone", "published")
    example = Table(
        words("disclosure_example"),
        Column(words("disclosure_example_theme"), is_number=False),
        [Column(words(f"disclosure_example_{column}")) for column in columns],
        lines,
        style="example",
    )
    return [
        html.H2(words("disclosure_why")),
        html.P(words("disclosure_why_text")),
        table(example),
        html.P(words("disclosure_why_answer")),
    ]


def _counted(number: int | None, words: Words) -> str | Component:
    return sign(words, SUPPRESSED) if number is None else words.number(number)


def _what(release: Release, told: Report | None, words: Words) -> list[Component]:
    threshold = told.threshold if told else release.manifest.rules.get("threshold")
    said = [words("disclosure_what_small", n=threshold)] if threshold else []
    said += [words(f"disclosure_what_{rule}") for rule in ("rest", "others", "conduct")]
    if told:
        said.append(words("disclosure_what_later", n=told.mature_after_days))
    return [html.H2(words("disclosure_what")), _points(said)]


def _where(release: Release, words: Words) -> list[Component]:
    """The tables of the release, those that hide most of their counts first."""
    records = sorted(release.manifest.tables.values(), key=lambda each: -_share_of(each))
    lines = [
        Line(
            words(f"table_{each.table.name}"),
            [
                words.number(each.rows),
                words.number(_hidden_in(each)),
                words.percent(_share_of(each)),
            ],
        )
        for each in records
    ]
    numbers = Table(
        words("disclosure_tables_caption"),
        Column(words("disclosure_tables_table"), is_number=False),
        [Column(words(f"disclosure_tables_{column}")) for column in ("counts", "hidden", "share")],
        lines,
        style="narrow",
    )
    return [html.H2(words("disclosure_tables")), table(numbers)]


def _hidden_in(record: TableRecord) -> int:
    return record.hidden.get(record.table.subject, 0)


def _share_of(record: TableRecord) -> float:
    return share(_hidden_in(record), record.rows)


def _proof(observe: Observer, told: Report, view: View, words: Words) -> list[Component]:
    found = {"rounds": told.rounds, "hidden": told.hidden, "n": told.threshold}
    steps = [html.Li(words(f"disclosure_attack_{step}")) for step in (1, 2, 3)]
    apart = words("disclosure_certificate_apart", apart=told.threshold - 1, n=told.threshold)
    return [
        html.H2(words("disclosure_attack")),
        html.P(words("disclosure_attack_text")),
        html.Ol(steps),
        html.P(words("disclosure_attack_found", **found), className="finding"),
        html.H2(words("disclosure_certificate")),
        html.P(words("disclosure_certificate_text", n=told.fillings)),
        html.P(apart),
        html.H2(words("disclosure_check"), id="check"),
        *_check(observe, told, view, words),
    ]


def _check(observe: Observer, told: Report, view: View, words: Words) -> list[Component]:
    files = link(words("disclosure_check_files"), view.href(page="data"))
    earlier = f"python {CHECKER} ../{words('disclosure_earlier')}"
    steps = [
        html.Li([html.P([words("disclosure_check_download"), " ", files])]),
        html.Li([html.P(words("disclosure_check_run")), _command(f"python {CHECKER}")]),
        html.Li(html.P(words("disclosure_check_says", n=told.counts))),
        html.Li([html.P(words("disclosure_check_earlier")), _command(earlier)]),
    ]
    return [html.Ol(steps), _files(observe.release, words), *_program(observe, words)]


def _command(text: str) -> Component:
    return html.Pre(html.Code(text))


def _files(release: Release, words: Words) -> Component:
    """The files that the proof is made of, with what each is."""
    parts: list[Component] = []
    for name, about in FILES.items():
        if name in release.manifest.files:
            to_file = file_link(html.Code(name), file_href(release, name))
            parts.append(html.Dt([to_file, f" ({file_size(release, words, name)})"]))
            parts.append(html.Dd(words(about)))
    return html.Dl(parts, className="parts files-of-proof")


def _program(observe: Observer, words: Words) -> list[Component]:
    """The text of the checker as it lies in the release."""
    release = observe.release
    if CHECKER not in release.manifest.files:
        return []
    text = observe.store.content(release.id, CHECKER).decode()
    shown = html.Pre(
        html.Code(text),
        className="program",
        tabIndex="0",
        role="region",
        **aria(label=words("disclosure_program_label")),
    )
    return [html.Details([html.Summary(words("disclosure_program", n=text.count("\n"))), shown])]


def _points(said: list[str]) -> Component:
    return html.Ul([html.Li(each) for each in said], className="points")


PAGE: Final = Page("disclosure", layout)
