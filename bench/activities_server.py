"""A real ``gonghui serve`` on a port of its own, and the processor time it has used."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .places import Place

START, END = 60, 40  # seconds a server may take to begin and to end
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """One running server; ``more`` is put into its environment."""

    def __init__(self, place: Place, **more: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        address = f"http://127.0.0.1:{self.port}"
        told = {"DJANGO_SETTINGS_MODULE": "bench.settings", "GONGHUI_ADDRESS": address}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gonghui", "serve"],
            env=place.environment() | told | more,
            stdout=subprocess.DEVNULL,
        )
        self._wait(f"{address}/account/login/")

    def _wait(self, address: str) -> None:
        end = time.monotonic() + START
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(address, timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        self.end()
        raise SystemExit("The server did not begin to answer.")

    def spent(self) -> float:
        """The processor time of its processes so far, in seconds."""
        stats = (Path(f"/proc/{pid}/stat") for pid in processes(self.process.pid))
        fields = [stat.read_text().rpartition(")")[2].split() for stat in stats]
        return sum(int(said[11]) + int(said[12]) for said in fields) / TICKS

    def kill(self) -> None:
        """End the server and all it started at once, as when the power goes."""
        for pid in processes(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def processes(pid: int) -> list[int]:
    """The process and all it started, from the kernel's own list."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(one) for file in lists for one in file.read_text().split()]
    return [pid, *(one for child in children for one in processes(child))]


@contextmanager
def serving(place: Place) -> Iterator[Server]:
    server = Server(place)
    try:
        yield server
    finally:
        server.end()
