"""The register of workers in hardship: of which grade, from what cause, from when to when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person
from gonghui.kit.sealed_fields import SealedField


class Grade(models.TextChoices):
    """How hard it is (domain §7.2)."""

    DEEP = "deep", "深度困难"
    RELATIVE = "relative", "相对困难"
    ACCIDENTAL = "accidental", "意外致困"


class Cause(models.TextChoices):
    """What it comes from (domain §7.3)."""

    OWN_ILLNESS = "own_illness", "本人大病"
    FAMILY_ILLNESS = "family_illness", "家属大病"
    SCHOOLING = "schooling", "子女上学"
    DISABILITY = "disability", "残疾"
    LAID_OFF = "laid_off", "下岗失业"
    LOW_INCOME = "low_income", "收入低无法维持"
    ACCIDENT = "accident", "意外灾害"
    SINGLE_PARENT = "single_parent", "单亲"
    OTHER = "other", "其他"


class Ending(models.TextChoices):
    """Why a file is closed (domain §7.4); a change of grade closes one and opens the next."""

    OVERCOME = "overcome", "脱困"
    REGRADED = "regraded", "类别变更"
    DIED = "died", "去世"
    LEFT = "left", "离开"
    UNFIT = "unfit", "不符合条件"


class HardshipQuerySet(models.QuerySet["Hardship"]):
    def held(self, day: date) -> HardshipQuerySet:
        """The files that are open on a day, its last day included."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class Hardship(OrgRecord):
    """A worker is on the register of hardship for a time; the file stays where it was opened.

    All of it is for few. The illness is sealed, kept with the person's separate consent alone
    (个人信息保护法 §29), and shown once at a time with the reason on record.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="hardships", verbose_name="职工"
    )
    number = models.CharField("档案编号", max_length=40, blank=True)
    grade = models.CharField("困难类别", max_length=12, choices=Grade.choices)
    cause = models.CharField("主要致困原因", max_length=20, choices=Cause.choices)
    since = models.DateField("建档日期")
    approval = models.CharField("审核文号或会议", max_length=60)
    until = models.DateField("销档日期", null=True, blank=True)
    ending = models.CharField("销档原因", max_length=12, choices=Ending.choices, blank=True)
    illness = SealedField("病情", null=True)

    objects = HardshipQuerySet.as_manager()

    class Meta:
        verbose_name = "困难职工档案"
        verbose_name_plural = "困难职工档案"
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until=None),
                name="hardship_one_open",
                violation_error_message="此人已有没有销档的困难职工档案。",
            ),
            models.CheckConstraint(
                name="hardship_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="销档日期不能早于建档日期。",
            ),
            models.CheckConstraint(
                name="hardship_ends_with_reason",
                condition=Q(until=None, ending="") | Q(until__isnull=False) & ~Q(ending=""),
                violation_error_message="销档要同时写日期和原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_grade_display()}"
