"""`make run` leaves nothing behind: what ends one of its programs ends all."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

SUPERVISOR = """
import sys
sys.path.insert(0, {scripts!r})
import serve
serve.SECONDS_TO_STOP = 2
sys.exit(serve.supervise({programs!r}, port={port}))
"""

# Ends only when it is killed, and so do its own child and grandchild.
STUBBORN = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {child.pid}")
time.sleep(60)
"""

POLITE = """
import os, pathlib, sys, time
pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
time.sleep(60)
"""

HEALTHY_SITE = """
import http.server, os, pathlib, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()
server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[2])), Answer)
pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
server.serve_forever()
"""


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, arguments)]


def start(port: int, **programs: list[str]) -> subprocess.Popen[str]:
    code = SUPERVISOR.format(scripts=str(ROOT / "scripts"), programs=programs, port=port)
    return subprocess.Popen(
        python(code), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def written_numbers(path: Path) -> list[int]:
    """The process numbers that a program wrote when it was up."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if path.exists() and (text := path.read_text()):
            return [int(number) for number in text.split()]
        time.sleep(0.05)
    raise AssertionError(f"{path.name} was never written")


def is_running(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def ends_within(seconds: float, number: int) -> bool:
    deadline = time.monotonic() + seconds
    while is_running(number) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_running(number)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield int(holder.getsockname()[1])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_ends_every_program_and_counts_as_success(
    tmp_path: Path, port: int, number: signal.Signals
) -> None:
    site, scheduler = tmp_path / "site", tmp_path / "scheduler"
    whole = start(port, site=python(POLITE, site), scheduler=python(POLITE, scheduler))
    children = written_numbers(site) + written_numbers(scheduler)

    whole.send_signal(number)

    assert whole.wait(timeout=20) == 0
    assert not [child for child in children if is_running(child)]


def test_a_program_that_ignores_the_request_is_killed_with_its_children(
    tmp_path: Path, port: int
) -> None:
    site = tmp_path / "site"
    whole = start(port, site=python(STUBBORN, site))
    family = written_numbers(site)

    whole.send_signal(signal.SIGINT)
    time.sleep(0.5)
    whole.send_signal(signal.SIGINT)

    assert whole.wait(timeout=30) == 0
    assert len(family) == 2
    assert not [member for member in family if is_running(member)]


def start_below_make(port: int, directory: Path, **programs: list[str]) -> subprocess.Popen[bytes]:
    script = directory / "supervisor.py"
    script.write_text(
        SUPERVISOR.format(scripts=str(ROOT / "scripts"), programs=programs, port=port)
    )
    (directory / "Makefile").write_text(f"run:\n\t@exec {sys.executable} {script}\n")
    # Whoever runs the tests may ignore SIGINT, and programs inherit that: make starts without it.
    command = ["env", "--default-signal=INT", "make", "-C", str(directory), "run"]
    return subprocess.Popen(command, start_new_session=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_that_reaches_only_make_ends_every_program_too(
    tmp_path: Path, port: int, number: signal.Signals
) -> None:
    site = tmp_path / "site"
    make = start_below_make(port, tmp_path, site=python(POLITE, site))
    (child,) = written_numbers(site)

    make.send_signal(number)

    assert make.wait(timeout=20) == -number
    assert ends_within(5, child)


@pytest.mark.parametrize(
    ("end", "code"),
    [("sys.exit(7)", 7), ("os.kill(os.getpid(), 9)", 128 + 9), ("sys.exit(0)", 0)],
)
def test_a_program_that_dies_ends_the_other_and_gives_its_exit_code(
    tmp_path: Path, port: int, end: str, code: int
) -> None:
    scheduler = tmp_path / "scheduler"
    dying = python(f"import os, sys, time; time.sleep(1); {end}")
    whole = start(port, site=dying, scheduler=python(POLITE, scheduler))
    (other,) = written_numbers(scheduler)

    output, _ = whole.communicate(timeout=20)

    assert whole.returncode == code
    assert "The site has ended" in output
    assert not is_running(other)


def test_a_program_that_cannot_start_leaves_the_others_not_running(
    tmp_path: Path, port: int
) -> None:
    site = tmp_path / "site"
    whole = start(port, site=python(POLITE, site), scheduler=["/no/such/program"])

    whole.wait(timeout=20)

    assert whole.returncode != 0
    assert not site.exists() or not is_running(written_numbers(site)[0])


def test_the_address_is_printed_once_the_site_answers(tmp_path: Path, port: int) -> None:
    site = tmp_path / "site"
    whole = start(port, site=python(HEALTHY_SITE, site, port))
    assert whole.stdout is not None
    lines = iter(whole.stdout.readline, "")

    announcement = next(line for line in lines if "answers" in line)

    assert f"http://127.0.0.1:{port}/" in announcement
    assert written_numbers(site)
    whole.send_signal(signal.SIGTERM)
    assert whole.wait(timeout=20) == 0
    whole.stdout.close()


def check_port(value: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / "serve.py", "--check-port"],
        env={**os.environ, "PORT": str(value)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_taken_port_is_named_with_a_way_out(taken_port: int) -> None:
    refused = check_port(taken_port)

    assert refused.returncode == 1
    assert f"Port {taken_port} is in use" in refused.stderr
    assert "make run PORT=" in refused.stderr


@pytest.mark.parametrize("value", ["eighty", "0", "65536", ""])
def test_a_port_that_is_none_is_refused_in_words(value: str) -> None:
    refused = check_port(value)

    assert refused.returncode == 1
    assert "is not a port" in refused.stderr
    assert "Traceback" not in refused.stderr
