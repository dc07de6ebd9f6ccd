"""The table of calendar addresses; what is in a calendar is asked of its source."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.people.models import Person


class Feed(models.Model):
    """A calendar address somebody subscribes to; renewing it closes the old one.

    ``source`` says whose calendar it is and ``about`` which record of it: a plan, a body; without
    one it is the person's own.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="feeds", verbose_name="人员")
    source = models.CharField("来源", max_length=20)
    about = models.PositiveBigIntegerField("记录", null=True)
    token = models.CharField(max_length=64, unique=True)
    renewed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "日历订阅"
        verbose_name_plural = "日历订阅"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source", "about"],
                condition=~Q(about=None),
                name="feed_once_a_record",
            ),
            models.UniqueConstraint(
                fields=["person", "source"], condition=Q(about=None), name="feed_once_of_ones_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.source} {self.about or ''}".rstrip()
