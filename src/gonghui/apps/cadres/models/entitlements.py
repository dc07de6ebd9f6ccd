"""What a cadre is entitled to by their post, and whether they have it."""

from __future__ import annotations

from django.db import models

from gonghui.core.orgs.models import OrgRecord
from gonghui.core.people.models import Person


class EntitlementKind(models.TextChoices):
    """Political and economic entitlements (R-034)."""

    POLITICAL = "political", "政治待遇"
    ECONOMIC = "economic", "经济待遇"


class Entitlement(OrgRecord):
    """Something a union cadre is entitled to, by which rule, and since when they have it."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="entitlements", verbose_name="干部"
    )
    kind = models.CharField("类别", max_length=10, choices=EntitlementKind.choices)
    what = models.CharField(
        "待遇", max_length=100, help_text="例如：按同级党政副职落实、列席党委会、兼职补贴。"
    )
    basis = models.CharField("依据", max_length=100, blank=True)
    due_on = models.DateField("应落实日期", null=True, blank=True)
    done_on = models.DateField("已落实日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "干部待遇"
        verbose_name_plural = "干部待遇"
        ordering = ["org_id", "person_id", "pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.what}"
