"""``gonghui tick``: runs the scheduled jobs once, or for ever."""

from __future__ import annotations

import logging
import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from gonghui.core.notices.ticking import run_tick

log = logging.getLogger(__name__)

EVERY = 60


class Command(BaseCommand):
    help = "运行定时任务：到期提醒、发出信件等。可以放心重复运行，同一时间只有一个进程在做。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true", help="一直运行，直到被停止")
        parser.add_argument("--every", type=float, default=EVERY, help="每隔几秒运行一次")
        parser.add_argument("--parent", type=int, default=0, help="随这个进程号的父进程一起结束")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["forever"]:
            self._say_outcome()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        parent = options["parent"]
        if parent:
            threading.Thread(target=_outlive_nobody, args=(parent, stop), daemon=True).start()
        while not stop.is_set():
            _run_once()
            stop.wait(options["every"])

    def _say_outcome(self) -> None:
        outcomes = run_tick()
        if outcomes is None:
            self.stdout.write("另一个进程正在运行定时任务，这次不用再做。")
        for outcome in outcomes or []:
            self.stdout.write(f"{outcome.job}  {'完成' if outcome.ok else '失败'}  {outcome.words}")


def _run_once() -> None:
    """One tick; a database that is away for a while ends the tick, not the loop."""
    try:
        run_tick()
    except Exception:
        log.exception("The tick failed and is tried again")
    finally:
        connection.close()


def _outlive_nobody(parent: int, stop: threading.Event) -> None:
    """Stop once the parent is gone, however it went: an orphan gets another parent."""
    while os.getppid() == parent:
        if stop.wait(1):
            return
    stop.set()
