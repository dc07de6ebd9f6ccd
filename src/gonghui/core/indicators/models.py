"""Figures that are kept: those made anew from the records, and those a closed period keeps."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.people.models import Person

SLOTS = 12  # figures a line holds; a source with more has several families


def _slot() -> Any:
    return models.DecimalField(max_digits=18, decimal_places=2, null=True)


class Family(models.Model):
    """Indicators of one source that are counted by one question, and when that was done last.

    ``codes`` are in the order of the slots; ``mark`` tells whether they are still declared so.
    """

    key = models.CharField(max_length=80, unique=True)
    codes = models.JSONField(default=list)
    mark = models.CharField(max_length=64, blank=True)
    made_on = models.DateField("全部重算", null=True)
    fresh_at = models.DateTimeField("算到", null=True)
    milliseconds = models.PositiveIntegerField("用时（毫秒）", default=0)

    class Meta:
        verbose_name = "指标组"
        verbose_name_plural = "指标组"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Line(models.Model):
    """A family's figures of a body and a span of days: its own, and with all below it."""

    # Made by the million of what the database has checked already: no foreign key says it again.
    family = models.ForeignKey(
        Family, models.CASCADE, related_name="lines", db_index=False, db_constraint=False
    )
    org = models.ForeignKey(
        Org, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    since = models.DateField("自")
    until = models.DateField("至")
    own0, own1, own2, own3 = _slot(), _slot(), _slot(), _slot()
    own4, own5, own6, own7 = _slot(), _slot(), _slot(), _slot()
    own8, own9, own10, own11 = _slot(), _slot(), _slot(), _slot()
    all0, all1, all2, all3 = _slot(), _slot(), _slot(), _slot()
    all4, all5, all6, all7 = _slot(), _slot(), _slot(), _slot()
    all8, all9, all10, all11 = _slot(), _slot(), _slot(), _slot()

    class Meta:
        verbose_name = "指标数"
        verbose_name_plural = "指标数"
        ordering = ["org_id", "family_id", "since", "until"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "family", "since", "until"], name="line_once_a_span"
            )
        ]

    def __str__(self) -> str:
        return f"{self.family_id} {self.org_id} {self.since:%Y-%m-%d}"


class First(models.Model):
    """Since when a sort of record is kept in a body or below it; before that nothing is known."""

    source = models.CharField(max_length=60)
    org = models.ForeignKey(Org, models.CASCADE, related_name="+", db_index=False)
    first_on = models.DateField("最早")

    class Meta:
        verbose_name = "最早记录"
        verbose_name_plural = "最早记录"
        ordering = ["org_id", "source"]
        constraints = [models.UniqueConstraint(fields=["org", "source"], name="first_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.org_id} {self.first_on:%Y-%m-%d}"


class Closing(OrgRecord):
    """A period a union closed: its figures, and those of all below, as they stood on that day.

    They are never changed; what the records say later is shown beside them as a difference.
    """

    since = models.DateField("自")
    until = models.DateField("至")
    closed_on = models.DateField("锁定日期")
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="锁定人"
    )
    standard = models.CharField("统计口径", max_length=200, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "锁定"
        verbose_name_plural = "锁定"
        ordering = ["-until", "-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "since", "until"],
                name="closing_once_a_period",
                violation_error_message="这一期已经锁定。",
            ),
            models.CheckConstraint(
                name="closing_until_after_since",
                condition=Q(until__gte=F("since")),
                violation_error_message="截止日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org} {self.since:%Y-%m-%d} 至 {self.until:%Y-%m-%d}"


class Kept(models.Model):
    """A figure of a closed period; ``name`` and ``path`` say what the body was called and where."""

    closing = models.ForeignKey(Closing, models.CASCADE, related_name="figures", db_index=False)
    indicator = models.CharField("指标", max_length=60)
    org = models.ForeignKey(Org, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField("单位", max_length=100)
    path = models.CharField(max_length=200)
    value = models.DecimalField("数值", max_digits=20, decimal_places=4, null=True)
    over = models.DecimalField("分子", max_digits=18, decimal_places=2, null=True)
    under = models.DecimalField("分母", max_digits=18, decimal_places=2, null=True)

    class Meta:
        verbose_name = "锁定数"
        verbose_name_plural = "锁定数"
        ordering = ["closing_id", "path", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["closing", "org", "indicator"], name="kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.indicator} {self.value}"
