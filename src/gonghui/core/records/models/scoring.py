"""How the ranks of an activity's items become points of its teams."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.activities.models import Activity
from gonghui.core.signing.models import Quota


class Scoring(models.Model):
    """What ranks are worth at one activity, as its organiser chose it; no points, no teams' table.

    In the items in ``together`` a team competes as one: its best rank counts once, ``times`` as
    much.
    """

    activity = models.OneToOneField(
        Activity, models.CASCADE, primary_key=True, related_name="scoring", verbose_name="活动"
    )
    points = models.JSONField("各名次得分", default=list, blank=True)
    together = models.ManyToManyField(Quota, blank=True, related_name="+", verbose_name="集体项目")
    times = models.PositiveSmallIntegerField("集体项目按几倍计", default=1)

    class Meta:
        verbose_name = "团体计分办法"
        verbose_name_plural = "团体计分办法"
        ordering = ["activity_id"]
        constraints = [
            models.CheckConstraint(
                name="scoring_counts_at_least_once",
                condition=Q(times__gte=1),
                violation_error_message="集体项目至少按 1 倍计。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity}的团体计分"
