"""Photos of an activity: what they show, and that those shown agreed."""

from __future__ import annotations

from django.db import models

from gonghui.core.activities.models import Activity
from gonghui.core.people.models import Person


class Photo(models.Model):
    """A picture taken at an activity, kept because those who can be recognised agreed.

    Whoever uploads it answers for that; when somebody changes their mind it is taken down, and
    the file goes. The file itself is an attachment of the photo.
    """

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="photos", verbose_name="活动"
    )
    words = models.CharField("说明", max_length=100, blank=True)
    agreed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="谁确认同意"
    )
    width = models.PositiveIntegerField("宽（像素）")
    height = models.PositiveIntegerField("高（像素）")

    class Meta:
        verbose_name = "活动照片"
        verbose_name_plural = "活动照片"
        ordering = ["activity_id", "pk"]

    def __str__(self) -> str:
        return self.words or f"{self.activity}的照片"

    @property
    def seen_with(self) -> Activity:
        """Whoever may see the activity may see its photos."""
        return self.activity
