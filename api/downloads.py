"""The files of releases: ``/releases/<id>/<file>`` for ever, ``/releases/latest/<file>`` as of now.

A path is never built from a stranger's words: the id has one form, and the name is looked up among
the files that the release lists.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from flask import Flask, Response, send_file

from api.answers import ASK_AGAIN, FOR_EVER, deprecated, new_server, settled
from api.whole import Bindery
from api.workbooks import XLSX
from data.query import LATEST
from data.releases import ReleaseStore, read_manifest
from layouts.words import Words

PREFIX: Final = "ochiq-murojaat"
TEXT: Final = "text/plain"
MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".md": "text/markdown",
    ".cff": TEXT,
    ".txt": TEXT,
}
SAVED: Final = frozenset({".csv", ".parquet"})


def create(store: ReleaseStore, words: Mapping[str, Words]) -> Flask:
    """The server of files, to be mounted at ``/releases``."""
    server, bindery = new_server("downloads"), Bindery(words)
    server.add_url_rule("/<release_id>/<name>", "file", lambda **asked: send(store, **asked))
    server.add_url_rule(
        "/<release_id>/<lang>/<table>.xlsx", "book", lambda **asked: bind(store, bindery, **asked)
    )
    return server


def bind(store: ReleaseStore, bindery: Bindery, release_id: str, lang: str, table: str) -> Response:
    """A whole table as a workbook, made from the table of the release."""
    release = store.get(release_id)
    withdrawal = store.withdrawal(release.id)
    content = bindery.book(release, table, lang, withdrawal)
    response = Response(content, content_type=XLSX)
    name = f"{PREFIX}_{release.id}_{table}_{lang}.xlsx"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return settled(response, for_ever=release_id != LATEST, withdrawal=withdrawal)


def send(store: ReleaseStore, release_id: str, name: str) -> Response:
    """One file of a release, whole or a range of it."""
    path = store.file(release_id, name)
    response = send_file(
        path,
        mimetype=MEDIA_TYPES.get(path.suffix, TEXT),
        as_attachment=path.suffix in SAVED,
        download_name=telling_name(path),
        conditional=True,
        etag=digest(path),
    )
    del response.headers["Last-Modified"]  # when it was copied here says nothing of its content
    withdrawal = store.withdrawal(path.parent.name)
    is_open = release_id == LATEST or withdrawal is not None
    response.headers["Cache-Control"] = ASK_AGAIN if is_open else FOR_EVER
    if withdrawal is not None:
        response.headers.update(deprecated(withdrawal))
    response.headers["Content-Location"] = f"/releases/{path.parent.name}/{path.name}"
    return response


def telling_name(path: Path) -> str:
    """A name that says, in any folder, what the file is and of which release."""
    return f"{PREFIX}_{path.parent.name}_{path.name}"


def digest(path: Path) -> str:
    """The file's hash as the manifest has it; the release's id stands for what it does not list."""
    files = read_manifest(path.parent).files
    return files[path.name].sha256 if path.name in files else f"{path.parent.name}-{path.name}"
