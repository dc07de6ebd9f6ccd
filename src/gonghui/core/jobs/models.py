"""Work that takes long: what was asked for, how far it is, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person


class Stage(models.TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "没有完成"
    CANCELLED = "cancelled", "已停止"


UNFINISHED = (Stage.QUEUED, Stage.RUNNING)


class Job(models.Model):
    """A long piece of work a person asked for; it belongs to the body it was asked for."""

    kind = models.CharField("种类", max_length=60)
    title = models.CharField("任务", max_length=200)
    org = models.ForeignKey(Org, models.PROTECT, related_name="jobs", verbose_name="组织")
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="jobs", verbose_name="发起人"
    )
    arguments = models.JSONField("参数", default=dict, editable=False)
    # Not "state": how a machine gets on is no life cycle people decide about.
    stage = models.CharField(
        "状态", max_length=10, choices=Stage.choices, default=Stage.QUEUED, editable=False
    )
    done = models.PositiveIntegerField("已办", default=0, editable=False)
    total = models.PositiveIntegerField("总数", null=True, editable=False)
    note = models.CharField("正在做", max_length=200, blank=True, editable=False)
    kept = models.JSONField("记到哪里", default=dict, editable=False)
    result = models.JSONField("结果", default=dict, editable=False)
    asked_to_stop = models.BooleanField("已请求停止", default=False, editable=False)
    # Whoever works on it now, and when it last said so; a silent holder is taken for dead.
    holder = models.CharField("执行者", max_length=32, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField("次数", default=0, editable=False)
    created_at = models.DateTimeField("发起时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True, editable=False)
    heartbeat_at = models.DateTimeField("最近响应", null=True, editable=False)
    finished_at = models.DateTimeField("结束时间", null=True, editable=False)

    class Meta:
        verbose_name = "后台任务"
        verbose_name_plural = "后台任务"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["by", "-created_at"], name="job_of_person"),
            models.Index(fields=["org", "-created_at"], name="job_of_org"),
            models.Index(
                fields=["heartbeat_at"],
                name="job_unfinished",
                condition=Q(stage__in=("queued", "running")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_finished(self) -> bool:
        return self.stage not in UNFINISHED

    @property
    def share(self) -> float | None:
        """How much is done; unknown where the total is."""
        if self.stage == Stage.DONE:
            return 1.0
        return min(self.done / self.total, 1.0) if self.total else None
