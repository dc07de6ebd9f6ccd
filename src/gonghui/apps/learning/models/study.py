"""A study rule and its items: for whom, what, how much, how often, and what excuses."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord


class Every(models.TextChoices):
    """How often something is asked; the values are those of ``engine.slots.Every``."""

    WEEK = "week", "每周"
    MONTH = "month", "每月"
    TERM = "term", "每学期"
    SCHOOL_YEAR = "school_year", "每学年"
    YEAR = "year", "每年（公历）"
    ONCE = "once", "入职后一次"


class Rounding(models.TextChoices):
    """What becomes of a part when the amount is cut in proportion."""

    UP = "up", "有零头就进一"
    HALF = "half", "满一半进一"
    DOWN = "down", "零头舍去"


class Who(models.TextChoices):
    """Of the people on the books, who is meant."""

    MEMBERS = "members", "会员"
    EVERYBODY = "everybody", "全体职工（含未入会的）"


class Measure(models.TextChoices):
    """Whether an item counts amounts or how many times."""

    AMOUNT = "amount", "按数量（本、篇、学时……）"
    TIMES = "times", "按次数"


TURN = timedelta(days=2 * 366)  # the longest turn, and the one that closed before it


class StudyRuleQuerySet(models.QuerySet["StudyRule"]):
    def on(self, day: date) -> StudyRuleQuerySet:
        """In force on a day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))

    def judging(self, day: date) -> StudyRuleQuerySet:
        """In force on a day, or replaced so lately that the turn before may be theirs."""
        lately = Q(is_replaced=True, until__gte=day - TURN)
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day) | lately)


def names() -> list[str]:
    """An empty list, which means everybody or everything."""
    return []


class StudyRule(OrgRecord):
    """What a unit asks its people to study, in its own words (R-111…R-117, R-128, R-151)."""

    title = models.CharField("名称", max_length=60)
    basis = models.CharField(
        "依据", max_length=200, blank=True, help_text="文件的原话或通过的会议。"
    )
    since = models.DateField("施行日期")
    until = models.DateField("最后施行日", null=True, blank=True, help_text="留空就一直施行。")
    who = models.CharField("要求谁", max_length=10, choices=Who.choices, default=Who.MEMBERS)
    kinds = models.JSONField("只在这些组织", default=names, blank=True)
    employments = models.JSONField("只对这些用工形式", default=names, blank=True)
    titles = models.JSONField("只对这些职务", default=names, blank=True)
    from_month = models.PositiveSmallIntegerField("入职满几个月起", null=True, blank=True)
    to_month = models.PositiveSmallIntegerField("入职满几个月止", null=True, blank=True)
    excuses = models.JSONField("可以免的假", default=names, blank=True)
    part_time = models.BooleanField("非全日制按比例折算", default=True)
    by_workdays = models.BooleanField(
        "按工作日折算", default=False, help_text="不勾就按日历天数折算。"
    )
    rounding = models.CharField(
        "折算后的零头", max_length=5, choices=Rounding.choices, default=Rounding.HALF
    )
    remind_days = models.PositiveSmallIntegerField(
        "到期前几天提醒本人", null=True, blank=True, validators=[MaxValueValidator(60)]
    )
    leader_days = models.PositiveSmallIntegerField(
        "到期后几天告诉负责人", null=True, blank=True, validators=[MaxValueValidator(60)]
    )

    # Changed while in force, a rule gets a new version; the old one judges its days as it stood.
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="replaced_by",
        verbose_name="前一版",
    )
    begun_on = models.DateField("第一版施行日期", null=True, editable=False)
    is_replaced = models.BooleanField("已改版", default=False, editable=False)

    objects = StudyRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "学习制度"
        verbose_name_plural = "学习制度"
        ordering = ["org_id", "-since", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="study_rule_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="最后施行日不能早于施行日期。",
            ),
            models.CheckConstraint(
                name="study_rule_tenure_in_order",
                condition=Q(from_month=None) | Q(to_month=None) | Q(to_month__gt=F("from_month")),
                violation_error_message="入职月数的上限要大于下限。",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"

    @property
    def name(self) -> str:
        """With its last day where a later version has taken over."""
        return f"{self.title}（至 {self.until:%Y-%m-%d}）" if self.is_replaced else self.title

    def is_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class StudyItem(models.Model):
    """One line of a rule: so much of this, so often."""

    rule = models.ForeignKey(
        StudyRule, models.CASCADE, related_name="items", verbose_name="学习制度"
    )
    position = models.PositiveSmallIntegerField("次序", default=0)
    label = models.CharField("要求", max_length=40)
    kinds = models.JSONField("算哪些", default=names)
    roles = models.JSONField("算哪些身份", default=names, blank=True)
    categories = models.JSONField("只算这些分类", default=names, blank=True)
    measure = models.CharField(
        "怎么数", max_length=10, choices=Measure.choices, default=Measure.AMOUNT
    )
    least = models.DecimalField(
        "至少",
        max_digits=7,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    most = models.DecimalField("至", max_digits=7, decimal_places=2, null=True, blank=True)
    every = models.CharField("多久一次", max_length=12, choices=Every.choices)
    months = models.PositiveSmallIntegerField(
        "入职几个月内", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    carry = models.DecimalField(
        "多出的最多结转", max_digits=7, decimal_places=2, null=True, blank=True
    )
    in_terms = models.BooleanField("寒暑假不算", default=False)

    class Meta:
        verbose_name = "学习要求"
        verbose_name_plural = "学习要求"
        ordering = ["rule_id", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="study_item_asks_something",
                condition=Q(least__gt=0),
                violation_error_message="至少要求多少，请填大于零的数。",
            ),
            models.CheckConstraint(
                name="study_item_range_in_order",
                condition=Q(most=None) | Q(most__gt=F("least")),
                violation_error_message="范围的上限要大于下限。",
            ),
            models.CheckConstraint(
                name="study_item_once_within_months",
                condition=Q(every="once", months__gt=0) | (~Q(every="once") & Q(months=None)),
                violation_error_message="入职后一次的要求，请填几个月内；其他的不填。",
            ),
        ]

    def __str__(self) -> str:
        return self.label
