"""People who read together: a reading circle, a campaign, a self-study campaign."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person

from .room import Bookroom


class Purpose(models.TextChoices):
    """What the reading together is (R-119, R-120, R-121)."""

    CIRCLE = "circle", "读书小组"
    CAMPAIGN = "campaign", "读书活动"
    SELF_STUDY = "self_study", "读书自学活动"


class Circle(OrgRecord):
    """A body's reading circle or campaign with the book it reads; its meetings are activities."""

    title = models.CharField("名称", max_length=100)
    purpose = models.CharField(
        "类型", max_length=12, choices=Purpose.choices, default=Purpose.CIRCLE
    )
    leader = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="circles",
        verbose_name="领读人",
    )
    books = models.CharField("共读的书", max_length=300, blank=True)
    words = models.TextField("安排", max_length=2000, blank=True)
    bookroom = models.ForeignKey(
        Bookroom,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="circles",
        verbose_name="用哪个书屋",
    )
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    activities = models.ManyToManyField(
        Activity, editable=False, related_name="circles", verbose_name="所办活动"
    )

    class Meta:
        verbose_name = "读书会"
        verbose_name_plural = "读书会"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="circle_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="结束日期不能早于开始日期。",
            )
        ]

    def __str__(self) -> str:
        return self.title
