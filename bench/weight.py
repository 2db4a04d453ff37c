"""What pages weigh and when they stand on a slow line, beside a stock Dash page in the same run.

    CHROMIUM="$(scripts/test_programs.sh)" python -m bench.weight [places]

Bytes are counted on a fast line, when all has come. Then the line is a slow 3G (400 kbit/s, 400 ms)
and the processor a quarter as fast: seconds until the heading stands, and until the chart can be
touched. The stock page is what the documentation of Dash shows first: a table and a chart of the
same numbers. As shipped Dash compresses nothing; the floor is the same page compressed as ours are.

The second table is every page of the site, the heaviest of its kind, in the language that weighs
most; ``places`` bounds how many of a kind are asked for.
"""

import gzip
import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime

from bench.site import served, wait_for
from config import Settings
from data.releases import Release, ReleaseStore
from layouts.site import codes_of
from layouts.sitemap import SITEMAP

STOCK: Final = """
import sys, polars as pl
from dash import Dash, dash_table, dcc, html
import plotly.express as px
from callbacks import compression
rows = pl.read_parquet(sys.argv[1])
rows = rows.filter(pl.col("period") == sys.argv[2]).select(
    "agency", "received", "on_time_rate", "median_days", "satisfaction_mean"
).to_dicts()
app = Dash(__name__, include_assets_files=False)
app.layout = html.Div([
    html.H1("Agencies"),
    dcc.Graph(figure=px.bar(x=[r["agency"] for r in rows], y=[r["received"] for r in rows])),
    dash_table.DataTable(rows, sort_action="native"),
])
if sys.argv[4] == "compressed":
    compression.register(app.server)
app.run(port=int(sys.argv[3]), debug=False)
"""
BYTES_A_SECOND: Final = 50_000
SLOW_3G: Final = {
    "offline": False,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
    "latency": 400,
}
SLOWER: Final = 4
LONGEST: Final = 90_000
"""Milliseconds. Dash itself gives up on plotly after thirty seconds: its chart may never come."""
HEADING: Final = "h1"
CHART: Final = ".main-svg"
PLACE_OF_CHART: Final = "#live .chart-drawing"
FIRST_PAINT: Final = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"

WITHOUT: Final = "without scripts"
WITH: Final = "with scripts"
PAGES: Final = ("/uz/agencies", "/uz/regions", "/ru/trends")
GOALS: Final = {WITHOUT: 20, WITH: 2}
"""A page may weigh the stock page divided by this."""
PLACES: Final = 30
HEAVIEST_LANGUAGE: Final = "ru"
MOST_TEXT, MOST_IN_ALL = 30.0, 100.0
"""Kilobytes as sent: the document, and with all that a reader without scripts is sent."""


@dataclass(frozen=True)
class Weight:
    """Kilobytes as sent; seconds to the heading and to the live chart, None where none came."""

    kilobytes: float
    heading: float
    chart: float | None


def main() -> None:
    settings = Settings()
    release = ReleaseStore(settings.releases).current()
    agencies = settings.releases / release.id / "agencies.parquet"
    period = max(p for p in release.tables["agencies"]["period"].unique() if len(p) == 4)
    places = int(sys.argv[1]) if len(sys.argv) > 1 else PLACES
    site = free_port()
    with served(site), browser() as chromium:
        origin = f"http://127.0.0.1:{site}"
        compare(chromium, origin, agencies, period)
        every_page(origin, release, places)


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        path = os.environ.get("CHROMIUM")
        yield play.chromium.launch(executable_path=path, args=["--no-sandbox"])


def compare(chromium: Browser, origin: str, agencies: Path, period: str) -> None:
    print(f"{'page':36}{'kB sent':>9}{'heading s':>11}{'chart s':>9}{'of stock':>10}{'goal':>8}")
    with stock_page(agencies, period, "as shipped") as address:
        shown("stock Dash page as shipped", weighed(chromium, address, scripts=True))
    with stock_page(agencies, period, "compressed") as address:
        floor = weighed(chromium, address, scripts=True)
    shown("stock Dash page, compressed", floor)
    for path in PAGES:
        for kind, goal in GOALS.items():
            found = weighed(chromium, origin + path, scripts=kind == WITH)
            shown(f"{path} {kind}", found, floor, goal)


