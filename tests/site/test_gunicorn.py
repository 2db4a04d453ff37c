"""The site as it is really served: every worker answers, and the log keeps nothing of a reader."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gunicorn") / "log"


@pytest.fixture(scope="module")
def served(port: int, releases: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "PORT": str(port),
        "OCHIQ_RELEASES": str(releases),
        "WEB_CONCURRENCY": str(WORKERS),
        "ACCESS_LOG": "1",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "app:server", "-c", "gunicorn.conf.py"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(port, process)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=40)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "gunicorn has ended"
        try:
            if fetch(port, "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("gunicorn has not answered")


def fetch(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path, headers={"User-Agent": "canary-agent"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def workers_of(process: subprocess.Popen[bytes]) -> list[int]:
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(child) for child in children]


def test_every_worker_reads_a_table_within_seconds(
    served: subprocess.Popen[bytes], port: int
) -> None:
    query = "/api/v1/data?dataset=agencies&indicator=received&by=agency&period=2019"
    workers = workers_of(served)
    assert len(workers) == WORKERS
    # One worker after the other is held still, so that the other one has to answer.
    for still in workers:
        os.kill(still, signal.SIGSTOP)
        try:
            status, content = fetch(port, query)
            assert status == 200
            assert json.loads(content)["observations"]
            assert fetch(port, "/ru/agencies")[0] == 200
        finally:
            os.kill(still, signal.SIGCONT)


def test_the_log_keeps_neither_address_nor_query_nor_browser(
    served: subprocess.Popen[bytes], port: int, log: Path
) -> None:
    fetch(port, "/en/agencies?period=2019&canary=query")
    time.sleep(0.3)
    text = log.read_text()
    assert '"path":"/en/agencies"' in text
    assert "canary" not in text
    assert '"127.0.0.1' not in text


def test_the_settings_that_were_measured_stay() -> None:
    settings: dict[str, object] = {}
    exec((ROOT / "gunicorn.conf.py").read_text(), settings)  # noqa: S102 (our own settings)
    assert settings["preload_app"] is False
    assert settings["control_socket_disable"] is True
    assert settings["worker_class"] == "gthread"
    assert str(settings["bind"]).startswith("127.0.0.1:")
