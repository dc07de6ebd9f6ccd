"""A mentor and whom they bring on: the agreement, the records of both, what was passed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person

from .track import Milestone, Track


class State(models.TextChoices):
    """The life of a pair, from the proposal to graduation."""

    PROPOSED = "proposed", "待双方同意"
    MENTOR = "mentor", "师傅已同意"
    APPRENTICE = "apprentice", "徒弟已同意"
    AGREED = "agreed", "已签约"
    RUNNING = "running", "带教中"
    GRADUATED = "graduated", "已出师"
    ENDED = "ended", "已终止"
    DECLINED = "declined", "未同意"


TONES = {
    State.PROPOSED: "wait",
    State.MENTOR: "wait",
    State.APPRENTICE: "wait",
    State.AGREED: "doing",
    State.RUNNING: "doing",
    State.GRADUATED: "done",
    State.ENDED: "plain",
    State.DECLINED: "plain",
}
ASKING = (State.PROPOSED, State.MENTOR, State.APPRENTICE)
OPEN = (*ASKING, State.AGREED, State.RUNNING)


class Grade(models.TextChoices):
    """How the apprentice was found to be when graduating."""

    EXCELLENT = "excellent", "优秀"
    PASSED = "passed", "合格"


class Pair(OrgRecord):
    """A mentor and an apprentice, agreed by both, for a field and a time (R-179, 师带徒)."""

    mentor = models.ForeignKey(
        Person, models.PROTECT, related_name="mentored", verbose_name="师傅（导师）"
    )
    apprentice = models.ForeignKey(
        Person, models.PROTECT, related_name="apprenticed", verbose_name="徒弟"
    )
    field = models.CharField("带教内容", max_length=100)
    track = models.ForeignKey(
        Track,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pairs",
        verbose_name="培养方案",
    )
    since = models.DateField("自")
    until = models.DateField("至")
    goal = models.TextField("目标", max_length=1000, blank=True)
    mentor_promise = models.TextField("师傅的承诺", max_length=1000, blank=True)
    apprentice_promise = models.TextField("徒弟的承诺", max_length=1000, blank=True)
    mentor_agreed_at = models.DateTimeField("师傅同意时间", null=True, editable=False)
    apprentice_agreed_at = models.DateTimeField("徒弟同意时间", null=True, editable=False)
    ended_on = models.DateField("结束日期", null=True, editable=False)
    grade = models.CharField(
        "出师评定", max_length=10, choices=Grade.choices, blank=True, editable=False
    )
    verdict = models.TextField("评语", max_length=1000, blank=True, editable=False)
    ending = models.CharField("终止原因", max_length=200, blank=True, editable=False)
    state = models.CharField(
        "状态", max_length=12, choices=State.choices, default=State.PROPOSED, editable=False
    )

    class Meta:
        verbose_name = "师徒结对"
        verbose_name_plural = "师徒结对"
        ordering = ["-since", "-pk"]
        indexes = [
            models.Index(fields=["org", "state", "until"], name="pair_of_org"),
            models.Index(fields=["ended_on"], name="pair_ended"),
        ]
        constraints = [
            models.CheckConstraint(
                name="pair_of_two",
                condition=~Q(mentor=F("apprentice")),
                violation_error_message="师傅和徒弟不能是同一个人。",
            ),
            models.CheckConstraint(
                name="pair_until_after_since",
                condition=Q(until__gte=F("since")),
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.UniqueConstraint(
                fields=["mentor", "apprentice", "field"],
                condition=Q(state__in=["proposed", "mentor", "apprentice", "agreed", "running"]),
                name="pair_once",
                violation_error_message="这两个人在这方面已经结对。",
            ),
            models.CheckConstraint(
                name="pair_graduates_with_a_grade",
                condition=~Q(state="graduated") | (~Q(grade="") & Q(ended_on__isnull=False)),
                violation_error_message="出师要有评定和日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor}带{self.apprentice}"

    @property
    def state_tone(self) -> str:
        return TONES[State(self.state)]

    @property
    def is_running(self) -> bool:
        return self.state == State.RUNNING


class LessonQuerySet(models.QuerySet["Lesson"]):
    def confirmed(self) -> LessonQuerySet:
        return self.filter(confirmed_at__isnull=False)


class Lesson(models.Model):
    """One time the two worked together: written by one of them, confirmed by the other."""

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="lessons", verbose_name="师徒结对")
    on = models.DateField("日期")
    what = models.CharField("内容", max_length=100)
    words = models.TextField("收获和问题", max_length=2000, blank=True)
    hours = models.DecimalField("小时", max_digits=4, decimal_places=1, null=True, blank=True)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="谁写的", editable=False
    )
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="谁确认", editable=False
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, editable=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = "带教记录"
        verbose_name_plural = "带教记录"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["pair", "on"], name="lesson_of_pair")]
        constraints = [
            models.CheckConstraint(
                name="lesson_takes_time",
                condition=Q(hours=None) | Q(hours__gt=0, hours__lte=24),
                violation_error_message="小时数要大于 0，不超过 24。",
            ),
            models.CheckConstraint(
                name="lesson_confirmed_by_the_other",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("by")),
                violation_error_message="记录由另一方确认。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.what}"


class Passage(models.Model):
    """That an apprentice reached a milestone, on which day, as who found."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="passages", verbose_name="师徒结对")
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, related_name="passages", verbose_name="培养目标"
    )
    on = models.DateField("达到日期")
    words = models.CharField("评定意见", max_length=300, blank=True)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="评定人", editable=False
    )

    class Meta:
        verbose_name = "目标评定"
        verbose_name_plural = "目标评定"
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "milestone"],
                name="passage_once",
                violation_error_message="这一项已经评定过。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pair}：{self.milestone}"
