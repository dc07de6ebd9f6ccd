"""The officer's screens of working time that part-time committee members give."""

from __future__ import annotations

from typing import Any

from django.db import models

from gonghui.core.screens.panels import Facts
from gonghui.core.screens.screens import Screens

from ..exchange import OFFICE_TIMES
from ..filters import OfficeTimeFilters
from ..forms import OfficeTimeForm
from ..models import OfficeTime
from ..rules import OFFICETIME_RULES
from ..tables import OfficeTimeTable


class OfficeTimeScreens(Screens):
    """Working days spent on union work; the law allows three a month to who is not full-time."""

    model = OfficeTime
    lead = (
        "非专职委员占用工作时间从事工会工作：哪天、几天、什么事，工资照发；超过规定的列入要留意。"
    )
    table = OfficeTimeTable
    filterset = OfficeTimeFilters
    form = OfficeTimeForm
    rules = OFFICETIME_RULES
    export = OFFICE_TIMES
    personal = True
    create_capability = "cadres.write"
    panels = (Facts("person", "org", "on", "days", "matter"),)

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "person")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        return {"actor": self.actor, "org": None if obj.pk else self.place.org}
