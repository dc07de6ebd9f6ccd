"""Standards, which say a figure and where it comes from, and the holidays of each year."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org


class Tag(models.TextChoices):
    """How sure the source of a figure is (domain §0.1)."""

    TEXT = "V", "已核对原文"
    SECOND = "V2", "已核对转载"
    MEMORY = "M", "待核实"
    UNSURE = "M?", "待核实，各地不一"
    SAMPLE = "T", "示例"
    OWN = "own", "本级规定"


DOUBTFUL = frozenset({Tag.MEMORY, Tag.UNSURE})


class StandardQuerySet(models.QuerySet["Standard"]):
    def on(self, day: date) -> StandardQuerySet:
        """Those in force on a day; one without a beginning has always been."""
        begun = Q(since=None) | Q(since__lte=day)
        return self.filter(begun, Q(until=None) | Q(until__gte=day))


class Standard(models.Model):
    """A named figure with its source, for all unions or for one body and those below it."""

    key = models.CharField("名称", max_length=60)
    org = models.ForeignKey(
        Org, models.CASCADE, null=True, related_name="standards", verbose_name="适用范围"
    )
    value = models.JSONField("数值")
    since = models.DateField("自", null=True, blank=True)
    until = models.DateField("至", null=True, blank=True)
    document = models.CharField("依据文件", max_length=100, blank=True)
    number = models.CharField("文号", max_length=60, blank=True)
    clause = models.CharField("条款", max_length=60, blank=True)
    tag = models.CharField("核实情况", max_length=3, choices=Tag.choices)
    note = models.CharField("说明", max_length=300, blank=True)
    is_shipped = models.BooleanField("随系统提供", default=False, editable=False)

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = "标准"
        verbose_name_plural = "标准"
        ordering = ["key", "org_id", "-since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "org"],
                condition=Q(until=None),
                name="standard_of_body_once",
                violation_error_message="这项标准在这里已有现行的规定。",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(until=None, org=None),
                name="standard_of_all_once",
                violation_error_message="这项标准已有现行的规定。",
            ),
            models.CheckConstraint(
                name="standard_until_after_since",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                violation_error_message="截止日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"


class CalendarYear(models.Model):
    """A year whose notice of holidays was entered; of other years only weekends are known."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    document = models.CharField("依据文件", max_length=100)
    number = models.CharField("文号", max_length=60, blank=True)
    tag = models.CharField("核实情况", max_length=3, choices=Tag.choices)

    class Meta:
        verbose_name = "放假安排"
        verbose_name_plural = "放假安排"
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year} 年"


class Holiday(models.Model):
    """A day off by the year's notice, or a weekend day that is worked instead."""

    year = models.ForeignKey(
        CalendarYear, models.CASCADE, related_name="days", verbose_name="放假安排"
    )
    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班")
    name = models.CharField("节日", max_length=20, blank=True)

    class Meta:
        verbose_name = "节假日"
        verbose_name_plural = "节假日"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name} {'上班' if self.is_workday else '放假'}"
