"""The table of credits; they are given and withdrawn, never changed."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Unit(models.TextChoices):
    """What an amount counts."""

    CLASS_HOUR = "class_hour", "学时"
    HOUR = "hour", "小时"
    TIME = "time", "次"
    BOOK = "book", "本"
    PIECE = "piece", "篇"
    ITEM = "item", "项"


class CreditQuerySet(models.QuerySet["Credit"]):
    def standing(self) -> CreditQuerySet:
        """Those that count: not withdrawn."""
        return self.filter(withdrawn_at=None)


class Credit(OrgRecord):
    """What a record earned a person: hours, a time, by taking part, teaching or helping.

    It belongs to the body whose record it comes from. A withdrawn one stays and counts no more.
    """

    class Role(models.TextChoices):
        ATTENDED = "attended", "参加"
        TAUGHT = "taught", "授课"
        HELPED = "helped", "服务"
        OWN = "own", "本人完成"

    person = models.ForeignKey(Person, models.PROTECT, related_name="credits", verbose_name="人员")
    kind = models.CharField("类别", max_length=20)
    role = models.CharField("身份", max_length=10, choices=Role.choices, default=Role.ATTENDED)
    category = models.CharField("分类", max_length=20, blank=True)
    unit = models.CharField("单位", max_length=10, choices=Unit.choices)
    amount = models.DecimalField("数量", max_digits=8, decimal_places=2)
    on = models.DateField("日期")
    words = models.CharField("事项", max_length=200)
    record_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    record_id = models.PositiveBigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    confirmed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间")
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="撤回人"
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = "学时记录"
        verbose_name_plural = "学时记录"
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["record_type", "record_id"], name="credit_of_record"),
            models.Index(fields=["person", "on"], name="credit_of_person"),
            models.Index(fields=["org", "on"], name="credit_of_org"),
            # What study rules count: a kind within a term, of many people at once.
            models.Index(
                fields=["kind", "on", "person", "role", "category", "amount"],
                condition=Q(withdrawn_at=None),
                name="credit_of_kind",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="credit_is_something",
                condition=Q(amount__gt=0),
                violation_error_message="数量要大于零。",
            ),
            models.UniqueConstraint(
                fields=["record_type", "record_id", "person", "kind", "role"],
                condition=Q(withdrawn_at=None),
                name="credit_stands_once",
                violation_error_message="同一件事已经给这个人记过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.words} {self.amount} {self.get_unit_display()}"
