"""Sends texts compressed. Each text is compressed once and kept: programs and styles of the site
are large and never change while a worker lives, and pages are kept by their address.
"""

import gzip
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

import brotli
from flask import Flask, Response, request

SMALLEST: Final = 500
LARGEST_DENSE: Final = 300_000
TEXTS: Final = (
    "text/",
    "application/json",
    "application/javascript",
    "image/svg+xml",
    "application/manifest+json",
)
MOST_KEPT: Final = 200


def _brotli(body: bytes) -> bytes:
    # Higher costs seconds of computing for the largest programs, and saves a few hundredths.
    quality = 9 if len(body) > LARGEST_DENSE else 6
    return bytes(brotli.compress(body, quality=quality))


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


WAYS: Final[Mapping[str, Callable[[bytes], bytes]]] = {"br": _brotli, "gzip": _gzip}


@lru_cache(maxsize=MOST_KEPT)
def compressed(body: bytes, way: str) -> bytes:
    """The body, compressed in one of ``WAYS``."""
    return WAYS[way](body)


def register(server: Flask) -> None:
    """Compresses what this server answers, as far as the browser can read it."""

    @server.after_request
    def compress(response: Response) -> Response:
        if not _is_text(response):
            return response
        response.vary.add("Accept-Encoding")
        way = request.accept_encodings.best_match(WAYS)
        if way is None or response.status_code != 200:
            return response
        response.direct_passthrough = False
        body = response.get_data()
        if len(body) >= SMALLEST:
            response.set_data(compressed(body, way))
            response.headers["Content-Encoding"] = way
            _weaken(response)
        return response


def _is_text(response: Response) -> bool:
    kind = response.mimetype or ""
    is_whole = "Content-Encoding" not in response.headers and not _is_download(response)
    return kind.startswith(TEXTS) and is_whole


def _is_download(response: Response) -> bool:
    """Files of a release are large, and parts of them may be asked for."""
    return "Content-Location" in response.headers


def _weaken(response: Response) -> None:
    tag, is_weak = response.get_etag()
    if tag and not is_weak:
        response.set_etag(tag, weak=True)
