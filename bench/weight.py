"""What a page weighs and when its first content stands, beside a stock Dash page, on a slow line.

    CHROMIUM="$(scripts/test_programs.sh)" python -m bench.weight

The line is a slow 3G (400 kbit/s, 400 ms), the processor a quarter as fast. The floor is what the
documentation of Dash shows first: a table and a chart of the same numbers, drawn in the browser.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.site import served, wait_for
from config import Settings
from data.releases import ReleaseStore

STOCK = """
import sys, polars as pl
from dash import Dash, dash_table, dcc, html
import plotly.express as px
rows = pl.read_parquet(sys.argv[1])
rows = rows.filter(pl.col("period") == sys.argv[2]).select(
    "agency", "received", "on_time_rate", "median_days", "satisfaction_mean"
).to_dicts()
app = Dash(__name__)
app.layout = html.Div([
    html.H1("Agencies"),
    dcc.Graph(figure=px.bar(x=[r["agency"] for r in rows], y=[r["received"] for r in rows])),
    dash_table.DataTable(rows, sort_action="native"),
])
app.run(port=int(sys.argv[3]), debug=False)
"""
BYTES_A_SECOND = 50_000
SLOW_3G = {
    "offline": False,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
    "latency": 400,
}
SLOWER = 4
LONGEST = 240_000
PAGES = ("/uz/", "/uz/regions", "/ru/trends")


@dataclass(frozen=True)
class Weight:
    """Kilobytes as sent; seconds to the first content, and until nothing more is fetched."""

    kilobytes: float
    first: float
    quiet: float


def main() -> None:
    store = ReleaseStore(Settings().releases)
    release = store.current()
    agencies = store.path(release.id) / "agencies.parquet"
    period = max(p for p in release.tables["agencies"]["period"].unique() if len(p) == 4)
    site, stock = free_port(), free_port()
    with sync_playwright() as play, served(site), stock_page(stock, agencies, period):
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        floor = weighed(browser, f"http://127.0.0.1:{stock}/", scripts=True)
        print(f"{'page':34}{'kB sent':>9}{'first s':>9}{'quiet s':>9}{'of stock':>11}")
        show("stock Dash page", floor, floor)
        for path in PAGES:
            address = f"http://127.0.0.1:{site}{path}"
            show(f"{path} without scripts", weighed(browser, address, scripts=False), floor)
            show(f"{path} with scripts", weighed(browser, address, scripts=True), floor)


def show(name: str, found: Weight, floor: Weight) -> None:
    share = f"1/{floor.kilobytes / found.kilobytes:.1f}"
    print(f"{name:34}{found.kilobytes:9.1f}{found.first:9.1f}{found.quiet:9.1f}{share:>11}")


def weighed(browser: Browser, address: str, *, scripts: bool) -> Weight:
    """One visit with an empty cache."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sent: list[float] = []
    session.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    session.send("Performance.enable")
    page.goto(address, wait_until="networkidle", timeout=LONGEST)
    if scripts:  # what draws the charts is fetched last of all
        page.wait_for_selector(".main-svg", timeout=LONGEST)
        page.wait_for_load_state("networkidle", timeout=LONGEST)
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    paints = session.send(
        "Runtime.evaluate",
        {
            "expression": "performance.getEntriesByName('first-contentful-paint')[0].startTime",
            "returnByValue": True,
        },
    )
    first = paints["result"]["value"] / 1000
    quiet = metrics["Timestamp"] - metrics["NavigationStart"]
    context.close()
    return Weight(sum(sent) / 1000, first, quiet)


@contextmanager
def stock_page(port: int, agencies: Path, period: str) -> Iterator[None]:
    command = [sys.executable, "-c", STOCK, str(agencies), period, str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        yield
    finally:
        server.kill()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
