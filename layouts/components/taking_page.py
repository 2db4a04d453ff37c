"""At the end of every page: all of it in one file, and how to cite it."""

from dash import html
from dash.development.base_component import Component

from data.releases import Release
from layouts.components.citing import FILE, Citation
from layouts.components.copying import copy_button
from layouts.components.download import file_href
from layouts.components.link import file_link
from layouts.taken import PACK, taken_href
from layouts.view import View
from layouts.words import Words


def packed(view: View, words: Words) -> Component:
    """The link to all of the page in one file, and what is in it."""
    to_pack = file_link(words("taken_pack"), taken_href(view, PACK), rel="nofollow")
    return html.P([to_pack, " ", words("taken_pack_about")], className="pack")


def citing(cited: Citation, release: Release, words: Words) -> Component:
    """The reference in words and for BibTeX, and the release's own file for others."""
    path = "" if cited.origin else cited.path
    own = [file_link(FILE, file_href(release, FILE))] if FILE in release.manifest.files else []
    parts = [
        html.P([html.Q(cited.sentence(words)), " ", *copy_button(words, path)]),
        html.Pre(html.Code(cited.bibtex()), tabIndex="0", role="group"),
        html.P([*copy_button(words, path), *own], className="ways-of-citing"),
    ]
    return html.Details([html.Summary(words("data_cite")), *parts], className="citing")
