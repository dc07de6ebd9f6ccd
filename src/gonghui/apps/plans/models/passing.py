"""Tasks passed down from an upper union to the units below it."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person

from .item import Item


class DirectiveState(models.TextChoices):
    SENT = "sent", "未接收"
    ACCEPTED = "accepted", "已接收"
    REPORTED = "reported", "已上报"
    RETURNED = "returned", "退回重报"
    FINISHED = "finished", "已办结"


class Directive(OrgRecord):
    """One task of an upper union's plan, sent to one unit; ``org`` is the unit (R-006, R-422)."""

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="directives", verbose_name="上级任务"
    )
    accepted_as = models.OneToOneField(
        Item,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="directive",
        verbose_name="本级任务",
    )
    words = models.TextField("要求", blank=True)
    due_on = models.DateField("完成期限", null=True, blank=True)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=DirectiveState.choices,
        default=DirectiveState.SENT,
        editable=False,
    )
    report = models.TextField("上报内容", blank=True)
    reported_on = models.DateField("上报日期", null=True, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="下达人")
    sent_at = models.DateTimeField("下达时间", auto_now_add=True)
    reminded_at = models.DateTimeField("催办时间", null=True, blank=True)

    class Meta:
        verbose_name = "下达任务"
        verbose_name_plural = "下达任务"
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["org", "state", "-sent_at"], name="directive_of_org")]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "org"],
                name="directive_once_a_unit",
                violation_error_message="这项任务已经下达给该单位。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} → {self.org}"
