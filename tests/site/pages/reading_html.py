"""The tables, links and texts of a page, as a reader's program would find them."""

from html.parser import HTMLParser

from flask.testing import FlaskClient


class Read(HTMLParser):
    """Reads a document: ``tables`` (rows of cell texts), ``links`` (and what is written on each:
    ``texts_of_links``), ``headings`` and all ``text``."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.captions: list[str] = []
        self.links: list[str] = []
        self.texts_of_links: list[tuple[str, str]] = []
        self.headings: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
            self.texts_of_links.append(("", self.links[-1]))
        if tag == "table":
            self.tables.append([])
            self.captions.append("")
        if tag == "tr":
            self.tables[-1].append([])
        if tag in {"td", "th"}:
            self.tables[-1][-1].append("")
        if tag in {"h1", "h2", "h3"}:
            self.headings.append("")
        if tag == "svg" and given.get("aria-hidden") == "true":
            self._open.append("unseen")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        if tag == "svg" and self._open[-1:] == ["unseen"]:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if {"script", "style", "unseen"} & set(self._open):
            return
        self.text += data
        if "a" in self._open and self.texts_of_links:
            text, link = self.texts_of_links[-1]
            self.texts_of_links[-1] = (text + data, link)
        if {"td", "th"} & set(self._open):
            self.tables[-1][-1][-1] += data
        if "caption" in self._open:
            self.captions[-1] += data
        if {"h1", "h2", "h3"} & set(self._open):
            self.headings[-1] += data


def page(reader: FlaskClient, path: str, lang: str = "en") -> Read:
    """A page of the site, which has to be there."""
    answer = reader.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    return Read(answer.text)
