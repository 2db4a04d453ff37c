"""What is said beside the releases, as files of its own: replies of agencies, and known errors."""

import csv
from collections.abc import Sequence
from dataclasses import asdict, fields
from io import StringIO
from typing import Any

from flask import Response, request

from api import asked
from api.answers import json_response, settled
from api.tables import harmless_text
from data.codelists import LANGUAGES
from data.statements import FILES, Kind, Statement


def answer(kind: type[Kind], said: Sequence[Kind]) -> Response:
    """The statements in the form that the address asks for."""
    form, _lang = asked.format_and_language(request.args)
    name = FILES[kind].removesuffix(".json")
    if form == "json":
        return settled(json_response(as_json(name, said)), for_ever=False)
    response = Response(as_csv(said, kind), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename=ochiq-murojaat_{name}.csv"
    return settled(response, for_ever=False)


def as_json(name: str, said: Sequence[Kind]) -> dict[str, Any]:
    """The statements, newest first, with all their texts."""
    return {name: [asdict(each) for each in said]}


def as_csv(said: Sequence[Kind], kind: type[Kind]) -> bytes:
    """One line a statement, a column a language; several names in one cell have spaces between."""
    plain: list[str] = [each.name for each in fields(kind) if each.name != "texts"]
    target = StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([*plain, *(f"text_{lang.replace('-', '_')}" for lang in LANGUAGES)])
    writer.writerows(_cells(each, plain) for each in said)
    return target.getvalue().encode()


def _cells(said: Statement, plain: Sequence[str]) -> list[str]:
    values = [getattr(said, name) for name in plain]
    joined = [each if isinstance(each, str) else " ".join(each) for each in values]
    return [harmless_text(text) for text in (*joined, *(said.texts.get(e, "") for e in LANGUAGES))]
