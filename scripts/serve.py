"""Runs the site and the scheduler side by side, and leaves nothing running when either ends.

Each program gets a process group of its own, so that a Ctrl-C reaches only this script, which then
ends both groups in order: a request to stop, some time, and no mercy for what is left.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_STOP = 10.0
SECONDS_TO_ANSWER = 180.0
SECONDS_BETWEEN_LOOKS = 0.2

Programs = Mapping[str, Sequence[str]]
Running = dict[str, subprocess.Popen[bytes]]


class StopRequest:
    """Remembers that a signal asked the whole to end.

    It does not raise: an exception between the start of a program and the note of its number would
    leave that program running.
    """

    def __init__(self) -> None:
        self._signalled = False
        self._starter = os.getppid()
        # Some programs that start others, such as the first process of a container, always hold
        # the signal back: of them it says nothing.
        self._starter_tells = not holds_back_interrupt(self._starter)
        for each in STOP_SIGNALS:
            signal.signal(each, self._remember)

    @property
    def made(self) -> bool:
        if self._signalled or os.getppid() != self._starter:
            return True
        return self._starter_tells and holds_back_interrupt(self._starter)

    def _remember(self, _number: int, _frame: FrameType | None) -> None:
        self._signalled = True


def holds_back_interrupt(number: int) -> bool:
    """Whether a process has the signal of Ctrl-C blocked, as while it handles one.

    A make that alone is interrupted passes nothing on: it waits in silence for its programs to end,
    and this is the only trace of it.
    """
    try:
        status = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return False
    held_back = next(line for line in status.splitlines() if line.startswith("SigBlk"))
    return bool(int(held_back.split()[1], 16) >> (signal.SIGINT - 1) & 1)


def site_and_scheduler() -> Programs:
    return {
        "site": [sys.executable, "-m", "gunicorn", "app:server", "-c", "gunicorn.conf.py"],
        "scheduler": [sys.executable, "-m", "etl", "schedule"],
    }


def port_is_taken(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as response:  # noqa: S310 (always http://127.0.0.1)
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def supervise(programs: Programs, port: int) -> int:
    """Run the programs until one ends or somebody asks to stop; the exit code says which."""
    stop = StopRequest()
    running: Running = {}
    try:
        for name, command in programs.items():
            running[name] = subprocess.Popen(command, start_new_session=True)
        announce_when_ready(running, port, stop)
        return first_exit_code(running, stop)
    finally:
        end_all(running)


def announce_when_ready(running: Running, port: int, stop: StopRequest) -> None:
    """Wait until the site answers; return early when a program has ended or shall end."""
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not (stop.made or ended(running)):
        if answers(f"{address}/healthz"):
            print(f"\nThe site answers at {address}/  (Ctrl-C ends it)\n", flush=True)
            return
        if time.monotonic() > deadline:
            print(f"{address}/healthz has not answered yet; see above why.", file=sys.stderr)
            return
        time.sleep(SECONDS_BETWEEN_LOOKS)


def ended(running: Running) -> list[str]:
    return [name for name, process in running.items() if process.poll() is not None]


def first_exit_code(running: Running, stop: StopRequest) -> int:
    """Wait for the first end: a stop that was asked for is a success."""
    while not stop.made:
        for name in ended(running):
            code = running[name].returncode
            print(f"The {name} has ended with code {code}; ending all.", file=sys.stderr)
            return code if code >= 0 else 128 - code
        time.sleep(SECONDS_BETWEEN_LOOKS)
    print("\nStopping.", flush=True)
    return 0


def end_all(running: Running) -> None:
    for process in running.values():
        signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in running.values():
        wait_until(deadline, process)
    # A leader that has ended may have left others of its group behind.
    for process in running.values():
        signal_group(process, signal.SIGKILL)
        process.wait()


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def wait_until(deadline: float, process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return


def chosen_port() -> int:
    text = os.environ.get("PORT", "8050")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**16):
        sys.exit(f"PORT={text} is not a port: give a number from 1 to 65535")
    return int(text)


def refuse_taken_port(port: int) -> None:
    if port_is_taken(port):
        sys.exit(
            f"Port {port} is in use by another program. End that program, "
            f"or choose another port: make run PORT={port + 1}"
        )


def main(arguments: Sequence[str]) -> int:
    port = chosen_port()
    refuse_taken_port(port)
    if arguments == ["--check-port"]:
        return 0
    return supervise(site_and_scheduler(), port)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
