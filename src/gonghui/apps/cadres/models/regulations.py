"""The rules a union has made, each with its versions in force."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord


class Subject(models.TextChoices):
    """What a rule is about."""

    ORGANISATION = "organisation", "组织建设"
    DEMOCRACY = "democracy", "民主管理"
    MONEY = "money", "经费财务"
    AUDIT = "audit", "经费审查"
    WOMEN = "women", "女职工"
    WELFARE = "welfare", "服务职工"
    LEARNING = "learning", "学习教育"
    OFFICE = "office", "日常工作"
    OTHER = "other", "其他"


class Regulation(OrgRecord):
    """A rule of a union, under one name through all its versions (R-023)."""

    title = models.CharField("名称", max_length=100)
    subject = models.CharField("类别", max_length=12, choices=Subject.choices)

    class Meta:
        verbose_name = "规章制度"
        verbose_name_plural = "规章制度"
        ordering = ["org_id", "subject", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "title"],
                name="regulation_once_a_union",
                violation_error_message="这项制度已经登记过，请在它的页面登记新的版本。",
            )
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"


class RegulationVersionQuerySet(models.QuerySet["RegulationVersion"]):
    def on(self, day: date) -> RegulationVersionQuerySet:
        """Those in force on a day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class RegulationVersion(models.Model):
    """A rule's text as it is in force from a day until a day, and which meeting decided it."""

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="versions")
    since = models.DateField("施行日期")
    until = models.DateField("失效日期", null=True, blank=True)
    decided_by = models.CharField("通过会议", max_length=100)
    decided_on = models.DateField("通过日期")
    number = models.CharField("文号", max_length=60, blank=True)
    note = models.CharField("修改要点", max_length=300, blank=True)

    objects = RegulationVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "制度版本"
        verbose_name_plural = "制度版本"
        ordering = ["regulation_id", "-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulation"],
                condition=Q(until=None),
                name="regulation_one_in_force",
                violation_error_message="一项制度同时只有一个现行版本。",
            ),
            models.CheckConstraint(
                name="regulation_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="失效日期不能早于施行日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regulation} {self.since:%Y-%m-%d}"

    @property
    def seen_with(self) -> Regulation:
        """Its text is seen by whoever sees the rule."""
        return self.regulation
