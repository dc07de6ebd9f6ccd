"""Working time that committee members who are not full-time give to the union."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class OfficeTime(OrgRecord):
    """Working days a part-time committee member spent on union work, paid as ever (ORG-19).

    ``org`` is the union it was for. Days and halves: what a working day is, the unit decides.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="office_times", verbose_name="委员"
    )
    on = models.DateField("日期")
    days = models.DecimalField("占用工作日", max_digits=3, decimal_places=1)
    matter = models.CharField("事由", max_length=100)

    class Meta:
        verbose_name = "占用工作时间"
        verbose_name_plural = "占用工作时间"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["on", "org"], name="officetime_by_day")]
        constraints = [
            models.CheckConstraint(
                name="officetime_some_days",
                condition=Q(days__gt=0),
                violation_error_message="占用的工作日要大于 0。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.on:%Y-%m-%d}"
