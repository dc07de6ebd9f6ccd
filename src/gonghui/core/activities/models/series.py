"""Occasions that come back by a rhythm: what they have in common, and when they are."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Series(OrgRecord):
    """Occasions that come back by a rhythm, such as an association's weekly evening (R-363).

    ``rhythm`` is the text of RFC 5545; people see its words. Each occasion is an activity of its
    own, made in advance; one that was changed by itself (``differs``) no longer follows the rest.
    """

    title = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=20)
    theme = models.CharField("主题", max_length=200, blank=True)
    programme = models.TextField("议程", blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    organiser = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organised_series",
        verbose_name="负责人",
    )
    capacity = models.PositiveIntegerField("名额", null=True, blank=True)
    rhythm = models.CharField("周期", max_length=60, editable=False)
    starts_at = models.TimeField("开始时刻", default=time(18, 30))
    ends_at = models.TimeField("结束时刻", default=time(20, 30))
    since = models.DateField("自")
    until = models.DateField("至")
    skips_holidays = models.BooleanField("遇节假日停一次", default=True)
    signs_members = models.BooleanField("成员默认报名", default=False)
    made_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="经办人"
    )

    class Meta:
        verbose_name = "系列活动"
        verbose_name_plural = "系列活动"
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="series_until_after_since",
                condition=Q(until__gte=F("since")),
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="series_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="结束时刻要晚于开始时刻。",
            ),
        ]

    def __str__(self) -> str:
        return self.title
