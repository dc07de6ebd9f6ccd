"""The screens of long work: what one asked for, how far it is, and the door to what came of it."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from gonghui.core.files.store import attachments_of
from gonghui.core.jobs.kinds import kinds
from gonghui.core.jobs.models import Job, Stage
from gonghui.core.jobs.running import stop
from gonghui.core.screens.panels import Custom
from gonghui.core.screens.screens import Screens
from gonghui.kit.errors import DomainError
from gonghui.kit.ui.templatetags.ui import speak_date

from .rules import JOB_RULES

TONES = {
    Stage.QUEUED: "wait",
    Stage.RUNNING: "doing",
    Stage.DONE: "done",
    Stage.FAILED: "late",
    Stage.CANCELLED: "plain",
}


class JobTable(tables.Table):
    title = tables.Column(linkify=("jobs:job-detail", {"pk": tables.A("pk")}), orderable=False)
    stage = tables.TemplateColumn(template_name="jobs/_stage.html", orderable=False)
    progress = tables.Column("进度", empty_values=(), orderable=False)
    created_at = tables.Column(orderable=False)

    class Meta:
        model = Job
        fields = ("title", "stage", "progress", "by", "created_at")
        caption = "后台任务"

    def render_progress(self, record: Job) -> str:
        return amount_of(record) or "—"

    def render_created_at(self, value: Any) -> str:
        return format_html("{}", speak_date(value))


def amount_of(job: Job) -> str:
    """How far it is, in words; nothing while nobody can know."""
    if job.total is None:
        return f"已办 {job.done}" if job.done else ""
    return f"{job.done} / {job.total}"


def progress(job: Job, request: Any) -> dict[str, Any]:
    mine = JOB_RULES["fetch"].allows(request.actor, job)
    kind = kinds.get(job.kind)
    return {
        "job": job,
        "kind": kind.label if kind else job.kind,
        "tone": TONES[Stage(job.stage)],
        "amount": amount_of(job),
        "left": job.total - job.done if job.total else None,
        "files": list(attachments_of(job, "result")) if mine else [],
        "may_stop": not job.asked_to_stop and JOB_RULES["stop"].allows(request.actor, job),
        "url": job.result.get("url", "") if mine else "",
    }


class JobScreens(Screens):
    """Jobs: long work of one's own, and of the bodies one leads."""

    model = Job
    namespace = "jobs"
    lead = "要花些时间的事在后台办，您可以先做别的；办完后「消息」里会告诉您。文件保留 7 天。"
    table = JobTable
    rules = JOB_RULES
    org_field = ""
    panels = (Custom("", "jobs/panel_progress.html", progress),)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("by", "org").defer("arguments", "kept")

    def detail(self, pk: int) -> HttpResponse:
        """The page asks again for its own progress; such a question is answered with that alone."""
        job = self.fetch(pk)
        if self.request.htmx and not self.request.htmx.boosted:
            shown = progress(job, self.request)
            return self.page("progress", object=job, panel={"context": shown})
        return self._detail(job)


@require_POST
def stop_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a running job to stop at its next step."""
    screens = JobScreens(request)
    job = screens.fetch(pk)
    try:
        if not JOB_RULES["stop"].allows(screens.actor, job):
            raise DomainError("这项任务已经结束，不用再停止。")
        stop(job, by=screens.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
    return redirect(screens.url("detail", job))
