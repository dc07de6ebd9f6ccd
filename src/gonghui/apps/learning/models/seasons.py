"""A unit's terms and school years."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gonghui.core.orgs.models import OrgRecord


class Season(OrgRecord):
    """A term or a school year of a unit; those below go by it unless they have their own."""

    class Kind(models.TextChoices):
        TERM = "term", "学期"
        SCHOOL_YEAR = "school_year", "学年"

    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    name = models.CharField("名称", max_length=40, help_text="例如：2026 年秋季学期。")
    start = models.DateField("第一天")
    end = models.DateField("最后一天")

    class Meta:
        verbose_name = "学期学年"
        verbose_name_plural = "学期学年"
        ordering = ["-start", "org_id", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="season_end_after_start",
                condition=Q(end__gt=F("start")),
                violation_error_message="最后一天要晚于第一天。",
            ),
            models.UniqueConstraint(
                fields=["org", "kind", "start"],
                name="season_starts_once",
                violation_error_message="这一天开始的学期或学年已经登记过。",
            ),
            models.UniqueConstraint(
                fields=["org", "kind", "name"],
                name="season_named_once",
                violation_error_message="这个名称已经用过。",
            ),
        ]

    def __str__(self) -> str:
        return self.name
