"""How fast the site answers: the current release, gunicorn's own settings, readers on one machine.

    python -m bench.site

The floor is a route that touches no release. Only ratios to it travel between machines.
"""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

FLOOR = "/healthz"
PATHS = (
    FLOOR,
    "/en/",
    "/uz/agencies",
    "/ru/regions",
    "/uz-cyrl/trends",
    "/en/method/on_time_rate",
    "/releases/latest/agencies.csv",
)
READERS = 4
VISITS = 50
SECONDS_TO_START = 60


def main() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    print(f"{'path':32}{'status':>8}{'bytes':>10}{'median ms':>12}{'p95 ms':>10}{'a second':>10}")
    with served(port):
        rates = {path: measured(port, path) for path in PATHS}
    for path in PATHS[1:]:
        print(f"{path:32}{rates[path] / rates[FLOOR]:6.2f} × the floor's rate")


@contextmanager
def served(port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--log-level", "error"]
    environment = {**os.environ, "PORT": str(port)}
    server = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        wait_for(port, server)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("The site did not start: is there a release? make demo release")


def measured(port: int, path: str) -> float:
    """Prints one line for a path; gives the answers a second of all readers together."""
    visit(port, path, 2)
    start = time.perf_counter()
    with ThreadPoolExecutor(READERS) as readers:
        visits = list(readers.map(visit, [port] * READERS, [path] * READERS, [VISITS] * READERS))
    rate = READERS * VISITS / (time.perf_counter() - start)
    spent = [1000 * seconds for _, _, all_spent in visits for seconds in all_spent]
    status, size, _ = visits[0]
    middle, slow = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
    print(f"{path:32}{status:8}{size:10,}{middle:12.1f}{slow:10.1f}{rate:10,.0f}")
    return rate


def visit(port: int, path: str, times: int) -> tuple[int, int, list[float]]:
    """One reader who keeps the connection: status and size of the last answer, seconds of each."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    status, body, spent = 0, b"", []
    for _ in range(times):
        start = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
        answer = connection.getresponse()
        status, body = answer.status, answer.read()
        spent.append(time.perf_counter() - start)
    connection.close()
    return status, len(body), spent


if __name__ == "__main__":
    main()
