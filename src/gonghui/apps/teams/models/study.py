"""What a team learns: its plan step by step, its instructors, its sessions around the shift."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person

from .rollout import YEARS


class StudyPlan(OrgRecord):
    """A team's own plan of study and training for a year, made from what work needs (R-152)."""

    year = models.PositiveSmallIntegerField("年度", validators=YEARS)
    title = models.CharField("名称", max_length=100)
    needs = models.TextField("工作需要", max_length=1000, blank=True)

    class Meta:
        verbose_name = "内部学习培训计划"
        verbose_name_plural = "内部学习培训计划"
        ordering = ["-year", "org_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "year"],
                name="study_plan_once_a_year",
                violation_error_message="这一年的计划已经有了，请在它的页面加步骤。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Instructor(OrgRecord):
    """Who teaches in a team: a superior, a specialist, a member with something to share (R-154)."""

    class Source(models.TextChoices):
        SUPERIOR = "superior", "上级主管"
        SPECIALIST = "specialist", "专业部门"
        MEMBER = "member", "班组职工"

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="instructs",
        verbose_name="教员",
    )  # fmt: skip
    name = models.CharField(
        "姓名（不在册的）", max_length=40, blank=True, help_text="外请的教员不在册，写姓名和单位。"
    )
    source = models.CharField("来自", max_length=10, choices=Source.choices)
    field = models.CharField("讲什么", max_length=100)
    since = models.DateField("聘任日期", null=True, blank=True)
    until = models.DateField("聘至", null=True, blank=True)

    class Meta:
        verbose_name = "班组教员"
        verbose_name_plural = "班组教员"
        ordering = ["org_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="instructor_is_somebody",
                condition=Q(person__isnull=False, name="") | (Q(person=None) & ~Q(name="")),
                violation_error_message="请选在册的教员，或写不在册教员的姓名，填一处。",
            ),
            models.CheckConstraint(
                name="instructor_until_after_since",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                violation_error_message="聘任结束不能早于开始。",
            ),
            models.UniqueConstraint(
                fields=["org", "person", "field"],
                name="instructor_once_a_field",
                violation_error_message="这位教员讲的这一项已经登记过。",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person else self.name


class PlanStep(models.Model):
    """A step of a team's plan: the month, the topic, who teaches, and the session it became."""

    plan = models.ForeignKey(StudyPlan, models.CASCADE, related_name="steps", verbose_name="计划")
    month = models.PositiveSmallIntegerField(
        "月份", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    topic = models.CharField("学习内容", max_length=100)
    instructor = models.ForeignKey(
        Instructor, models.SET_NULL, null=True, blank=True, related_name="steps",
        verbose_name="教员",
    )  # fmt: skip
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="学习活动"
    )
    done_on = models.DateField("完成日期", null=True, blank=True)

    class Meta:
        verbose_name = "计划步骤"
        verbose_name_plural = "计划步骤"
        ordering = ["plan_id", "month", "pk"]

    def __str__(self) -> str:
        return f"{self.month} 月 {self.topic}"


class Shift(models.TextChoices):
    """When, beside the work, a team studies (R-153)."""

    BEFORE = "before", "班前"
    AFTER = "after", "班后"
    SPARE = "spare", "工余"


class ShiftStudy(models.Model):
    """A session before or after the shift: an activity, and when beside the work it was."""

    activity = models.OneToOneField(
        Activity, models.CASCADE, primary_key=True, related_name="shift_study",
        verbose_name="学习活动",
    )  # fmt: skip
    shift = models.CharField("时间", max_length=10, choices=Shift.choices)

    class Meta:
        verbose_name = "班前班后学习"
        verbose_name_plural = "班前班后学习"
        ordering = ["activity_id"]

    def __str__(self) -> str:
        return f"{self.get_shift_display()}学习：{self.activity}"
