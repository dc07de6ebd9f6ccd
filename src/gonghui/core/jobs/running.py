"""Starts, runs, stops and takes over jobs: one runner holds a job, and a dead one is replaced."""

from __future__ import annotations

import logging
import uuid
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.files.store import attach
from gonghui.core.history.trail import VERBS, record
from gonghui.core.notices.inbox import tell
from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError
from gonghui.kit.jobs import enqueue, is_inline

from .kinds import Outcome, kinds
from .models import UNFINISHED, Job, Stage
from .work import Lost, Stopped, Work

log = logging.getLogger(__name__)

SILENT = timedelta(seconds=60)  # a runner not heard of for so long is taken for dead
MOST_TRIES = 5  # a job that brings its worker down each time is given up
LARGEST_RESULT = 200 * 1024 * 1024

VERBS |= {"ask_job": "发起", "stop_job": "请求停止", "finish_job": "结束"}
STOPPED = "已按您的要求停止；停止前已办的不撤回。"
FAILED = "出了意外，没有做完。请再发起一次；仍然不行时，把任务编号告诉系统管理员。"
GIVEN_UP = "多次中断，已放弃。请再发起一次；仍然不行时，把任务编号告诉系统管理员。"


@transaction.atomic
def start(kind: str, *, by: Actor, org: Org, title: str, **arguments: Any) -> Job:
    """Ask for a piece of long work; a worker begins once the caller's change is committed.

    ``arguments`` are plain values: numbers of rows, not rows.
    """
    job = _asked(kind, by=by, org=org, title=title, arguments=arguments)
    enqueue(f"{__name__}.run", job.pk)
    job.refresh_from_db()
    return job


def start_now(kind: str, *, by: Actor, org: Org, title: str, **arguments: Any) -> Job:
    """Do it while the person waits: for what is short this time. Nobody is told, who waits sees."""
    job = _asked(kind, by=by, org=org, title=title, arguments=arguments)
    run(job.pk, here=True)
    job.refresh_from_db()
    return job


@transaction.atomic
def _asked(kind: str, *, by: Actor, org: Org, title: str, arguments: dict[str, Any]) -> Job:
    if kind not in kinds:
        raise ValueError(f"Kind of job {kind!r} is not registered; see kinds.register.")
    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        org=org,
        by=by.person,
        arguments=arguments,
        heartbeat_at=timezone.now(),
    )
    record(job, "ask_job", by=by)
    return job


def run(pk: int, *, here: bool = False) -> None:
    """Do a job, or go on with it; whoever comes second finds it held and leaves it alone.

    ``here`` is where the person waits for it.
    """
    work = _take(pk)
    if work is None:
        return
    work.is_awaited = here
    try:
        if work.job.asked_to_stop:
            raise Stopped
        if work.job.tries > MOST_TRIES:
            raise DomainError(GIVEN_UP)
        with _surroundings(work):
            outcome = kinds[work.job.kind].run(work)
        _finish(work, Stage.DONE, outcome)
    except Lost:
        log.warning("Job %s was taken over by another runner", pk)
    except Stopped:
        _finish(work, Stage.CANCELLED, Outcome(STOPPED))
    except DomainError as error:
        _finish(work, Stage.FAILED, Outcome(error.sentence))
    except Exception:
        log.exception("Job %s failed", pk)
        _finish(work, Stage.FAILED, Outcome(FAILED))


@transaction.atomic
def stop(job: Job, *, by: Actor) -> Job:
    """Ask a job to stop; one that waits stops at once, one that runs at its next step."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.is_finished:
        raise DomainError("这项任务已经结束，不用再停止。")
    job.asked_to_stop = True
    job.save(update_fields=["asked_to_stop"])
    record(job, "stop_job", by=by)
    if job.stage == Stage.QUEUED:
        run(job.pk)
        job.refresh_from_db()
    return job


def take_over_silent() -> int:
    """Queue again whatever nobody has been heard of; how many is returned."""
    now = timezone.now()
    silent = Q(stage=Stage.RUNNING, heartbeat_at__lte=now - SILENT)
    # A waiting job's message may have died with the worker that had just fetched it.
    silent |= Q(stage=Stage.QUEUED, heartbeat_at__lte=now - 15 * SILENT)
    found = list(Job.objects.filter(silent).values_list("pk", flat=True))
    for pk in found:
        with transaction.atomic():
            free = Job.objects.filter(silent, pk=pk)
            if free.update(stage=Stage.QUEUED, holder="", heartbeat_at=now):
                enqueue(f"{__name__}.run", pk)
    return len(found)


def _take(pk: int) -> Work | None:
    """The job, by one conditional update: of several runners exactly one gets it."""
    now, holder = timezone.now(), uuid.uuid4().hex
    free = Q(stage=Stage.QUEUED) | Q(stage=Stage.RUNNING, heartbeat_at__lte=now - SILENT)
    taken = Job.objects.filter(free, pk=pk).update(
        stage=Stage.RUNNING,
        holder=holder,
        heartbeat_at=now,
        started_at=Coalesce(F("started_at"), models.Value(now)),
        tries=F("tries") + 1,
    )
    return Work(Job.objects.select_related("org", "by").get(pk=pk), holder) if taken else None


def _surroundings(work: Work) -> AbstractContextManager[Any]:
    """On the spot we are in the caller's transaction and only undo our own part of it."""
    if is_inline():
        return transaction.atomic()
    return nullcontext() if work.is_awaited else work.alive()


@transaction.atomic
def _finish(work: Work, stage: Stage, outcome: Outcome) -> None:
    """Write what came of it and tell the person; nothing if the job is no longer ours."""
    job = work.job
    result = {
        "words": outcome.words,
        "url": outcome.url,
        "refused": [list(pair) for pair in outcome.refused],
        **outcome.facts,
    }
    told = work.told
    if stage == Stage.DONE and job.total is not None:
        told["done"] = job.total
    ended = work.mine().filter(stage__in=UNFINISHED)
    if not ended.update(stage=stage, result=result, finished_at=timezone.now(), **told):
        return
    if outcome.file is not None:
        attach(
            job,
            outcome.file,
            name=outcome.file_name,
            by=work.actor,
            role="result",
            largest=LARGEST_RESULT,
        )
        outcome.file.close()
    record(job, "finish_job", by=SYSTEM, changes={"stage": ["", stage.label]})
    if job.by is not None and not work.is_awaited:
        title = f"{job.title}：{stage.label}"
        tell([job.by], kind="job", title=title, body=outcome.words, url=page_of(job))


def page_of(job: Job) -> str:
    """The address of a job's own page."""
    return reverse("jobs:job-detail", args=[job.pk])
