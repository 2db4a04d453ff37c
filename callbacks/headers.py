"""What every answer says to the browser: nothing from elsewhere, nothing kept about the reader."""

from collections.abc import Callable, Mapping
from typing import Final

from flask import Flask, Response

CONTENT_POLICY: Final = (
    "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src blob:; "
    "base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors 'none'"
)
PERMISSIONS_OFF: Final = (
    "camera",
    "display-capture",
    "geolocation",
    "microphone",
    "payment",
    "usb",
)
FRAMES_CLOSED: Final = "frame-ancestors 'none'"
FIXED: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # other sites learn nothing; forms can tell their own
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in PERMISSIONS_OFF),
}


def register(server: Flask, script_hashes: Callable[[], tuple[str, ...]] = tuple) -> None:
    """Adds the headers to every answer, errors included; a header that is there already stays.

    ``script_hashes`` is asked after the server has set itself up: Dash knows its inline scripts
    only then.
    """

    @server.after_request
    def add(response: Response) -> Response:
        hashes = "".join(f" {each}" for each in script_hashes())
        usual = CONTENT_POLICY.format(hashes=hashes)
        policy = response.headers.setdefault("Content-Security-Policy", usual)
        if FRAMES_CLOSED in policy:  # for browsers that read no policy
            response.headers.setdefault("X-Frame-Options", "DENY")
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        return response
