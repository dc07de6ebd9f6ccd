"""The server command: refuses clearly, runs the scheduled job, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from gonghui.site.management.commands import serve
from tests.schema import lay_copy


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("http://127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("http://localhost:8001/", ("127.0.0.1", 8001)),
        ("0.0.0.0:80", ("0.0.0.0", 80)),
        ("https://127.0.0.1", ("127.0.0.1", 443)),
        ("127.0.0.1", ("127.0.0.1", 80)),
        ("[::1]:8000", ("::1", 8000)),
    ],
)
def test_address_becomes_a_number_and_a_port(said, where):
    assert serve.where_to_listen(said) == where


@pytest.mark.parametrize("said", ["http://127.0.0.1:eighty", "http://no such host:80", "//:99999"])
def test_address_nobody_understands_is_refused(said):
    with pytest.raises(CommandError, match="看不懂"):
        serve.where_to_listen(said)


@pytest.fixture
def taken():
    """A port of this machine on which somebody listens, ready to share it as the server does."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_taken_port_is_refused(db, taken):
    with pytest.raises(CommandError, match="可能已有一个服务在运行"):
        call_command("serve", listen=f"127.0.0.1:{taken}")


@pytest.mark.parametrize(
    ("name", "said"),
    [("serve", {}), ("demo", {}), ("begin", {"union": "总工会", "name": "柯", "username": "ke"})],
)
def test_unprepared_database_is_refused(db, name, said):
    MigrationRecorder(connection).record_unapplied("search", "0002_search_index")

    with pytest.raises(CommandError, match="gonghui migrate"):
        call_command(name, **said)


def test_greeting_names_what_is_listened_on(settings):
    settings.SITE_ADDRESS = "https://gonghui.example"

    assert serve.greeting("", "127.0.0.1", 443).startswith(
        "工会一本通已启动：https://gonghui.example（"
    )
    assert serve.greeting("0.0.0.0:8000", "0.0.0.0", 8000) == (
        "工会一本通已启动，正在 0.0.0.0:8000 上监听；"
        "用户打开的网址是 https://gonghui.example（按 Ctrl+C 停止）"
    )
    assert "[::1]:8000" in serve.greeting("[::1]:8000", "::1", 8000)


def test_missing_static_files_are_refused(db, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    with pytest.raises(CommandError, match="gonghui collectstatic"):
        call_command("serve")


class Server:
    """A real ``gonghui serve`` on a database and a port of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = os.environ | {
            "GONGHUI_VAR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'gonghui.sqlite3'}",
            "GONGHUI_ADDRESS": f"http://127.0.0.1:{self.port}",
            "GONGHUI_HTTPS": "0",
            "GONGHUI_JOBS": "queue",
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        }
        self.command = [sys.executable, "-m", "gonghui"]

    def prepare(self) -> None:
        lay_copy(Path(self.environment["GONGHUI_VAR"]) / "gonghui.sqlite3")
        subprocess.run([*self.command, "migrate", "-v0"], env=self.environment, check=True)

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*self.command, "serve"], env=self.environment, stdout=subprocess.DEVNULL
        )

    def health(self) -> dict:
        url = f"http://127.0.0.1:{self.port}/health/"
        with urllib.request.urlopen(url, timeout=5) as response:
            return json.load(response)

    def wait_until_healthy(self) -> dict:
        return _wait(self.health)

    def is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def _wait(ask, seconds=120):
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            answer = ask()
            if answer:
                return answer
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.2)


def _children(pid):
    """Process numbers of the children, from the kernel's own list."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _alive(pid):
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    server.prepare()
    return server


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_server_answers_ticks_and_ends_cleanly(server, number):
    process = server.start()
    try:
        parts = server.wait_until_healthy()["parts"]
        assert set(parts.values()) == {"ok"}
        children = _children(process.pid)
        assert len(children) >= 4  # two workers, the scheduled job and the one for long work
    finally:
        process.send_signal(number)

    assert process.wait(90) == 0
    assert not server.is_listening()
    _wait(lambda: not any(map(_alive, children)), 30)


@pytest.mark.slow
def test_killed_server_leaves_nobody_on_its_port_and_starts_again(server):
    process = server.start()
    server.wait_until_healthy()
    children = _children(process.pid)
    process.kill()
    process.wait()

    _wait(lambda: not any(map(_alive, children)))
    again = server.start()
    try:
        assert server.wait_until_healthy()["status"] == "ok"
    finally:
        again.terminate()
        assert again.wait(90) == 0