def shown(name: str, found: Weight, floor: Weight | None = None, goal: int = 1) -> None:
    chart = "–" if found.chart is None else f"{found.chart:.1f}"
    line = f"{name:36}{found.kilobytes:9.1f}{found.heading:11.1f}{chart:>9}"
    if floor is not None:
        times = floor.kilobytes / found.kilobytes
        is_met = "" if times >= goal else " missed"
        line += f"{f'1/{times:.1f}':>10}{f'≤ 1/{goal}':>8}{is_met}"
    print(line, flush=True)


def weighed(chromium: Browser, address: str, *, scripts: bool) -> Weight:
    """Two visits with an empty cache: one for the bytes, one on the slow line for the times."""
    with visiting(chromium, scripts=scripts) as (page, session):
        sent: list[float] = []
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
        page.goto(address, wait_until="networkidle", timeout=LONGEST)
        drawn(page, scripts=scripts)
    with visiting(chromium, scripts=scripts) as (page, session):
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_3G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address, wait_until="commit", timeout=LONGEST)
        page.wait_for_selector(HEADING, timeout=LONGEST)
        heading = max(now(session), measured(session, FIRST_PAINT))
        chart = now(session) if drawn(page, scripts=scripts) else None
    return Weight(sum(sent) / 1000, heading, chart)


@contextmanager
def visiting(chromium: Browser, *, scripts: bool) -> Iterator[tuple[Page, CDPSession]]:
    context: BrowserContext = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    yield page, context.new_cdp_session(page)
    context.close()


def drawn(page: Page, *, scripts: bool) -> bool:
    """Waits for the live chart where the page has one; ours comes when a reader is near."""
    if not scripts:
        return False
    try:
        page.wait_for_selector("#still", state="detached", timeout=LONGEST)
        places = page.locator(PLACE_OF_CHART)
        if page.locator("#live").count() and not places.count():
            return False
        if places.count():
            places.first.scroll_into_view_if_needed(timeout=LONGEST)
        page.wait_for_selector(CHART, state="attached", timeout=LONGEST)
    except NotInTime:
        return False
    return True


def now(session: CDPSession) -> float:
    return measured(session, "performance.now()")


def measured(session: CDPSession, expression: str) -> float:
    """Seconds; asked past the page's own scripts, so that it works where there are none."""
    asked = {"expression": expression, "returnByValue": True}
    return float(session.send("Runtime.evaluate", asked)["result"]["value"]) / 1000


@contextmanager
def stock_page(agencies: Path, period: str, how: str) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-c", STOCK, str(agencies), period, str(port), how]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.kill()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def every_page(origin: str, release: Release, places: int) -> None:
    """The heaviest page of each kind: its document, and all that comes with it without scripts."""
    print(f"\n{'heaviest of its kind':40}{'asked':>7}{'text kB':>9}{'in all kB':>11}")
    kept: dict[str, float] = {}
    for page, address in SITEMAP.items():
        paths = [
            f"/{HEAVIEST_LANGUAGE}/{address.path.format(code=code)}"
            for code in spread(codes_of(page, release), places)
        ]
        if not paths:
            continue
        text, in_all, path = max((*sizes(origin, path, kept), path) for path in paths)
        missed = " too heavy" if text > MOST_TEXT or in_all > MOST_IN_ALL else ""
        print(f"{path:40}{len(paths):7}{text:9.1f}{in_all:11.1f}{missed}", flush=True)
    print(f"{'may be':40}{'':7}{MOST_TEXT:9.1f}{MOST_IN_ALL:11.1f}")


def spread(codes: tuple[str, ...], most: int) -> tuple[str, ...]:
    return codes[:: max(1, len(codes) // most)]


def sizes(origin: str, path: str, kept: dict[str, float]) -> tuple[float, float]:
    """Kilobytes of a document, and of it with its styles and sign."""
    document = fetched(origin + path)
    for href in re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"', document.text):
        if href not in kept:
            kept[href] = fetched(origin + href).kilobytes
    return document.kilobytes, document.kilobytes + sum(kept.values())


@dataclass(frozen=True)
class Fetched:
    kilobytes: float
    text: str


def fetched(url: str) -> Fetched:
    """A text as it is sent to a browser that reads gzip alone, the worst that is still usual."""
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})  # noqa: S310
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        body, way = answer.read(), answer.headers.get("Content-Encoding")
    text = gzip.decompress(body) if way == "gzip" else body
    return Fetched(len(body) / 1000, text.decode("utf-8", "replace"))


if __name__ == "__main__":
    main()
