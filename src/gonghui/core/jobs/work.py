"""A job in the hands of whoever does it: it says how far it is and learns whether to stop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, models
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Person

from .models import Job

log = logging.getLogger(__name__)

TELL_EVERY = 1.0  # seconds between two times it says how far it is


class Interrupted(Exception):
    """The job goes no further; let it pass through."""


class Stopped(Interrupted):
    """A person asked for it to stop."""


class Lost(Interrupted):
    """Somebody else holds the job now; nothing more may be written about it here."""


class Work:
    """One attempt at a job. What it changes is committed in batches, or nobody sees progress."""

    def __init__(self, job: Job, holder: str) -> None:
        self.job = job
        self.holder = holder
        self.arguments: dict[str, Any] = job.arguments
        # What an interrupted attempt had kept; empty at the first.
        self.kept: dict[str, Any] = dict(job.kept)
        self.is_awaited = False  # the person waits for it and need not be told
        self._told_at = float("-inf")
        self._teller: threading.Thread | None = None
        self._wanted: type[Interrupted] | None = None

    @property
    def actor(self) -> Actor:
        """The person who asked, with what they may do now, not what they could when they asked."""
        if self.job.by_id is None:
            return Actor(None)
        return Actor(Person.objects.select_related("org").get(pk=self.job.by_id))

    def advance(self, done: int, total: int | None = None, note: str = "") -> None:
        """Say how far it is, as often as one likes; raises when somebody asked to stop.

        In a worker another thread writes it, over a connection of its own: it is seen at once even
        from within a transaction, and it disturbs no rows that are just being read.
        """
        self.job.done, self.job.note = done, note[:200] or self.job.note
        self.job.total = self.job.total if total is None else total
        if self._teller is None and not self.is_awaited:
            self._tell_now_and_then()
        if self._wanted is not None:
            raise self._wanted

    def keep(self, **values: Any) -> None:
        """Remember where to go on; call it in the transaction of the batch it stands for."""
        self.kept |= values
        if not self.mine().update(kept=self.kept, heartbeat_at=timezone.now()):
            raise Lost

    def mine(self) -> models.QuerySet[Job]:
        """The job's row, as long as it is ours."""
        return Job.objects.filter(pk=self.job.pk, holder=self.holder)

    @property
    def told(self) -> dict[str, Any]:
        """How far it is."""
        return {"done": self.job.done, "total": self.job.total, "note": self.job.note}

    def _tell_now_and_then(self) -> None:
        if time.monotonic() - self._told_at >= TELL_EVERY:
            self._told_at = time.monotonic()
            self._tell()

    def _tell(self) -> None:
        """Write how far it is, which is a sign of life too, and hear what is wanted of it."""
        if not self.mine().update(heartbeat_at=timezone.now(), **self.told):
            self._wanted = Lost
        elif Job.objects.filter(pk=self.job.pk, asked_to_stop=True).exists():
            self._wanted = Stopped

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Tell beside the work as long as it goes on: a quiet step is not taken for a death."""
        over = threading.Event()
        self._teller = threading.Thread(target=self._tell_beside, args=(over,), daemon=True)
        self._teller.start()
        try:
            yield
        finally:
            over.set()
            self._teller.join()

    def _tell_beside(self, over: threading.Event) -> None:
        while not over.wait(TELL_EVERY):
            try:
                self._tell()
            except DatabaseError:  # busy for the moment: the next time tells it
                log.info("Job %s could not say how far it is", self.job.pk)
        connection.close()
