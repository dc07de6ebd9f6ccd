"""A job is asked for, done once, stopped, failed in words, and taken over from the dead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from gonghui.core.access.actor import SYSTEM
from gonghui.core.files.store import attachments_of
from gonghui.core.history.trail import history_of
from gonghui.core.jobs.minding import drop_old_results
from gonghui.core.jobs.models import Job, Stage
from gonghui.core.jobs.running import page_of, run, start, stop, take_over_silent
from gonghui.core.jobs.work import Work
from gonghui.core.notices.inbox import inbox_of
from gonghui.core.notices.ticking import run_tick
from gonghui.kit.errors import DomainError
from tests.core.jobs import kinds_for_tests
from tests.factories.core import JobFactory

assert kinds_for_tests


@pytest.fixture
def ask(cast):
    """Frank asks for a job that ends in a given way."""

    def asked(end="well"):
        return start(
            "test.obey", by=cast.actor("frank"), org=cast.company, title="导出名单", end=end
        )

    return asked


@pytest.fixture
def queued(settings):
    """Jobs wait for a worker, as they do in the product."""
    settings.JOBS = "queue"


def test_job_is_done_and_tells_who_asked(cast, ask):
    job = ask()

    notice = inbox_of(cast.frank).get()
    assert (job.stage, job.done, job.total, job.note) == ("done", 4, 4, "正在办第三项")
    assert job.result == {"words": "办好了四项。", "url": "/", "refused": [["第二项", "已经办过"]]}
    assert (notice.kind, notice.title) == ("job", "导出名单：已完成")
    assert (notice.body, notice.url) == ("办好了四项。", page_of(job))
    assert [entry.verb for entry in history_of(job)] == ["finish_job", "ask_job"]


def test_file_is_kept_with_the_job_for_a_week(ask):
    job = ask("file")
    kept = attachments_of(job, "result").get()
    assert kept.name == "结果.txt"

    Job.objects.update(finished_at=timezone.now() - timedelta(days=6))
    drop_old_results(timezone.localdate())
    assert attachments_of(job).count() == 1
    Job.objects.update(finished_at=timezone.now() - timedelta(days=8))
    drop_old_results(timezone.localdate())

    assert attachments_of(job).count() == 0
    assert not default_storage.exists(kept.file.name)


@pytest.mark.parametrize(
    ("end", "stage", "words"),
    [
        ("badly", Stage.FAILED, "出了意外"),
        ("refused", Stage.FAILED, "今年的预算还没有批准，请先报批。"),
        ("stopped", Stage.CANCELLED, "已按您的要求停止"),
    ],
)
def test_job_that_ends_otherwise_says_why(cast, ask, end, stage, words):
    job = ask(end)

    assert job.stage == stage
    assert job.result["words"].startswith(words)
    assert inbox_of(cast.frank).get().title == f"导出名单：{stage.label}"


def test_job_in_other_hands_is_left_alone(cast, ask):
    job = ask("lost")

    assert job.stage == Stage.RUNNING
    assert inbox_of(cast.frank).count() == 0


def test_unknown_kind_is_a_mistake(cast):
    with pytest.raises(ValueError, match="not registered"):
        start("test.nothing", by=cast.actor("frank"), org=cast.company, title="没有这种")


def test_message_stands_and_falls_with_the_change(cast, ask, queued):
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)
    assert OrmQ.objects.count() == 0

    assert ask().stage == Stage.QUEUED
    assert OrmQ.objects.count() == 1


def test_second_delivery_does_nothing(cast, ask):
    job = ask()

    run(job.pk)

    assert Job.objects.get(pk=job.pk).tries == 1
    assert inbox_of(cast.frank).count() == 1


def test_waiting_job_stops_at_once(cast, ask, queued, settings):
    job = ask()
    settings.JOBS = "inline"

    stopped = stop(job, by=cast.actor("frank"))

    assert stopped.stage == Stage.CANCELLED
    with pytest.raises(DomainError, match="已经结束"):
        stop(job, by=cast.actor("frank"))


def test_running_job_is_only_asked(cast):
    job = JobFactory(by=cast.frank, stage=Stage.RUNNING, holder="x", heartbeat_at=timezone.now())

    asked = stop(job, by=cast.actor("frank"))

    assert (asked.stage, asked.asked_to_stop) == (Stage.RUNNING, True)


def silent_for(seconds, stage=Stage.RUNNING):
    then = timezone.now() - timedelta(seconds=seconds)
    return JobFactory(kind="test.obey", stage=stage, heartbeat_at=then)


def test_silent_job_is_taken_over_by_the_tick(cast):
    dead, living = silent_for(90), silent_for(20)
    waiting = silent_for(90, stage=Stage.QUEUED)
    forgotten = silent_for(1000, stage=Stage.QUEUED)

    run_tick()

    stages = {job.pk: job.stage for job in Job.objects.all()}
    assert stages == {
        dead.pk: Stage.DONE,
        living.pk: Stage.RUNNING,
        waiting.pk: Stage.QUEUED,
        forgotten.pk: Stage.DONE,
    }


def test_job_that_kills_every_worker_is_given_up(cast):
    job = silent_for(90)
    Job.objects.update(tries=5)

    assert take_over_silent() == 1

    job.refresh_from_db()
    assert (job.stage, job.result["words"][:4]) == (Stage.FAILED, "多次中断")


def test_next_attempt_finds_what_was_kept(db):
    job = JobFactory(stage=Stage.RUNNING, holder="me")
    work = Work(job, "me")

    work.keep(at=3)
    work.keep(refused=[])

    assert Work(Job.objects.get(pk=job.pk), "you").kept == {"at": 3, "refused": []}


def test_progress_is_not_written_at_every_step(db, django_assert_num_queries):
    work = Work(JobFactory(stage=Stage.RUNNING, holder="me"), "me")

    with django_assert_num_queries(2):
        for done in range(1000):
            work.advance(done, 1000)


def test_system_may_ask_and_nobody_is_told(cast):
    job = start("test.obey", by=SYSTEM, org=cast.company, title="每年重算")

    assert (job.stage, job.by) == (Stage.DONE, None)
