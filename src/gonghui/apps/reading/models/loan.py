"""What is lent to whom until when, and what is kept back for whom."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person

from .book import Book, Copy


class LoanQuerySet(models.QuerySet["Loan"]):
    def out(self) -> LoanQuerySet:
        """Not yet returned."""
        return self.filter(returned_on=None)

    def overdue(self, day: date) -> LoanQuerySet:
        return self.out().filter(due_on__lt=day)


class Loan(OrgRecord):
    """A copy in somebody's hands from a day on; the bookroom's body is its ``org``.

    A copy is with one reader at a time: the constraint lets one of two lenders win.
    """

    copy = models.ForeignKey(
        Copy, models.PROTECT, db_index=False, related_name="loans", verbose_name="册"
    )
    book = models.ForeignKey(Book, models.PROTECT, related_name="loans", verbose_name="图书")
    reader = models.ForeignKey(
        Person, models.PROTECT, db_index=False, related_name="loans", verbose_name="读者"
    )
    lent_on = models.DateField("借出日期")
    due_on = models.DateField("应还日期")
    renewals = models.PositiveSmallIntegerField("续借次数", default=0)
    returned_on = models.DateField("归还日期", null=True, blank=True)
    read_on = models.DateField("读完日期", null=True, blank=True)
    lent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="经办人"
    )

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = "借阅"
        verbose_name_plural = "借阅"
        ordering = ["-lent_on", "-pk"]
        indexes = [
            models.Index(fields=["reader", "returned_on", "due_on"], name="loan_of_reader"),
            models.Index(fields=["org", "lent_on"], name="loan_of_org"),
            models.Index(fields=["copy", "lent_on"], name="loan_of_copy"),
            models.Index(fields=["due_on"], condition=Q(returned_on=None), name="loan_out"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["copy"],
                condition=Q(returned_on=None),
                name="copy_lent_once",
                violation_error_message="这一册已经借出。",
            ),
            models.CheckConstraint(
                name="loan_due_after_lent",
                condition=Q(due_on__gte=F("lent_on")),
                violation_error_message="应还日期不能早于借出日期。",
            ),
            models.CheckConstraint(
                name="loan_returned_after_lent",
                condition=Q(returned_on=None) | Q(returned_on__gte=F("lent_on")),
                violation_error_message="归还日期不能早于借出日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} 借 {self.book}"


class Closing(models.TextChoices):
    """How a reservation ended."""

    LENT = "lent", "已借到"
    DROPPED = "dropped", "已取消"
    LAPSED = "lapsed", "过期未取"


class ReservationQuerySet(models.QuerySet["Reservation"]):
    def open(self) -> ReservationQuerySet:
        return self.filter(closing="")


class Reservation(OrgRecord):
    """Somebody's turn for a book that is lent out; a copy that comes back is kept for the first."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="reservations", verbose_name="图书")
    reader = models.ForeignKey(
        Person, models.PROTECT, related_name="reservations", verbose_name="读者"
    )
    asked_at = models.DateTimeField("预约时间", auto_now_add=True)
    copy = models.ForeignKey(
        Copy,
        models.PROTECT,
        null=True,
        related_name="reservations",
        verbose_name="留的册",
        editable=False,
    )
    kept_until = models.DateField("留到", null=True, editable=False)
    closing = models.CharField(
        "结果", max_length=10, choices=Closing.choices, blank=True, editable=False
    )

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = "预约"
        verbose_name_plural = "预约"
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(fields=["kept_until"], condition=Q(closing=""), name="reservation_kept")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "reader"],
                condition=Q(closing=""),
                name="reservation_once",
                violation_error_message="您已经预约了这本书。",
            ),
            models.UniqueConstraint(
                fields=["copy"],
                condition=Q(closing="", copy__isnull=False),
                name="copy_kept_once",
                violation_error_message="这一册已经留给别人。",
            ),
            models.CheckConstraint(
                name="reservation_kept_with_day",
                condition=Q(copy=None, kept_until=None)
                | Q(copy__isnull=False, kept_until__isnull=False),
                violation_error_message="留书要写明留到哪一天。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} 预约 {self.book}"
