"""``gonghui serve``: starts the server; embedded, the scheduled job and the worker beside it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from gonghui.kit.jobs import is_inline
from gonghui.site.readiness import refuse_unmigrated

WORKERS = 2
THREADS = 4
PATIENCE = 20  # seconds a worker may take to finish its requests when the server is stopped
REST = 5  # seconds before a helper that died is started again


class Command(BaseCommand):
    help = (
        "启动服务。用内置数据库时定时任务和后台任务也随它运行；"
        "用 PostgreSQL 时请另外运行 tick 和 work 命令。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--listen", default="", help="监听的地址和端口，如 0.0.0.0:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = where_to_listen(options["listen"] or settings.SITE_ADDRESS)
        refuse_unready()
        refuse_taken(host, port)
        connections.close_all()
        # Workers begin afresh: a forked one would share the parent's threads and files.
        multiprocessing.set_start_method("spawn", force=True)
        server = Granian(
            "gonghui.site.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=WORKERS,
            blocking_threads=THREADS,
            respawn_failed_workers=True,
            workers_kill_timeout=PATIENCE,
            log_level=LogLevels.warning,
        )
        self.stdout.write(greeting(options["listen"], host, port))
        self.stdout.flush()
        with helpers_beside():
            server.serve(target_loader=load)


def greeting(said: str, host: str, port: int) -> str:
    """Where to open it; with an address of its own, what is listened on and what users open."""
    if not said:
        return f"工会一本通已启动：{settings.SITE_ADDRESS}（按 Ctrl+C 停止）"
    number = f"[{host}]" if ":" in host else host
    return (
        f"工会一本通已启动，正在 {number}:{port} 上监听；"
        f"用户打开的网址是 {settings.SITE_ADDRESS}（按 Ctrl+C 停止）"
    )


def where_to_listen(said: str) -> tuple[str, int]:
    """Host and port of an address; the server wants a number, so a name is looked up here."""
    parts = urlsplit(said if "//" in said else f"//{said}")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (ValueError, OSError) as error:
        raise CommandError(f"地址“{said}”看不懂，请写成 127.0.0.1:8000 这样。") from error
    # This machine's name often means both families: the one everybody has is taken first.
    first = min(found, key=lambda info: info[0] != socket.AF_INET)
    return str(first[4][0]), port


def refuse_taken(host: str, port: int) -> None:
    """Refuse a port somebody listens on: the server itself would silently share it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise CommandError(
                f"不能在 {host} 的端口 {port} 上监听：{error.strerror}。可能已有一个服务在运行，"
                "请先停止它，或用 GONGHUI_ADDRESS 换一个端口；网址与本机地址不同时用 --listen。"
            ) from error


def refuse_unready() -> None:
    """Refuse to start what would only show errors, and say which command is missing."""
    refuse_unmigrated()
    manifest = getattr(staticfiles_storage, "manifest_name", "")
    if manifest and not staticfiles_storage.exists(manifest):
        raise CommandError("页面所用的文件还没有收齐，请先运行 gonghui collectstatic。")


@contextmanager
def helpers_beside() -> Iterator[None]:
    """In the embedded setting, keep the tick and the worker running as long as the server."""
    if not settings.EMBEDDED:
        yield
        return
    commands = [["tick", "--forever"]] + ([] if is_inline() else [["work"]])
    stop = threading.Event()
    keepers = [
        threading.Thread(target=_keep_running, args=(command, stop), daemon=True)
        for command in commands
    ]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        stop.set()
        for keeper in keepers:
            keeper.join(PATIENCE)


def _keep_running(said: list[str], stop: threading.Event) -> None:
    command = [sys.executable, "-m", "gonghui", *said, "--parent", str(os.getpid())]
    while not stop.is_set():
        child = subprocess.Popen(command)  # noqa: S603  # our own command, nothing of it from outside
        while child.poll() is None and not stop.wait(0.5):
            pass
        if child.poll() is None:
            child.terminate()
            child.wait(PATIENCE)
        stop.wait(REST)


def load(target: str) -> Callable[..., Any]:
    """The application of a worker, which ends with the server however that ends.

    A worker that outlived a killed server would go on answering on its port.
    """
    from gonghui.site.wsgi import application  # noqa: PLC0415  # it sets Django up, in the worker

    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    return application


def _end_with_parent(parent: int) -> None:
    forever = threading.Event()
    while os.getppid() == parent:
        forever.wait(1)
    os.kill(os.getpid(), signal.SIGTERM)
