"""What stands in a bookroom: a book of its catalogue, and each copy of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import OrgRecord

from .room import Bookroom

MOST_AT_ONCE = 200  # copies added in one go


class Book(OrgRecord):
    """A book of a bookroom's catalogue, by its number or its title; ``org`` is the bookroom's."""

    bookroom = models.ForeignKey(
        Bookroom, models.PROTECT, related_name="books", verbose_name="书屋"
    )
    isbn = models.CharField("ISBN", max_length=13, blank=True)
    title = models.CharField("书名", max_length=120)
    author = models.CharField("作者", max_length=100, blank=True)
    publisher = models.CharField("出版社", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("出版年", null=True, blank=True)
    subject = models.CharField("类别", max_length=30, blank=True)
    shelf = models.CharField("架位", max_length=30, blank=True)

    class Meta:
        verbose_name = "图书"
        verbose_name_plural = "图书"
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["org", "title"], name="book_of_org")]
        constraints = [
            models.UniqueConstraint(
                fields=["bookroom", "isbn"],
                condition=~Q(isbn=""),
                name="book_once_by_isbn",
                violation_error_message="这个 ISBN 的书已经在目录里，请在它的页面加册。",
            )
        ]

    def __str__(self) -> str:
        return f"《{self.title}》"


class Fate(models.TextChoices):
    """What became of a copy that stands there no more."""

    LOST = "lost", "遗失"
    WORN = "worn", "破损剔旧"
    MOVED = "moved", "调出"


class CopyQuerySet(models.QuerySet["Copy"]):
    def held(self) -> CopyQuerySet:
        """Those the bookroom still has, lent out or not."""
        return self.filter(fate="")


class Copy(models.Model):
    """One copy of a book, with its own number on the spine."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="copies", verbose_name="图书")
    bookroom = models.ForeignKey(
        Bookroom, models.PROTECT, related_name="copies", verbose_name="书屋", editable=False
    )
    number = models.PositiveIntegerField("登录号")
    added_on = models.DateField("入藏日期")
    fate = models.CharField("去向", max_length=10, choices=Fate.choices, blank=True)
    gone_on = models.DateField("离藏日期", null=True, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name = "册"
        verbose_name_plural = "册"
        ordering = ["bookroom_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["bookroom", "number"],
                name="copy_number_once",
                violation_error_message="这个登录号已经用过。",
            ),
            models.CheckConstraint(
                name="copy_gone_with_day",
                condition=Q(fate="", gone_on=None) | (~Q(fate="") & Q(gone_on__isnull=False)),
                violation_error_message="离藏的册要写明哪一天。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number:05d}"
