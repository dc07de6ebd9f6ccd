"""The scheduled job: one process at a time runs what apps registered, each job on its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gonghui.kit.registry import Registry

from .models import Tick

log = logging.getLogger(__name__)

LEASE_NAME = "tick"
LEASE = timedelta(minutes=5)  # renewed before every job; a dead holder blocks no longer than this
MOST_DAYS = 31  # days caught up after a long rest; older reminders are of no use to anybody

TickJob = Callable[[datetime], object]
DayJob = Callable[[date], object]


@dataclass(frozen=True)
class Job:
    """``run`` takes the moment of the tick; a daily one takes each day once."""

    name: str
    run: TickJob | DayJob
    is_daily: bool


@dataclass(frozen=True)
class Outcome:
    """What became of one job in one tick."""

    job: str
    ok: bool
    words: str


jobs: Registry[Job] = Registry("jobs")


def every_tick(name: str) -> Callable[[TickJob], TickJob]:
    """Run at every tick, about once a minute: ``job(now)``; it minds its own transactions."""

    def register(job: TickJob) -> TickJob:
        jobs.add(name, Job(name, job, is_daily=False))
        return job

    return register


def every_day(name: str) -> Callable[[DayJob], DayJob]:
    """Run once for every calendar day: ``job(day)``, in a transaction with the mark that it ran.

    Days the server slept through are made up for, oldest first; a failed day is tried again.
    """

    def register(job: DayJob) -> DayJob:
        jobs.add(name, Job(name, job, is_daily=True))
        return job

    return register


def run_tick(now: datetime | None = None) -> list[Outcome] | None:
    """Run every job, if no other process is at it; ``None`` when one is."""
    now = now or timezone.now()
    held = _take(now)
    if held is None:
        return None
    outcomes: list[Outcome] = []
    for job in jobs:
        held = _renew(held)
        if held is None:  # we were so slow that another process took over: it does the rest
            return outcomes
        outcomes.append(_run(job, now))
    _give_back(held, now, outcomes)
    return outcomes


def last_tick() -> Tick | None:
    """The row of the scheduled job itself: when it last ran through, and with what result."""
    return Tick.objects.filter(name=LEASE_NAME).first()


def _take(now: datetime) -> datetime | None:
    """The lease, by one conditional update: of several processes exactly one gets it."""
    Tick.objects.get_or_create(name=LEASE_NAME)
    free = Q(held_until=None) | Q(held_until__lte=now)
    until = now + LEASE
    taken = Tick.objects.filter(free, name=LEASE_NAME).update(held_until=until)
    return until if taken else None


def _renew(held: datetime) -> datetime | None:
    until = max(timezone.now() + LEASE, held)
    mine = Tick.objects.filter(name=LEASE_NAME, held_until=held)
    return until if mine.update(held_until=until) else None


def _give_back(held: datetime, now: datetime, outcomes: list[Outcome]) -> None:
    wrong = [f"{o.job}: {o.words}" for o in outcomes if not o.ok]
    words = "; ".join(wrong)[:300] if wrong else "ok"
    mine = Tick.objects.filter(name=LEASE_NAME, held_until=held)
    mine.update(held_until=None, last_ran_at=now, last_result=words)


def _run(job: Job, now: datetime) -> Outcome:
    """Run one job; whatever it throws is kept as its result and stops no other job."""
    Tick.objects.get_or_create(name=job.name)
    try:
        words = _run_days(job, now) if job.is_daily else str(job.run(now) or "ok")  # type: ignore[arg-type]  # told apart by is_daily
    except Exception as error:
        log.exception("Job %s failed", job.name)
        outcome = Outcome(job.name, ok=False, words=f"{type(error).__name__}: {error}"[:300])
    else:
        outcome = Outcome(job.name, ok=True, words=words[:300])
    Tick.objects.filter(name=job.name).update(last_ran_at=now, last_result=outcome.words)
    return outcome


def _run_days(job: Job, now: datetime) -> str:
    today = timezone.localdate(now)
    done = 0
    while (day := _run_next_day(job, today)) is not None:
        done += 1
        log.info("Job %s did %s", job.name, day)
    return f"{done} days"


@transaction.atomic
def _run_next_day(job: Job, today: date) -> date | None:
    """The oldest day still to be done, done and marked together; ``None`` when none is left."""
    row = Tick.objects.select_for_update().get(name=job.name)
    if row.done_on is not None and row.done_on >= today:
        return None
    day = today
    if row.done_on is not None:
        day = max(row.done_on + timedelta(days=1), today - timedelta(days=MOST_DAYS - 1))
    job.run(day)  # type: ignore[arg-type]  # a daily job takes a day
    row.done_on = day
    row.save(update_fields=["done_on"])
    return day
