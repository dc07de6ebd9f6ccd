"""Who stands for an office, and what each of two tellers counted."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from gonghui.core.people.models import Person

from .election import Race

# The order of the list of a race: that which somebody settled by strokes, else by pinyin.
LISTED: tuple[Any, ...] = (F("position").asc(nulls_last=True), "person__pinyin", "pk")


class Candidate(models.Model):
    """A person who stands in a race, with the declaration the law asks for and the outcome."""

    race = models.ForeignKey(Race, models.CASCADE, related_name="candidates")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="candidacies", verbose_name="候选人"
    )
    position = models.PositiveSmallIntegerField(
        "排列",
        null=True,
        blank=True,
        help_text="按姓氏笔画排列时由您核定的次序；都留空则按姓名拼音排列。",
    )
    full_time = models.BooleanField("专职", null=True, blank=True)
    duty = models.CharField("单位及职务", max_length=100, blank=True)
    party = models.CharField("政治面貌", max_length=20, blank=True)
    resume = models.TextField("简历", blank=True)
    proposed_by = models.CharField("推荐单位", max_length=100, blank=True)
    declared_on = models.DateField(
        "声明日期",
        null=True,
        blank=True,
        help_text="本人声明不是单位主要负责人、法定代表人、合伙人，也不是他们的近亲属。",
    )
    votes = models.PositiveIntegerField("赞成票", null=True, editable=False)
    elected = models.BooleanField("当选", null=True, editable=False)

    class Meta:
        verbose_name = "候选人"
        verbose_name_plural = "候选人"
        ordering = ["race_id", *LISTED]
        constraints = [
            models.UniqueConstraint(
                fields=["race", "person"],
                name="candidate_once_a_race",
                violation_error_message="此人已列入这个选举项目的候选人名单。",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class Tally(models.Model):
    """What one of the two tellers counted in a race, entered without seeing the other's count."""

    race = models.ForeignKey(Race, models.CASCADE, related_name="tallies")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="tallies", verbose_name="计票录入人"
    )
    issued = models.PositiveIntegerField("发出票")
    returned = models.PositiveIntegerField("收回票")
    invalid = models.PositiveIntegerField("废票", default=0)
    at = models.DateTimeField("录入时间", auto_now=True)

    class Meta:
        verbose_name = "计票"
        verbose_name_plural = "计票"
        ordering = ["race_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["race", "by"],
                name="tally_once_a_person",
                violation_error_message="同一项目须由两个人各录入一次。",
            ),
            models.CheckConstraint(
                name="tally_invalid_within",
                condition=Q(invalid__lte=F("returned")),
                violation_error_message="废票不能多于收回票。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.race} {self.by}"


class Vote(models.Model):
    """How many votes for a candidate a teller counted."""

    tally = models.ForeignKey(Tally, models.CASCADE, related_name="votes")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="counted")
    yes = models.PositiveIntegerField("赞成票")

    class Meta:
        verbose_name = "得票"
        verbose_name_plural = "得票"
        ordering = ["tally_id", "candidate_id"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "candidate"], name="vote_once_a_tally")
        ]

    def __str__(self) -> str:
        return f"{self.candidate} {self.yes}"
