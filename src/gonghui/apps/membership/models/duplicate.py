"""Two records of one person: merged, or known to be two people."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Merge(OrgRecord):
    """A duplicate merged into another record; what was moved is kept so that it can go back."""

    kept = models.ForeignKey(
        Person, models.PROTECT, related_name="merges", verbose_name="保留的记录"
    )
    gone = models.ForeignKey(
        Person, models.PROTECT, related_name="merged_as", verbose_name="并入的记录"
    )
    moved = models.JSONField("转移的记录", default=dict, encoder=DjangoJSONEncoder)
    before = models.JSONField("合并前", default=dict, encoder=DjangoJSONEncoder)
    reason = models.CharField("依据", max_length=200, blank=True)
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="经办人"
    )
    made_at = models.DateTimeField("合并时间", auto_now_add=True)
    undone_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "合并记录"
        verbose_name_plural = "合并记录"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at=None),
                name="merge_once",
                violation_error_message="这条记录已经并入另一条。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gone} 并入 {self.kept}"


class NotSame(models.Model):
    """Two records somebody looked at and found to be two people; ``one`` has the lower number."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="一人")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="另一人")
    said_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", verbose_name="经办人"
    )
    said_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "不是同一人"
        verbose_name_plural = "不是同一人"
        ordering = ["one_id", "other_id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="not_same_once"),
            models.CheckConstraint(name="not_same_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one} 与 {self.other}"
