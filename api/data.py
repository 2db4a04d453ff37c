"""The data interface: what there is, what it means, and the numbers, all through ``observe``."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from flask import Flask, Response, request
from werkzeug.datastructures import MultiDict

from api import asked, cuts, described, reports, said, tables
from api.answers import json_response, new_server, settled
from data.observe import observer
from data.query import LATEST
from data.releases import Release, ReleaseStore
from data.statements import Correction, Reply
from layouts.kept import Kept
from layouts.words import Words

CSV: Final = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Interface:
    """What the interface answers from."""

    store: ReleaseStore
    words: Mapping[str, Words]
    kept: Kept


def create(store: ReleaseStore, words: Mapping[str, Words]) -> Flask:
    """The server of data, to be mounted at ``/api``."""
    server, interface = new_server("api"), Interface(store, words, Kept())
    answers: Mapping[str, Callable[[Interface], Response]] = {
        "releases": releases,
        "catalog": catalog,
        "indicators": indicators,
        "data": data,
        "table": table,
        "reports": reports_there,
        "report": report,
        "replies": lambda known: said.answer(Reply, known.store.board.replies()),
        "corrections": lambda known: said.answer(Correction, known.store.board.corrections()),
    }
    for name, answer in answers.items():
        server.add_url_rule(f"/v1/{name}", name, lambda answer=answer: answer(interface))
    return server


def releases(interface: Interface) -> Response:
    """Every release with its address, the current one named."""
    return settled(json_response(described.releases(interface.store)), for_ever=False)


def catalog(interface: Interface) -> Response:
    """Every table of a release: its keys, levels, columns and files."""
    release = asked_release(interface)
    withdrawal = interface.store.withdrawal(release.id)
    answer = json_response(described.catalog(release))
    return settled(answer, for_ever=is_bound(), withdrawal=withdrawal)


def indicators(interface: Interface) -> Response:
    """Every indicator as it is declared, with its words in one language."""
    _format, lang = asked.format_and_language(request.args)
    return settled(json_response(described.indicators(interface.words[lang])), for_ever=False)


def reports_there(interface: Interface) -> Response:
    """Every report of a release: what bodies state of themselves, and who answers for it."""
    _format, lang = asked.format_and_language(request.args)
    told = reports.listed(asked_release(interface), interface.words[lang])
    return settled(json_response(told), for_ever=is_bound())


def report(interface: Interface) -> Response:
    """The rows of the report ``name``, of one ``period`` where it is asked for."""
    _format, lang = asked.format_and_language(request.args)
    told = reports.rows(asked_release(interface), request.args, interface.words[lang])
    return settled(json_response(told), for_ever=is_bound())


def table(interface: Interface) -> Response:
    """A table as a reader has laid it out on the page of that name, with the same address."""
    release = asked_release(interface)
    key = f"table {release.id} {sorted(request.args.items(multi=True))}"
    kept = interface.kept.get(key, lambda: cuts.answered(request.args, release, interface.words))
    name, _, content = kept.partition(b"\n")
    response = Response(content, content_type=CSV)
    response.headers["Content-Disposition"] = f"attachment; filename={name.decode()}"
    withdrawal = interface.store.withdrawal(release.id)
    return settled(response, for_ever=is_bound(), withdrawal=withdrawal)


def asked_release(interface: Interface) -> Release:
    """The release that the address names, else the current one."""
    return interface.store.get(request.args.get("release", LATEST))


def is_bound() -> bool:
    """True when the address names its release, so that the answer never changes."""
    return request.args.get("release", LATEST) != LATEST


def data(interface: Interface) -> Response:
    """Observations: ``dataset``, ``indicator``, ``by``, a code for each dimension to fix."""
    bound = is_bound()
    release_id = asked_release(interface).id
    withdrawal = interface.store.withdrawal(release_id)
    key = f"{release_id} {withdrawal} {sorted(request.args.items(multi=True))}"
    kept = interface.kept.get(key, lambda: answered(interface, request.args, release_id))
    name, _, content = kept.partition(b"\n")
    response = Response(content, content_type=CSV if name else "application/json; charset=utf-8")
    if name:
        response.headers["Content-Disposition"] = f"attachment; filename={name.decode()}"
    return settled(response, for_ever=bound, withdrawal=withdrawal)


def answered(interface: Interface, arguments: MultiDict[str, str], release_id: str) -> bytes:
    """The body of an answer after a line with the name to save it by (empty for JSON)."""
    form, lang = asked.format_and_language(arguments)
    query = replace(asked.query_of(arguments), release=release_id)
    asked.refuse_unknown_codes(query, interface.store.get(release_id))
    found = observer(interface.store.get)(query)
    if form == "csv":
        content = tables.as_csv(found, interface.words[lang])
        return f"{tables.file_name(found)}\n".encode() + content
    told = tables.as_json(found, interface.words[lang])
    if withdrawal := interface.store.withdrawal(release_id):
        told["withdrawn"] = asdict(withdrawal)
    body: Any = json_response(told).get_data()
    return b"\n" + bytes(body)
