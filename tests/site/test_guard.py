"""No body of a stranger gives a 5xx, and none reaches a callback that is not as declared."""

import json
import logging
from copy import deepcopy
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callbacks.guard import DEEPEST, depth

PATH = "/_dash-update-component"
GOOD: dict[str, Any] = {
    "output": "content.children",
    "outputs": {"id": "content", "property": "children"},
    "inputs": [
        {"id": "address", "property": "pathname", "value": "/en/method"},
        {"id": "address", "property": "search", "value": ""},
    ],
    "changedPropIds": ["address.pathname"],
    "parsedChangedPropsIds": ["address.pathname"],
}


def changed(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(GOOD), **changes}


def with_input(position: int, **changes: Any) -> dict[str, Any]:
    body = deepcopy(GOOD)
    body["inputs"][position] = {**body["inputs"][position], **changes}
    return body


INPUTS: list[Any] = GOOD["inputs"]


def values(*given: Any) -> tuple[Any, ...]:
    return given


ATTACKS: dict[str, list[Any]] = {
    "output": [
        changed(output=value)
        for value in values(
            None, 1, [], {}, "", "nope.children", "..content.children..", "../etc/passwd"
        )
    ],
    "inputs": [
        changed(inputs=value)
        for value in values(
            None, 1, "x", {}, [], [1], [None], [[]], INPUTS[:1], INPUTS[::-1], INPUTS * 2
        )
    ],
    "state": [
        changed(state=value) for value in values(None, "x", [{"id": "a", "property": "b"}], 7)
    ],
    "changed": [
        changed(changedPropIds=value)
        for value in values(1, {}, [1], [{}], ["x.y"], ["address.pathname"] * 1000)
    ],
    "value": [with_input(0, value=value) for value in values(1, [], {}, "x" * 400, True, 1.5)],
    "id": [with_input(0, id=value) for value in values(None, 1, {}, [], "nope", {"type": "x"})],
    "property": [with_input(0, property=value) for value in values(None, 1, {}, [], "nope")],
    "key": [changed(evil=1), changed(output="browser-told.data")],
    "body": [[], "x", 1, True, [GOOD]],
}


def test_the_body_that_the_site_sends_is_answered(client: FlaskClient) -> None:
    answer = client.post(PATH, json=GOOD)
    assert answer.status_code == 200
    assert answer.get_json()["response"]["content"]["children"]


@pytest.mark.parametrize("part", ATTACKS)
def test_a_body_that_no_page_sends_is_refused(client: FlaskClient, part: str) -> None:
    for body in ATTACKS[part]:
        assert client.post(PATH, json=body).status_code in {400, 404}, body


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"NaN",
        b'{"output": NaN}',
        b'{"output": Infinity}',
        b"[" * 5000,
        b"[" * 30 + b"]" * 30,
        b'{"a":' * 3000,
        b'{"output":"\\ud800"}',
        b"0" * 5000,
    ],
)
def test_bytes_that_are_no_such_body_are_refused(client: FlaskClient, raw: bytes) -> None:
    answer = client.post(PATH, data=raw, content_type="application/json")
    assert answer.status_code in {400, 404}


def test_a_body_that_is_too_large_is_refused_unread(client: FlaskClient) -> None:
    answer = client.post(PATH, data=b" " * 100_000, content_type="application/json")
    assert answer.status_code == 413


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(client: FlaskClient, kind: str) -> None:
    assert client.post(PATH, data=json.dumps(GOOD), content_type=kind).status_code == 415


def test_a_page_of_another_site_cannot_ask(client: FlaskClient) -> None:
    answer = client.post(PATH, json=GOOD, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_query_string_is_refused(client: FlaskClient) -> None:
    assert client.post(f"{PATH}?cancelJob=1", json=GOOD).status_code == 400


def test_a_text_that_is_no_address_shows_not_found(client: FlaskClient) -> None:
    answer = client.post(PATH, json=with_input(0, value="../../etc/passwd"))
    assert answer.status_code == 200
    assert "etc/passwd" not in answer.text


def test_brackets_are_counted_before_anything_is_parsed() -> None:
    assert depth(b'[{"a":[]}]') == 3
    assert depth(json.dumps(GOOD).encode()) < DEEPEST


def test_nothing_of_a_refused_body_is_logged(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post(PATH, json=with_input(0, value=["canary-4711"]))
        client.post(PATH, json=changed(output="canary-4711"))
    assert "canary-4711" not in caplog.text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*GOOD, "id", "property", "value", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(st.sampled_from([*GOOD]), JSON, max_size=3))
def test_no_changed_body_gives_an_error_of_ours(
    client: FlaskClient, changes: dict[str, Any]
) -> None:
    assert client.post(PATH, json=changed(**changes)).status_code < 500
