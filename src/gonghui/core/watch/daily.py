"""The scheduled job: every check goes over all unions once a day, each on its own."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone

from gonghui.core.notices.ticking import every_tick

from .checking import Check, Sight, checks
from .models import CheckRun
from .refreshing import run_check

log = logging.getLogger(__name__)


@every_tick("checks")
def run_due(now: datetime) -> str:
    """Run what has not run today or was asked to run again; a break costs one check at most."""
    today = timezone.localdate(now)
    done = set(CheckRun.objects.filter(day=today).values_list("code", flat=True))
    due = [check for check in checks if check.code not in done]
    sight = Sight(today)  # one for all: what several checks ask for is asked for once
    found = sum(_run(check, sight) for check in due)
    return f"{len(due)} checks, {found} findings" if due else "ok"


def _run(check: Check, sight: Sight) -> int:
    """Run one check; a mistake in it is told on its page and stops no other check."""
    try:
        return run_check(check, sight).found
    except Exception:
        log.exception("Check %s failed", check.code)
        said = {
            "day": sight.day,
            "ran_at": timezone.now(),
            "words": "出错了，没有检查完，请看运行日志",
        }
        CheckRun.objects.update_or_create(code=check.code, defaults=said)
        return 0


def ask_again(codes: list[str]) -> None:
    """Let these checks run over all unions at the next tick."""
    CheckRun.objects.filter(code__in=codes).update(day=None)
