"""Asks the data interface many random questions and compares each answer with the release's files.

Values are compared as the text that they were written in, so nothing is rounded on the way.
"""

import csv
import json
from collections import Counter
from io import StringIO
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient

from tests.site.oracle import Oracle, Question, Row

ADDRESS = "/api/v1/data"


def compare(client: FlaskClient, oracle: Oracle, count: int, seed: int) -> Counter[str]:
    """Asks so many questions; gives how many were answered, refused, and how many values served.

    Raises ``AssertionError`` at the first answer that is not what the files hold.
    """
    told: Counter[str] = Counter()
    for question in islice(oracle.questions(seed), count):
        told.update(compared(client, oracle, question))
    return told


def compared(client: FlaskClient, oracle: Oracle, question: Question) -> dict[str, int]:
    expected = oracle.answers(question)
    answer = client.get(f"{ADDRESS}?{urlencode(question.parameters)}")
    if not expected:
        assert answer.status_code == 400, question
        assert set(json.loads(answer.data)) == {"status", "title", "detail", "remedy"}, question
        return {"refused": 1}
    assert answer.status_code == 200, (question, answer.text)
    served = (of_json if question.form == "json" else of_csv)(answer.text)
    assert any(served == cells(question, rows) for rows in expected.values()), question
    return {question.form: 1, "values": len(served) * len(question.indicators)}


def of_json(text: str) -> list[dict[str, str]]:
    """The observations, each value as it was written; null is an empty text, as in a file."""
    body: Any = json.loads(text, parse_float=str, parse_int=str)
    return [{key: value or "" for key, value in row.items()} for row in body["observations"]]


def of_csv(text: str) -> list[dict[str, str]]:
    rows = csv.DictReader(StringIO(text))
    return [{key: row[key] for key in row if not key.endswith("_name")} for row in rows]


def cells(question: Question, rows: list[Row]) -> list[dict[str, str]]:
    """Of the rows of a file, the columns that identify them and those that were asked for."""
    values = [name for each in question.indicators for name in (each, f"{each}_status")]
    return [{key: row[key] for key in (*keys(row), *values)} for row in rows]


def keys(row: Row) -> list[str]:
    """The columns before the first that has a status."""
    names = list(row)
    first = next(place for place, name in enumerate(names) if f"{name}_status" in row)
    return [name for name in names[:first] if not name.endswith("_name")]
