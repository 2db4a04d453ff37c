"""Composes the site: settings → releases → pages, callbacks, interfaces. Exposes ``server``."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from dash import Dash
from flask import Flask, g
from werkzeug.middleware.dispatcher import DispatcherMiddleware

import layouts
from api import cards, data, downloads, embeds, feeds, takeaway
from callbacks import compression, errors, feedback, guard, headers, plain, routing, suggestions
from config import Settings
from data.mailbox import Allowance, Mailbox
from data.releases import ReleaseStore
from data.upkeep import Upkeep
from layouts import early
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
REPORTS_AT_ONCE: Final = 20
SECONDS_A_REPORT: Final = 60.0
"""Readers' reports of errors that each worker takes: so many at once, then one in so long."""


class DashSite(Dash):
    """Dash with documents of our own: complete before any script runs."""

    def __init__(self, site: Site, origin: str, **options: Any) -> None:
        super().__init__(**options)
        self._site = site
        self._origin = origin

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        drawn = g.drawn
        return document(drawn, self._site.words[drawn.lang], self._origin, parts)


def create_app(settings: Settings, today: Callable[[], date] | None = None) -> Dash:
    """The whole site over the releases that the settings name; ``today`` is the clock's day."""
    clock = today or partial(_today, ZoneInfo(settings.time_zone))
    store = ReleaseStore(settings.releases)
    words = all_words(strict=settings.strict_words)
    mailbox = _mailbox(settings, clock)
    upkeep = Upkeep(
        settings.contact, mailbox is not None, settings.promised_days, settings.announced, clock
    )
    site = Site(store, words, layouts.PAGES, settings.origin, upkeep)
    app = DashSite(site, settings.origin, **_options())
    app.enable_dev_tools(debug=False, **dict.fromkeys(DEVELOPERS_TOOLS, False))
    app.layout = routing.skeleton
    routing.register(app, site)
    plain.register(app, store)
    suggestions.register(app, store)
    feedback.register(app, mailbox, partial(routing.drawn_again, app, site))
    guard.register(app, routing.ACCEPTS)
    errors.register(app.server)
    _finish(app.server, settings, lambda: (early.HASH, *app.csp_hashes()))
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


def _today(zone: ZoneInfo) -> date:
    return datetime.now(zone).date()


def _mailbox(settings: Settings, today: Callable[[], date]) -> Mailbox | None:
    """Where reports are kept; None where there is no such place, or it cannot be written to."""
    if settings.feedback is None:
        return None
    mailbox = Mailbox(settings.feedback, Allowance(REPORTS_AT_ONCE, SECONDS_A_REPORT), today)
    return mailbox if mailbox.can_hold() else None


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
