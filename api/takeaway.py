"""What can be taken from a view, to be mounted at ``/take``: a chart or table of it in a file.

A file is derived from the very page, so it cannot show another number; and its address from the
page's address, so nothing can be asked for that no page shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from flask import Flask, Response, request

from api import books, packs, pictures, shown
from api.answers import new_server, settled
from api.taken import Taken, take, telling_name
from api.workbooks import XLSX
from data.errors import UnknownFileError
from layouts.components.takeaway import forms_of
from layouts.kept import PATIENCE, Kept
from layouts.site import Site
from layouts.taken import PACK, Asked, asked
from layouts.view import View

MOST_KEPT: Final = 200


@dataclass(frozen=True)
class Form:
    """How a file is made, what it is, and whether it is saved rather than shown."""

    make: Callable[[Taken], bytes]
    media_type: str
    is_saved: bool = True


FORMS: Final[Mapping[str, Form]] = {
    "xlsx": Form(books.as_xlsx, XLSX),
    "csv": Form(shown.as_csv, "text/csv; charset=utf-8"),
    "svg": Form(pictures.as_svg, "image/svg+xml", is_saved=False),
    "png": Form(pictures.as_png, "image/png", is_saved=False),
}


def create(site: Site) -> Flask:
    """The server of files made from views."""
    server = new_server("takeaway")
    server.url_map.merge_slashes = False  # two slashes are no page, and no reason to redirect
    kept = Kept(MOST_KEPT, PATIENCE)
    server.add_url_rule("/<path:path>", "file", partial(answer, site, kept))
    return server


def answer(site: Site, kept: Kept, path: str) -> Response:
    """The file that an address names."""
    wanted = asked(path)
    search = request.query_string.decode("ascii", "replace")
    view = site.view_at(wanted.path, search) if wanted else None
    if wanted is None or view is None:
        raise _nothing()
    withdrawal = site.store.withdrawal(view.release_id)
    key = f"{wanted.file} {withdrawal} {view.release_id} {view.href()}"
    content = kept.get(key, lambda: _made(site, view, wanted))
    response = _response(content, wanted.form)
    return settled(response, for_ever=view.is_bound, withdrawal=withdrawal)


def _made(site: Site, view: View, wanted: Asked) -> bytes:
    """A line with the file's name, then its bytes."""
    if wanted.file == PACK:
        name = telling_name(view, wanted.name, wanted.form)
        return f"{name}\n".encode() + packs.as_pack(site, view)
    taken = take(site, view, wanted.name)
    if wanted.form not in forms_of(taken.exhibit):
        raise _nothing()
    name = taken.file_name(wanted.form)
    return f"{name}\n".encode() + FORMS[wanted.form].make(taken)


def _response(kept: bytes, form: str) -> Response:
    name, _, content = kept.partition(b"\n")
    declared = FORMS.get(form)
    media_type = declared.media_type if declared else "application/zip"
    response = Response(content, content_type=media_type)
    way = "attachment" if declared is None or declared.is_saved else "inline"
    response.headers["Content-Disposition"] = f"{way}; filename={name.decode()}"
    return response


def _nothing() -> UnknownFileError:
    return UnknownFileError(
        "Nothing there", "No page has such a file.", "Follow a link below a chart or table."
    )
