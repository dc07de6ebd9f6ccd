"""Who takes part in building learning teams, and the stages in which it is rolled out."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org

YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


class EnlistmentQuerySet(models.QuerySet["Enlistment"]):
    def held(self, day: date) -> EnlistmentQuerySet:
        """Those that hold on a day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class Enlistment(models.Model):
    """A team, or a whole unit, takes part from a day until a day (R-059, R-067)."""

    org = models.ForeignKey(
        Org, models.PROTECT, related_name="enlistments", verbose_name="班组或单位"
    )
    since = models.DateField("参加日期")
    until = models.DateField("退出日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = EnlistmentQuerySet.as_manager()

    class Meta:
        verbose_name = "参加登记"
        verbose_name_plural = "参加登记"
        ordering = ["org_id", "-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="enlistment_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="退出日期不能早于参加日期。",
            ),
            models.UniqueConstraint(
                fields=["org"],
                condition=Q(until=None),
                name="enlistment_open_once",
                violation_error_message="已经登记参加，不用再登记。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org} {self.since:%Y-%m-%d} 起参加"


class Test(models.TextChoices):
    """What a unit must have reached in a stage; the shares are standards (R-059…R-061)."""

    __test__ = False  # it is no test of ours

    FIRST = "first", "普及：达到第一档比例"
    SECOND = "second", "提高：达到第二档比例"
    STEADY = "steady", "稳定：比例不下降"


class Stage(models.Model):
    """A stage of the roll-out in a body and all below it, over some years (R-058)."""

    org = models.ForeignKey(Org, models.PROTECT, related_name="stages", verbose_name="推进的组织")
    name = models.CharField("阶段", max_length=40)
    first_year = models.PositiveSmallIntegerField("自哪一年", validators=YEARS)
    last_year = models.PositiveSmallIntegerField("至哪一年", validators=YEARS)
    test = models.CharField("达标要求", max_length=10, choices=Test.choices)
    words = models.TextField("阶段任务", max_length=2000, blank=True)

    class Meta:
        verbose_name = "推进阶段"
        verbose_name_plural = "推进阶段"
        ordering = ["org_id", "first_year", "pk"]
        constraints = [
            models.CheckConstraint(
                name="stage_last_after_first",
                condition=Q(last_year__gte=F("first_year")),
                violation_error_message="结束年份不能早于开始年份。",
            ),
            models.UniqueConstraint(
                fields=["org", "first_year"],
                name="stage_once_a_year",
                violation_error_message="这一年开始的阶段已经有了。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.years}）"

    @property
    def years(self) -> str:
        if self.first_year == self.last_year:
            return f"{self.first_year} 年"
        return f"{self.first_year}—{self.last_year} 年"

    def holds(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year
