"""Unions and groups outside one's own tree that one keeps in touch with."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord


class Sort(models.TextChoices):
    """What sort of outside body it is (R-004, R-018, R-019)."""

    CUSTOMER = "customer", "集团客户单位工会"
    ADVANCED = "advanced", "先进产业工会"
    FRIEND = "friend", "友好工会"
    OTHER = "other", "其他"


class ContactQuerySet(models.QuerySet["Contact"]):
    def held(self, day: date) -> ContactQuerySet:
        """Those one was in touch with on a day; one without a beginning always was."""
        begun = Q(since=None) | Q(since__lte=day)
        return self.filter(begun, Q(until=None) | Q(until__gte=day))


class Contact(OrgRecord):
    """An outside union one keeps in touch with, from when to when (R-018, R-019)."""

    name = models.CharField("单位或工会", max_length=100)
    sort = models.CharField("类型", max_length=10, choices=Sort.choices)
    place = models.CharField("所在地", max_length=60, blank=True)
    person = models.CharField("联系人", max_length=40, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True)
    since = models.DateField("建立联系", null=True, blank=True)
    until = models.DateField(
        "联系到", null=True, blank=True, help_text="不再联系时填写；以前的交流记录都保留。"
    )
    note = models.TextField("说明", max_length=1000, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "对外联系"
        verbose_name_plural = "对外联系"
        ordering = ["org_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "name"],
                name="contact_once_a_union",
                violation_error_message="这个单位已经登记过。",
            ),
            models.CheckConstraint(
                name="contact_until_after_since",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                violation_error_message="联系结束的日期不能早于建立联系的日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Exchange(models.Model):
    """A visit, a joint activity or a study exchange with an outside union."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="exchanges")
    on = models.DateField("日期")
    subject = models.CharField("事由", max_length=100)
    people = models.PositiveIntegerField("参加人数", null=True, blank=True)
    gained = models.TextField("收获", max_length=1000, blank=True)

    class Meta:
        verbose_name = "交流"
        verbose_name_plural = "交流"
        ordering = ["contact_id", "-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.contact} {self.on:%Y-%m-%d}"
