"""Composes the site: settings → releases → pages, callbacks, interfaces. Exposes ``server``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from dash import Dash
from flask import Flask, g
from werkzeug.middleware.dispatcher import DispatcherMiddleware

import layouts
from api import cards, data, downloads, embeds, feeds, takeaway
from callbacks import compression, errors, guard, headers, plain, routing, suggestions
from config import Settings
from data.releases import ReleaseStore
from data.upkeep import Upkeep
from layouts.document import document
from layouts.site import Site
from layouts.words import all_words

ASSETS: Final = Path(__file__).resolve().parent / "assets"
FETCHED_LATE: Final = r"plotly-basic\.min\.js"
"""What stands in the assets, but not in the head of every page."""
DEVELOPERS_TOOLS: Final = (
    "dev_tools_ui",
    "dev_tools_props_check",
    "dev_tools_serve_dev_bundles",
    "dev_tools_hot_reload",
    "dev_tools_prune_errors",
    "dev_tools_validate_callbacks",
)
"""Named, so that no variable of the environment can switch one on."""
LARGEST_BODY: Final = 64 * 1024


class DashSite(Dash):
    """Dash with documents of our own: complete before any script runs."""

    def __init__(self, site: Site, origin: str, **options: Any) -> None:
        super().__init__(**options)
        self._site = site
        self._origin = origin

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        drawn = g.drawn
        return document(drawn, self._site.words[drawn.lang], self._origin, parts)


def create_app(settings: Settings) -> Dash:
    """The whole site over the releases that the settings name."""
    store = ReleaseStore(settings.releases)
    words = all_words(strict=settings.strict_words)
    site = Site(store, words, layouts.PAGES, settings.origin, Upkeep(settings.contact))
    app = DashSite(site, settings.origin, **_options())
    app.enable_dev_tools(debug=False, **dict.fromkeys(DEVELOPERS_TOOLS, False))
    app.layout = routing.skeleton
    routing.register(app, site)
    plain.register(app, store)
    suggestions.register(app, store)
    guard.register(app, routing.ACCEPTS)
    errors.register(app.server)
    _finish(app.server, settings, lambda: tuple(app.csp_hashes()))
    interfaces: dict[str, Any] = {
        "/api": data.create(store, words),
        "/releases": downloads.create(store, words),
        "/card": cards.create(site),
        "/embed": embeds.create(site),
        "/take": takeaway.create(site),
        "/feed": feeds.create(site),
    }
    for interface in interfaces.values():
        errors.register_unknown(interface)
        _finish(interface, settings)
    app.server.wsgi_app = DispatcherMiddleware(app.server.wsgi_app, interfaces)
    return app


def _server() -> Flask:
    server = Flask("ochiq", static_folder=None)
    server.url_map.merge_slashes = False  # two slashes are no page, and no reason to redirect
    return server


def _options() -> dict[str, Any]:
    return {
        "server": _server(),
        "assets_folder": str(ASSETS),
        "assets_ignore": FETCHED_LATE,
        "title": "",
        "update_title": "",
        "compress": False,
        "use_async": False,
        "enable_mcp": False,
        "suppress_callback_exceptions": True,
        "add_log_handler": False,
    }


def _finish(
    server: Flask, settings: Settings, script_hashes: Callable[[], tuple[str, ...]] = tuple
) -> None:
    """What every server has, whatever it answers: limits, compression, headers."""
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    server.config["TRUSTED_HOSTS"] = list(settings.hosts) or None
    compression.register(server)
    headers.register(server, script_hashes)


app: Final = create_app(Settings())
server: Final = app.server
