"""Tables of judging: who rates, who was drawn for whom, members' votes, objections."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.people.models import Person
from gonghui.kit.dates import full_day

from .round import Contender, Round, SheetLine


class Rater(models.Model):
    """Somebody who takes part in the mutual rating of a round, and whom they must not rate.

    Their own unit and its line up and down are kept from them by the draw in any case. Who was
    let go is drawn for nothing more; what they gave before ``left_on`` stays.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="raters", verbose_name="轮次")
    person = models.ForeignKey(Person, models.PROTECT, related_name="rater_of", verbose_name="评委")
    avoids = models.ManyToManyField(
        Org, blank=True, related_name="avoided_by", verbose_name="声明回避的单位"
    )
    why = models.CharField("回避原因", max_length=200, blank=True)
    left_on = models.DateField("不再评的日期", null=True, editable=False)

    class Meta:
        verbose_name = "互评评委"
        verbose_name_plural = "互评评委"
        ordering = ["round_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"],
                name="rater_once",
                violation_error_message="这个人已经是评委。",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class Review(models.Model):
    """What one rater gave one contender; before it is given, that they were drawn for it.

    ``marks`` is item → marks as text.
    """

    contender = models.ForeignKey(Contender, models.CASCADE, related_name="reviews")
    rater = models.ForeignKey(Rater, models.CASCADE, related_name="reviews")
    marks = models.JSONField("打分", default=dict)
    words = models.CharField("评语", max_length=500, blank=True)
    given_at = models.DateTimeField("评分时间", null=True)

    class Meta:
        verbose_name = "互评"
        verbose_name_plural = "互评"
        ordering = ["contender_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["contender", "rater"], name="review_once")]

    def __str__(self) -> str:
        return f"{self.rater} → {self.contender}"


class BallotCount(models.Model):
    """The result of members' vote as one of two people entered it; both must say the same.

    ``held_on`` is the day of the vote; empty of what was entered before it was asked for.
    """

    line = models.ForeignKey(SheetLine, models.CASCADE, related_name="counts")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="录入人")
    yes = models.PositiveIntegerField("满意票")
    cast = models.PositiveIntegerField("收回票")
    held_on = models.DateField("评议日期", null=True)

    class Meta:
        verbose_name = "评议结果录入"
        verbose_name_plural = "评议结果录入"
        ordering = ["line_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "by"], name="ballot_count_once"),
            models.CheckConstraint(
                name="ballot_count_within_cast",
                condition=Q(cast__gt=0, yes__lte=F("cast")),
                violation_error_message="收回票要大于零，满意票不能多于收回票。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}：{self.yes} / {self.cast}"

    @property
    def words(self) -> str:
        """What came of the vote, whoever entered it."""
        day = full_day(self.held_on) if self.held_on else ""
        return f"{day}书面评议：收回 {self.cast} 票，满意 {self.yes} 票"


class ObjectionState(models.TextChoices):
    """What became of an objection."""

    OPEN = "open", "待核实"
    UPHELD = "upheld", "属实"
    DISMISSED = "dismissed", "不属实"


class Objection(OrgRecord):
    """Somebody objects to a result while it stands in public; it is answered before any title.

    ``org`` is the union that holds the round. ``person`` is empty where it came by letter or
    telephone.
    """

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="objections", verbose_name="评估轮次"
    )
    contender = models.ForeignKey(
        Contender,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="objections",
        verbose_name="对谁",
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="提出人"
    )
    words = models.TextField("内容", max_length=1000)
    on = models.DateField("提出日期")
    notice_number = models.PositiveSmallIntegerField("第几次公示", default=1, editable=False)
    answer = models.TextField("核实结果", max_length=1000, blank=True)
    state = models.CharField(
        "状态",
        max_length=10,
        choices=ObjectionState.choices,
        default=ObjectionState.OPEN,
        editable=False,
    )

    class Meta:
        verbose_name = "公示异议"
        verbose_name_plural = "公示异议"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"对{self.contender or self.round}的异议"
