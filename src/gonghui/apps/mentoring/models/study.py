"""Higher degrees against a unit's target, and study away: what was offered and who went."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Education, Person


class Base(models.TextChoices):
    """Of what the bachelors' share is taken; the source does not say (R-129)."""

    HIGHER = "higher", "占具有高一层次学历的人"
    ALL = "all", "占全体"


PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class DegreeTarget(OrgRecord):
    """A unit's target of higher degrees: over so many per cent, bachelors at least so many (R-129).

    The first figure counts only when it is passed (争超), the second when it is reached (达…以上).
    """

    title = models.CharField("名称", max_length=80)
    qualifying = models.CharField(
        "合格学历",
        max_length=2,
        choices=[(one.value, one.label) for one in Education if one != Education.E90],
        help_text="高于它的才算高一层次学历，由本单位按岗位要求定。",
    )
    over = models.PositiveSmallIntegerField(
        "高一层次学历争超（%）", validators=PERCENT, help_text="要超过；正好等于还没有达到。"
    )
    bachelor = models.PositiveSmallIntegerField(
        "其中本科及以上达（%）",
        null=True,
        blank=True,
        validators=PERCENT,
        help_text="正好等于就算达到。",
    )
    base = models.CharField(
        "本科比例的分母",
        max_length=6,
        choices=Base.choices,
        default=Base.HIGHER,
        help_text="文件没有说占什么的比例，由本单位选；页面上会写明。",
    )
    due_on = models.DateField("何时达到", null=True, blank=True)
    source = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "学历目标"
        verbose_name_plural = "学历目标"
        ordering = ["org_id", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "title"],
                name="degree_target_once",
                violation_error_message="本组织已有叫这个名称的目标。",
            ),
            models.CheckConstraint(
                name="degree_target_in_percent",
                condition=Q(over__lte=100) & (Q(bachelor=None) | Q(bachelor__lte=100)),
                violation_error_message="请填 0 到 100 之间的整数。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Offer(OrgRecord):
    """Study away that a union offers its people: where, when, how it is paid for (R-130)."""

    title = models.CharField("名称", max_length=100)
    place = models.CharField("地点", max_length=60)
    host = models.CharField("承办单位", max_length=100, blank=True)
    since = models.DateField("自")
    until = models.DateField("至")
    closes_on = models.DateField("报名截止", null=True, blank=True)
    places = models.PositiveSmallIntegerField("名额", null=True, blank=True)
    funding = models.DecimalField(
        "每人补助（元）", max_digits=10, decimal_places=2, null=True, blank=True
    )
    funded_by = models.CharField("经费来源", max_length=100, blank=True)
    words = models.TextField("内容和要求", max_length=2000, blank=True)

    class Meta:
        verbose_name = "外出学习"
        verbose_name_plural = "外出学习"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="offer_until_after_since",
                condition=Q(until__gte=F("since")),
                violation_error_message="结束日期不能早于开始日期。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Outcome(models.TextChoices):
    """What became of somebody's wish to go."""

    WISHED = "wished", "报名"
    CHOSEN = "chosen", "选派"
    WENT = "went", "已去"
    NOT = "not", "没有去"


class Going(OrgRecord):
    """Somebody who wants to go, was sent, or went; what it cost and what it gave."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="goings", verbose_name="外出学习")
    person = models.ForeignKey(Person, models.PROTECT, related_name="goings", verbose_name="人员")
    outcome = models.CharField(
        "情况", max_length=10, choices=Outcome.choices, default=Outcome.WISHED
    )
    wish = models.CharField("想学什么", max_length=200, blank=True)
    cost = models.DecimalField(
        "实际费用（元）", max_digits=10, decimal_places=2, null=True, blank=True
    )
    class_hours = models.DecimalField("学时", max_digits=5, decimal_places=1, null=True, blank=True)
    gains = models.TextField("收获", max_length=2000, blank=True)

    class Meta:
        verbose_name = "外出学习人员"
        verbose_name_plural = "外出学习人员"
        ordering = ["offer_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "person"],
                name="going_once",
                violation_error_message="这个人已经在名单里。",
            ),
            models.CheckConstraint(
                name="going_hours_are_some",
                condition=Q(class_hours=None) | Q(class_hours__gt=0),
                violation_error_message="学时要大于 0；没有核定就空着。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.offer}"
