"""What the checks found, for as long as it is so and afterwards, and when each check last ran."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person


class Severity(models.TextChoices):
    """How bad it is; the law's own figures may stop something, others only warn."""

    BLOCK = "block", "违反规定"
    WARN = "warn", "应当处理"
    INFO = "info", "请留意"


WORST_FIRST = {Severity.BLOCK.value: 0, Severity.WARN.value: 1, Severity.INFO.value: 2}


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> FindingQuerySet:
        """Still so."""
        return self.filter(gone_on=None)

    def pressing(self, day: date) -> FindingQuerySet:
        """Still so, and nobody answers for it or the day they named has come."""
        waits = Q(acknowledged_at=None) | Q(until__lte=day)
        return self.open().filter(waits)


class Finding(models.Model):
    """Something a check found in a union: from when it was seen until it was gone."""

    check_code = models.CharField("检查", max_length=30)
    org = models.ForeignKey(Org, models.CASCADE, related_name="findings", verbose_name="组织")
    about = models.PositiveBigIntegerField("记录")
    part = models.CharField("部分", max_length=30, blank=True)
    sentence = models.CharField("情况", max_length=300)
    severity = models.CharField("程度", max_length=10, choices=Severity.choices)
    rank = models.PositiveSmallIntegerField("轻重", default=0, editable=False)
    values = models.JSONField("所用标准", default=list)
    first_seen = models.DateField("首次发现")
    last_seen = models.DateField("最近一次发现")
    gone_on = models.DateField("消除日期", null=True, blank=True)
    acknowledged_at = models.DateTimeField("认领时间", null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="认领人"
    )
    reason = models.CharField("原因和打算", max_length=200, blank=True)
    until = models.DateField("何时再看", null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "要留意"
        verbose_name_plural = "要留意"
        ordering = ["rank", "first_seen", "pk"]
        indexes = [
            models.Index(fields=["org", "gone_on", "rank"], name="finding_of_org"),
            models.Index(fields=["check_code", "gone_on"], name="finding_of_check"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["check_code", "org", "about", "part"],
                condition=Q(gone_on=None),
                name="finding_open_once",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class CheckRun(models.Model):
    """When a check last went over all unions, and why it did not where it could not."""

    code = models.CharField("检查", max_length=30, unique=True)
    day = models.DateField("检查到", null=True)
    ran_at = models.DateTimeField("运行时间", null=True)
    found = models.PositiveIntegerField("发现", default=0)
    milliseconds = models.PositiveIntegerField("用时", default=0)
    words = models.CharField("结果", max_length=200, blank=True)

    class Meta:
        verbose_name = "检查情况"
        verbose_name_plural = "检查情况"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.day or ''}"
