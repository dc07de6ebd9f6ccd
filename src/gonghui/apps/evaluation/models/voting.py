"""Tables of members' votes: who has voted, apart from it how many said what, and what counts."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.people.models import Person

from .round import Contender, SheetLine
from .scheme import Criterion


class Choice(models.TextChoices):
    """What a member may say of an item."""

    YES = "yes", "满意"
    NO = "no", "不满意"
    NONE = "none", "弃权"


class Poll(models.Model):
    """The members of a body say what they think of a contender, each once, until a day.

    ``called`` are the members on the day it was opened, ``least`` how many of them have to vote
    for it to count, by the standard that held that day and is told in ``basis``.
    """

    contender = models.ForeignKey(Contender, models.CASCADE, related_name="polls")
    opened_on = models.DateField("开始日期")
    until = models.DateField("截止日期")
    called = models.PositiveIntegerField("应参加人数")
    least = models.PositiveIntegerField("至少要参加的人数")
    basis = models.CharField("依据", max_length=300)

    class Meta:
        verbose_name = "会员评议"
        verbose_name_plural = "会员评议"
        ordering = ["contender_id", "pk"]
        indexes = [models.Index(fields=["until"], name="poll_by_until")]
        constraints = [
            models.CheckConstraint(
                name="poll_days_in_order",
                condition=Q(until__gte=F("opened_on")),
                violation_error_message="截止日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="poll_least_of_called",
                condition=Q(least__gt=0, least__lte=F("called")),
                violation_error_message="至少要参加的人数不能多于应参加人数。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contender} 会员评议"

    def is_open(self, day: date) -> bool:
        return self.opened_on <= day <= self.until


class Voter(models.Model):
    """That a member has voted; when and what is kept nowhere, so that nobody can find it out."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="voters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "参加评议的会员"
        verbose_name_plural = "参加评议的会员"
        ordering = ["poll_id", "person_id"]
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="voter_once")]

    def __str__(self) -> str:
        return str(self.person)


class Tally(models.Model):
    """How many said one thing of one item: a number and no votes, so that none leads to a voter."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="tallies")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    choice = models.CharField("选择", max_length=4, choices=Choice.choices)
    count = models.PositiveIntegerField("票数", default=0)

    class Meta:
        verbose_name = "评议票数"
        verbose_name_plural = "评议票数"
        ordering = ["poll_id", "criterion_id", "choice"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "criterion", "choice"], name="tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.get_choice_display()} {self.count}"


class Opinion(models.Model):
    """What the members of a body said of an item, once it counts; it is there to be counted.

    Of a vote on the phone once it is over and enough took part, of a vote on paper as soon as two
    tellers have entered the same. ``heard_on`` is the last day of the vote, or the day of entry.
    """

    line = models.OneToOneField(
        SheetLine, models.CASCADE, related_name="opinion", verbose_name="评议项目"
    )
    heard_on = models.DateField("评议日期")
    cast = models.PositiveIntegerField("参加人次")
    content = models.PositiveIntegerField("满意人次")

    class Meta:
        verbose_name = "会员评议结果"
        verbose_name_plural = "会员评议结果"
        ordering = ["-heard_on", "-pk"]
        indexes = [models.Index(fields=["heard_on"], name="opinion_by_day")]
        constraints = [
            models.CheckConstraint(
                name="opinion_within_cast",
                condition=Q(cast__gt=0, content__lte=F("cast")),
                violation_error_message="满意的不能多于参加的。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.line}：{self.content} / {self.cast}"
