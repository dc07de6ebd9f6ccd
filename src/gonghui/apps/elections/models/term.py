"""A union's term of office, and what a new chair has to be given."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person, Post


class TermQuerySet(models.QuerySet["Term"]):
    def open(self) -> TermQuerySet:
        """Terms that run; a union has at most one."""
        return self.filter(ended_on=None)

    def on(self, day: date) -> TermQuerySet:
        """Terms that ran on a day; both ends count."""
        begun = self.filter(since__lte=day)
        return begun.filter(Q(ended_on=None) | Q(ended_on__gte=day))

    def with_end(self) -> TermQuerySet:
        """With ``ends_by``: the day the next election is due, a permitted extension counted."""
        return self.annotate(ends_by=Coalesce("extended_to", "due_on"))

    def due_by(self, day: date) -> TermQuerySet:
        """Running terms that are to end on or before a day."""
        return self.open().ending_by(day)

    def ending_by(self, day: date) -> TermQuerySet:
        """Terms whose next election is due on or before a day."""
        return self.filter(Q(extended_to=None, due_on__lte=day) | Q(extended_to__lte=day))


class Term(OrgRecord):
    """A union's term of office: which one it is, since when, and when the next election is due.

    The union's committees share it (工会法 §45, 章程 §13): a committee has no term of its own.
    """

    number = models.PositiveSmallIntegerField("届次")
    since = models.DateField("自", help_text="选举产生之日。")
    years = models.PositiveSmallIntegerField("任期（年）")
    due_on = models.DateField("应换届日期", editable=False)
    extended_to = models.DateField("延期至", null=True, blank=True, editable=False)
    extension = models.CharField("延期批复文号", max_length=60, blank=True, editable=False)
    extension_on = models.DateField("延期批复日期", null=True, blank=True, editable=False)
    extension_reason = models.CharField("延期原因", max_length=200, blank=True, editable=False)
    ended_on = models.DateField("届满日期", null=True, blank=True, editable=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "届次"
        verbose_name_plural = "届次"
        ordering = ["org_id", "-number"]
        indexes = [models.Index(fields=["due_on"], condition=Q(ended_on=None), name="term_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "number"],
                name="term_numbered_once",
                violation_error_message="这一届已经登记过。",
            ),
            models.UniqueConstraint(
                fields=["org"],
                condition=Q(ended_on=None),
                name="term_one_at_a_time",
                violation_error_message="上一届还没有结束，不能登记新的一届。",
            ),
            models.CheckConstraint(
                name="term_due_after_since",
                condition=Q(due_on__gt=F("since")),
                violation_error_message="应换届日期须在本届开始之后。",
            ),
            models.CheckConstraint(
                name="term_extended_beyond_due",
                condition=Q(extended_to=None) | Q(extended_to__gt=F("due_on")),
                violation_error_message="延期后的日期须晚于应换届日期。",
            ),
            models.CheckConstraint(
                name="term_ended_after_since",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")),
                violation_error_message="届满日期不能早于本届开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org} 第{self.number}届"

    @property
    def end(self) -> date:
        """The day the next election is due, a permitted extension counted."""
        return self.extended_to or self.due_on


class DutyKind(models.TextChoices):
    """What a new chair is given (R-030, R-031)."""

    TALK = "talk", "任前谈话"
    TRAINING = "training", "岗位培训"


class ChairDuty(OrgRecord):
    """A talk or a training a new chair is to have; it is shown until it is done."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="chair_duties", verbose_name="新任主席"
    )
    post = models.ForeignKey(Post, models.CASCADE, related_name="duties", verbose_name="任职")
    kind = models.CharField("事项", max_length=10, choices=DutyKind.choices)
    since = models.DateField("任职日期")
    done_on = models.DateField("完成日期", null=True, blank=True)
    note = models.CharField("谈话人或培训班", max_length=200, blank=True)

    class Meta:
        verbose_name = "新任主席事项"
        verbose_name_plural = "新任主席事项"
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["org"], condition=Q(done_on=None), name="duty_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "kind"],
                name="duty_once_a_post",
                violation_error_message="这件事已经登记过。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"

    @property
    def is_done(self) -> bool:
        return self.done_on is not None
