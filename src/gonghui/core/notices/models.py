"""What a person is told, and what waits to be sent outside."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.people.models import Person


class Notice(models.Model):
    """One message in one person's inbox, with the door to what it is about."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="notices", verbose_name="收件人"
    )
    kind = models.CharField("种类", max_length=40)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True)
    url = models.CharField("链接", max_length=300, blank=True)
    # A dated notice is raised once, however often the job runs.
    key = models.CharField("凭据", max_length=120, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-at"], name="notice_inbox"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=~Q(key=""), name="notice_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Letter(models.Model):
    """The outbox: a notice on its way to a channel outside, tried until it is through."""

    class State(models.TextChoices):
        WAITING = "waiting", "待发"
        SENT = "sent", "已发"
        FAILED = "failed", "未能发出"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="letters")
    channel = models.CharField("渠道", max_length=20)
    address = models.CharField("地址", max_length=200)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    next_try_at = models.DateTimeField("下次发送", auto_now_add=True)
    error = models.CharField("原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "待发信件"
        verbose_name_plural = "待发信件"
        ordering = ["next_try_at", "pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="letter_waiting", condition=Q(state="waiting")
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.address}"


class Tick(models.Model):
    """The lease of the scheduled job, held by one process at a time, and each job's last run."""

    name = models.CharField("任务", max_length=40, unique=True)
    held_until = models.DateTimeField("占用至", null=True)
    last_ran_at = models.DateTimeField("上次运行", null=True)
    last_result = models.CharField("结果", max_length=300, blank=True)
    # Of a daily job: the last calendar day it has done.
    done_on = models.DateField("做到", null=True)

    class Meta:
        verbose_name = "定时任务"
        verbose_name_plural = "定时任务"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
