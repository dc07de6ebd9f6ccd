"""Tiered cultivation: a unit's tiers, and on which of them somebody stands from when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class Ladder(OrgRecord):
    """A unit's tiers for bringing people on by what they are (分层培养, R-182)."""

    title = models.CharField("分层方案", max_length=80)
    audience = models.CharField("对象", max_length=100, blank=True)
    source = models.CharField("依据", max_length=200, blank=True)
    note = models.TextField("说明", max_length=1000, blank=True)
    is_current = models.BooleanField("现行", default=True)

    class Meta:
        verbose_name = "分层方案"
        verbose_name_plural = "分层方案"
        ordering = ["org_id", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "title"],
                name="ladder_once",
                violation_error_message="本组织已有叫这个名称的方案。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Tier(models.Model):
    """One tier of a ladder, from the lowest up, and what is done for those who stand on it."""

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="tiers", verbose_name="方案")
    position = models.PositiveSmallIntegerField("第几层")
    name = models.CharField("名称", max_length=40)
    words = models.TextField("怎样培养", max_length=1000, blank=True)

    class Meta:
        verbose_name = "层次"
        verbose_name_plural = "层次"
        ordering = ["ladder_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ladder", "name"],
                name="tier_once",
                violation_error_message="这个方案已有同名的层次。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlacementQuerySet(models.QuerySet["Placement"]):
    def on(self, day: date) -> PlacementQuerySet:
        """What held on a day; both ends count."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class Placement(OrgRecord):
    """On which tier somebody stands from when to when; on one tier of a ladder at a time."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="placements", verbose_name="人员"
    )
    ladder = models.ForeignKey(
        Ladder, models.PROTECT, related_name="placements", verbose_name="分层方案"
    )
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="placements", verbose_name="层次")
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True)
    reason = models.CharField("依据", max_length=200, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "分层记录"
        verbose_name_plural = "分层记录"
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "ladder"],
                condition=Q(until=None),
                name="placement_one_at_a_time",
                violation_error_message="一个人在一个方案里同时只能在一层。",
            ),
            models.CheckConstraint(
                name="placement_until_after_since",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message="结束日期不能早于开始日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.tier}"
