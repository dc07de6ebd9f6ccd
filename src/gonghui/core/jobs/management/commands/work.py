"""``gonghui work``: does the jobs that wait in the queue, until it is stopped."""

from __future__ import annotations

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from gonghui.kit.jobs import is_inline

PATIENCE = 10  # seconds a job may take to finish when the worker is stopped; then it goes on later


class Command(BaseCommand):
    help = "办理后台任务：导出、批量办理、汇总等。可以在几台机器上同时运行，每项任务只由一个办理。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--parent", type=int, default=0, help="随这个进程号的父进程一起结束")

    def handle(self, *args: Any, **options: Any) -> None:
        if is_inline():
            raise CommandError("GONGHUI_JOBS 为 inline，任务当场办理，不用另外运行 work。")
        from django_q.cluster import Cluster  # noqa: PLC0415  # it has tables, so apps come first

        # A killed process must not leave its children behind: each looks after the one above it.
        os.register_at_fork(after_in_child=_end_with_parent)
        _let_go_of_the_database()
        cluster = Cluster()
        over = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: over.set())
        cluster.start()
        parent = options["parent"]
        while cluster.sentinel.is_alive() and not over.wait(1):
            if parent and os.getppid() != parent:
                break
        cluster.stop_event.set()
        cluster.sentinel.join(PATIENCE)
        # Whatever is still at it is cut off; its job is taken over when it has been silent a while.
        cluster.sentinel.kill()
        cluster.sentinel.join()


def _let_go_of_the_database() -> None:
    """Close what the children would inherit, and have no pool: two processes on one connection mix
    up their answers, and each of them needs a single one.
    """
    connections.close_all()
    for one in connections.all():
        options = one.settings_dict["OPTIONS"]
        if options.get("pool"):
            one.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL has pools
            options["pool"] = False


def _end_with_parent() -> None:
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    forever = threading.Event()
    while os.getppid() == parent:
        forever.wait(1)
    os.kill(os.getpid(), signal.SIGKILL)
