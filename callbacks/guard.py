"""The one gate before Dash's callback route. Whatever is not known to be right is refused.

A body passes only when it names a registered callback, its inputs and state in their order, and a
value that the declared check of each accepts; Dash then gets a body that was written here anew.
A value without a declared check is refused, so that forgetting one fails closed. Patterns of ids
are not known here, so callbacks do not use them.
"""

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, Final, NoReturn

from dash import Dash
from flask import request
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, UnsupportedMediaType

PATH: Final = "/_dash-update-component"
DEEPEST: Final = 20
KNOWN_KEYS: Final = frozenset(
    {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}
)
SAME_SITE: Final = frozenset({"", "same-origin", "none"})

Check = Callable[[object], bool]
Checks = Mapping[str, Check]


class RefusedError(Exception):
    """A body that no page of the site sends."""


def register(app: Dash, checks: Checks) -> None:
    """Puts the gate before every request to Dash's callback route."""

    def guard() -> None:
        if request.path == PATH and request.method == "POST":
            _refuse_strangers()
            try:
                clean = cleaned(request.get_data(cache=False), app.callback_map, checks)
            except RefusedError as error:
                raise BadRequest from error
            except KeyError as error:
                raise NotFound from error
            _give_to_dash(clean)

    app.server.before_request(guard)


def _refuse_strangers() -> None:
    if request.headers.get("Sec-Fetch-Site", "") not in SAME_SITE:
        raise Forbidden
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    if request.query_string:
        raise BadRequest


def _give_to_dash(body: bytes) -> None:
    request.environ["wsgi.input"] = BytesIO(body)
    request.environ["CONTENT_LENGTH"] = str(len(body))
    request.__dict__.pop("stream", None)  # the old body's; made again from the new input


def cleaned(raw: bytes, callbacks: Mapping[str, Any], checks: Checks) -> bytes:
    """The body as Dash shall read it; ``RefusedError`` or ``KeyError`` (no such callback) else."""
    body = _parsed(raw)
    output = body.get("output")
    if not isinstance(output, str):
        raise RefusedError
    registered = callbacks[output]
    if "callback" not in registered:  # it runs in the browser alone
        raise RefusedError
    inputs = _values(body.get("inputs"), registered["inputs"], checks)
    state = _values(body.get("state", []), registered["state"], checks)
    clean = {
        "output": output,
        "outputs": _outputs(output),
        "inputs": inputs,
        "state": state,
        "changedPropIds": _changed(body.get("changedPropIds", []), registered["inputs"]),
    }
    return json.dumps(clean).encode()


def _parsed(raw: bytes) -> dict[str, Any]:
    if depth(raw) > DEEPEST:
        raise RefusedError
    try:
        body = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise RefusedError from error
    if not isinstance(body, dict) or not body.keys() <= KNOWN_KEYS:
        raise RefusedError
    return body


def _refuse_constant(_text: str) -> NoReturn:
    raise RefusedError


def depth(raw: bytes) -> int:
    """How deep the brackets go, counted before anything is parsed; those in texts count too."""
    now = deepest = 0
    for byte in raw:
        if byte in b"[{":
            now += 1
            deepest = max(deepest, now)
        elif byte in b"]}":
            now -= 1
    return deepest


def _values(given: object, registered: list[dict[str, str]], checks: Checks) -> list[Any]:
    if not isinstance(given, list) or len(given) != len(registered):
        raise RefusedError
    return [_value(one, wanted, checks) for one, wanted in zip(given, registered, strict=True)]


def _value(given: object, wanted: dict[str, str], checks: Checks) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise RefusedError
    if (given.get("id"), given.get("property")) != (wanted["id"], wanted["property"]):
        raise RefusedError
    check = checks.get(_name(wanted))
    value = given.get("value")
    if check is None or not check(value):
        raise RefusedError
    return {"id": wanted["id"], "property": wanted["property"], "value": value}


def _changed(given: object, registered: list[dict[str, str]]) -> list[str]:
    known = [_name(each) for each in registered]
    if not isinstance(given, list) or len(given) > len(known):
        raise RefusedError
    if not all(isinstance(each, str) and each in known for each in given):
        raise RefusedError
    return given


def _name(dependency: dict[str, str]) -> str:
    return f"{dependency['id']}.{dependency['property']}"


def _outputs(output: str) -> Any:
    if output.startswith("..") and output.endswith(".."):
        return [_dependency(each) for each in output[2:-2].split("...")]
    return _dependency(output)


def _dependency(name: str) -> dict[str, str]:
    component, _, prop = name.rpartition(".")
    return {"id": component, "property": prop.partition("@")[0]}
