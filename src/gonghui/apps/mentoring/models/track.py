"""A unit's track of milestones: by when somebody who is brought on has come how far."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from gonghui.core.orgs.models import OrgRecord


class Track(OrgRecord):
    """A body's own track by which new people are brought on, with its milestones (R-181)."""

    title = models.CharField("方案", max_length=80)
    audience = models.CharField(
        "对象", max_length=100, blank=True, help_text="如：参加工作未满三年的教师。"
    )
    source = models.CharField("依据", max_length=200, blank=True)
    note = models.TextField("说明", max_length=1000, blank=True)
    is_current = models.BooleanField("现行", default=True)

    class Meta:
        verbose_name = "培养方案"
        verbose_name_plural = "培养方案"
        ordering = ["org_id", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["org", "title"],
                name="track_once",
                violation_error_message="本组织已有叫这个名称的方案。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """What is to be reached within so many months of the pair's first day.

    A name nobody has defined (五关, 五课) stays empty until the unit says what belongs to it, and
    until then nobody has passed it.
    """

    track = models.ForeignKey(Track, models.CASCADE, related_name="milestones", verbose_name="方案")
    months = models.PositiveSmallIntegerField(
        "几个月内", validators=[MinValueValidator(1)], help_text="从结对之日算起。"
    )
    title = models.CharField("名称", max_length=60)
    words = models.TextField("怎样算达到", max_length=1000, blank=True)
    needs_words = models.BooleanField("内容由本单位填写，填了才能评定", default=False)

    class Meta:
        verbose_name = "培养目标"
        verbose_name_plural = "培养目标"
        ordering = ["months", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["track", "title"],
                name="milestone_once",
                violation_error_message="这个方案已有同名的目标。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_blank(self) -> bool:
        """Only a name so far."""
        return self.needs_words and not self.words.strip()
