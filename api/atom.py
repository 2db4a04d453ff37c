"""Feeds in Atom (RFC 4287): what must be in one, and how it is written."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE: Final = "http://www.w3.org/2005/Atom"
NOT_OF_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEVER: Final = "1970-01-01T00:00:00Z"


@dataclass(frozen=True)
class Entry:
    """One entry; ``seed`` is what its id is made from, ``updated`` a moment as RFC 3339 has it."""

    title: str
    href: str
    updated: str
    html: str
    seed: str


@dataclass(frozen=True)
class Feed:
    """A feed; ``entries`` newest first. ``seed`` is what its id is made from."""

    title: str
    subtitle: str
    lang: str
    author: str
    self_href: str
    page_href: str
    seed: str
    entries: tuple[Entry, ...]


def atom(feed: Feed) -> bytes:
    """The document of a feed. The same feed gives the same bytes."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.lang})
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "id", _id(feed.seed))
    _text(root, "updated", max((each.updated for each in feed.entries), default=NEVER))
    _text(SubElement(root, "author"), "name", feed.author)
    _link(root, "self", feed.self_href, "application/atom+xml")
    _link(root, "alternate", feed.page_href, "text/html")
    for entry in feed.entries:
        _entry(SubElement(root, "entry"), entry)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(element: Element, entry: Entry) -> None:
    _text(element, "title", entry.title)
    _text(element, "id", _id(entry.seed))
    _text(element, "updated", entry.updated)
    _link(element, "alternate", entry.href, "text/html")
    _text(element, "content", entry.html).set("type", "html")


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = NOT_OF_XML.sub("", text)
    return element


def _link(parent: Element, relation: str, href: str, kind: str) -> None:
    SubElement(parent, "link", {"rel": relation, "type": kind, "href": href})


def _id(seed: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, seed)}"
