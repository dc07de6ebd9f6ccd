"""What an activity left: who contributed, what people thought of it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from gonghui.core.activities.models import Activity
from gonghui.core.signing.models import Quota, Registration


class Record(models.Model):
    """What happened at an activity and what came of it, in the organiser's words (R-118)."""

    activity = models.OneToOneField(
        Activity, models.CASCADE, primary_key=True, related_name="record", verbose_name="活动"
    )
    minutes = models.TextField("活动记录", blank=True)
    gains = models.TextField("收获", blank=True)

    class Meta:
        verbose_name = "活动记录"
        verbose_name_plural = "活动记录"
        ordering = ["activity_id"]

    def __str__(self) -> str:
        return str(self.activity)


class Contribution(models.Model):
    """What somebody gave to an activity: spoke, taught, performed, won (R-118).

    Who entered several items has a result (``rank``, ``words``) for each of them (R-346).
    """

    class Kind(models.TextChoices):
        SPOKE = "spoke", "发言"
        TAUGHT = "taught", "授课"
        PERFORMED = "performed", "表演"
        HELPED = "helped", "服务"
        PLACED = "placed", "名次"

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="contributions", verbose_name="活动"
    )
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="contributions", verbose_name="人员"
    )
    kind = models.CharField("贡献", max_length=10, choices=Kind.choices)
    quota = models.ForeignKey(
        Quota,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="results",
        verbose_name="项目",
    )
    rank = models.PositiveSmallIntegerField("第几名", null=True, editable=False)
    words = models.CharField("内容", max_length=200, blank=True)

    class Meta:
        verbose_name = "贡献"
        verbose_name_plural = "贡献"
        ordering = ["activity_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "quota"],
                condition=Q(quota__isnull=False),
                name="result_once_an_item",
                violation_error_message="这个人在这一项已经有成绩。",
            ),
            models.CheckConstraint(
                name="result_is_of_an_item",
                condition=Q(quota=None, rank=None) | Q(quota__isnull=False, kind="placed"),
                violation_error_message="第几名要写明是哪一项。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.get_kind_display()}"

    @property
    def said(self) -> str:
        """What it was, in words: 100 米 第 1 名 12.3 秒."""
        rank = f"第 {self.rank} 名" if self.rank else ""
        return " ".join(filter(None, (str(self.quota or ""), rank, self.words)))


class Feedback(models.Model):
    """What a participant thought of an activity; one a person, shown without the name."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="feedback", verbose_name="报名"
    )
    stars = models.PositiveSmallIntegerField(
        "评分", validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    words = models.TextField("意见", blank=True)
    given_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "反馈"
        verbose_name_plural = "反馈"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="feedback_one_to_five",
                condition=Q(stars__gte=1, stars__lte=5),
                violation_error_message="评分为 1 到 5 分。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.stars} 分"
