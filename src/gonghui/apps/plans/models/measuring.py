"""What somebody wrote down of a figure no record counts: month by month, with its proof."""

from __future__ import annotations

from django.db import models

from gonghui.core.people.models import Person
from gonghui.kit.amounts import plain

from .item import Item, Target


class Reading(models.Model):
    """How far a promised figure had come by a day of a month, as the person in charge says."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="readings")
    month = models.DateField("月份")
    on = models.DateField("截至")
    value = models.DecimalField("累计实际", max_digits=18, decimal_places=4)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="readings")
    at = models.DateTimeField("记录时间", auto_now=True)

    class Meta:
        verbose_name = "每月实际"
        verbose_name_plural = "每月实际"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "month"],
                name="reading_once_a_month",
                violation_error_message="这个月已经记过了。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {plain(self.value)}"

    @property
    def seen_with(self) -> Item:
        """Whoever may see the task may see what was noted and attached."""
        return self.target.item
