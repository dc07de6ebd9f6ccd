"""What was sent down for a period, and what each unit filed of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.indicators.periods import words_of
from gonghui.core.orgs.models import Org, OrgRecord
from gonghui.core.people.models import Person
from gonghui.kit.amounts import plain
from gonghui.kit.dates import Period

from .form import Cell, Form


class Collection(OrgRecord):
    """One sending of a form for one period; ``org`` is the union that asked."""

    org = models.ForeignKey(
        Org, models.PROTECT, related_name="statistical_collections", verbose_name="下发的组织"
    )
    form = models.ForeignKey(Form, models.PROTECT, related_name="collections", verbose_name="报表")
    since = models.DateField("从")
    until = models.DateField("到")
    due_on = models.DateField("上报期限")
    words = models.TextField("要求", blank=True)
    sent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="下发人"
    )
    sent_at = models.DateTimeField("下发时间", auto_now_add=True)

    class Meta:
        verbose_name = "报表下发"
        verbose_name_plural = "报表下发"
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "since", "until"],
                name="collection_once_a_period",
                violation_error_message="这张报表的这一期已经下发。",
            ),
            models.CheckConstraint(
                name="collection_ends_before_it_is_due",
                condition=Q(since__lte=F("until"), due_on__gt=F("until")),
                violation_error_message="上报期限要在报告期结束以后。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.period_words}"

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)

    @property
    def period_words(self) -> str:
        return words_of(self.period)


class FilingState(models.TextChoices):
    """How far a unit is; what is approved is locked, who was let off files nothing."""

    OPEN = "open", "待填报"
    CONFIRMED = "confirmed", "已上报"
    RETURNED = "returned", "退回修改"
    APPROVED = "approved", "已审核锁定"
    LET_OFF = "let_off", "免报"


EDITABLE = (FilingState.OPEN, FilingState.RETURNED)
SETTLED = (FilingState.APPROVED, FilingState.LET_OFF)  # nothing more is expected of them
HANDED_IN = (FilingState.CONFIRMED, FilingState.APPROVED)


class Filing(OrgRecord):
    """A form as one unit files it for a period; that of the unit above sums those below it."""

    org = models.ForeignKey(
        Org, models.PROTECT, related_name="statistical_filings", verbose_name="填报单位"
    )
    collection = models.ForeignKey(
        Collection, models.PROTECT, related_name="filings", verbose_name="报表"
    )
    above = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="below",
        verbose_name="汇总单位的报表",
    )
    state = models.CharField(
        "状态",
        max_length=10,
        choices=FilingState.choices,
        default=FilingState.OPEN,
        editable=False,
    )
    edition = models.PositiveIntegerField(default=0, editable=False)  # grows with every save
    remark = models.TextField("上报说明", blank=True)
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="上报人"
    )
    confirmed_at = models.DateTimeField("上报时间", null=True, editable=False)
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="审核人"
    )
    approved_at = models.DateTimeField("审核时间", null=True, editable=False)
    reminded_at = models.DateTimeField("催报时间", null=True, editable=False)

    class Meta:
        verbose_name = "报表填报"
        verbose_name_plural = "报表填报"
        ordering = ["-collection__since", "-collection", "org__path"]
        indexes = [models.Index(fields=["org", "state"], name="filing_of_org")]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "org"],
                name="filing_once_a_unit",
                violation_error_message="这一期报表已经下发给该单位。",
            ),
            models.CheckConstraint(
                name="filing_is_not_above_itself",
                condition=Q(above=None) | ~Q(above=F("pk")),
                violation_error_message="报表不能汇总到自己。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.org} · {self.collection}"

    @property
    def is_open(self) -> bool:
        return self.state in EDITABLE

    @property
    def state_tone(self) -> str:
        return {
            FilingState.OPEN: "wait",
            FilingState.CONFIRMED: "doing",
            FilingState.RETURNED: "late",
            FilingState.APPROVED: "done",
            FilingState.LET_OFF: "plain",
        }[FilingState(self.state)]


class Amount(models.Model):
    """A cell of a filing: what the unit entered itself, why, and the value as it was confirmed."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="amounts")
    cell = models.ForeignKey(Cell, models.PROTECT, related_name="+")
    entered = models.DecimalField("填报数", max_digits=16, decimal_places=2, null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    value = models.DecimalField(
        "上报数", max_digits=18, decimal_places=4, null=True, editable=False
    )
    counted = models.DecimalField(
        "上报时的记录数", max_digits=18, decimal_places=4, null=True, editable=False
    )

    class Meta:
        verbose_name = "栏目数字"
        verbose_name_plural = "栏目数字"
        ordering = ["filing_id", "cell__position"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "cell"], name="amount_once_a_cell"),
            models.CheckConstraint(
                name="amount_entered_is_not_negative",
                condition=Q(entered=None) | Q(entered__gte=0),
                violation_error_message="填报的数不能是负数。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell}：{'未填' if self.value is None else plain(self.value)}"
