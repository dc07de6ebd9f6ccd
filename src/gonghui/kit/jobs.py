"""The one door to the queue: whatever need not be done while a person waits goes through it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

INLINE = "inline"


def is_inline() -> bool:
    """Whether jobs are done on the spot instead of by a worker."""
    return bool(settings.JOBS == INLINE)


def enqueue(function: str, *args: Any) -> None:
    """Have ``function``, by its dotted path, called by a worker once the caller's change stands.

    The message is a row written in the caller's transaction: it is seen when that is committed and
    gone when it is undone. It may be delivered twice, so the function bears a second call.
    """
    act = import_string(function)  # a wrong path fails here and not in the night
    if is_inline():
        act(*args)
        return
    from django_q.tasks import async_task  # noqa: PLC0415  # it has tables, so apps come first

    async_task(function, *args)
