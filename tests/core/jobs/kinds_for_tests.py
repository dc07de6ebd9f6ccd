"""Kinds of long work for the tests: one that does as it is told, one that takes its time."""

from __future__ import annotations

import os
import time

from django.core.files.base import ContentFile

from gonghui.core.jobs.kinds import Kind, Outcome, kinds, register
from gonghui.core.jobs.models import Job
from gonghui.core.jobs.work import Work
from gonghui.kit.errors import DomainError


def obey(work: Work) -> Outcome:
    """End as the arguments say."""
    end = work.arguments.get("end", "well")
    if end == "badly":
        raise ZeroDivisionError
    if end == "refused":
        raise DomainError("今年的预算还没有批准，请先报批。")
    if end == "lost":
        Job.objects.filter(pk=work.job.pk).update(holder="another")
        work.advance(1, 4)
    if end == "stopped":
        Job.objects.filter(pk=work.job.pk).update(asked_to_stop=True)
        work.advance(1, 4)
    work.advance(3, 4, "正在办第三项")
    file = ContentFile("名单".encode()) if end == "file" else None
    return Outcome(
        "办好了四项。", url="/", refused=[("第二项", "已经办过")], file=file, file_name="结果.txt"
    )


def crawl(work: Work) -> Outcome:
    """Forty slow steps, each kept with the process that did it."""
    steps = work.kept.get("steps", [])
    while len(steps) < 40:
        time.sleep(0.1)
        steps = [*steps, [len(steps), os.getpid()]]
        work.advance(len(steps), 40)
        work.keep(steps=steps)
    return Outcome("走完了四十步。")


if "test.obey" not in kinds:
    register(Kind("test.obey", "听话", obey))
    register(Kind("test.crawl", "慢慢走", crawl))
