"""The list of bodies as they stood on a day, read from their versions."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import timezone

from gonghui.core.orgs.models import OrgVersion
from gonghui.core.screens.panels import Facts
from gonghui.core.screens.screens import Screens
from gonghui.kit.dates import day_said

from .. import queries
from ..exchange import VERSIONS
from ..filters import VersionFilters
from ..rules import ORGVERSION_RULES
from ..tables import VersionTable


class VersionScreens(Screens):
    """What bodies were called and where they stood on a day; only those the actor sees today."""

    model = OrgVersion
    namespace = "organisation"
    lead = "某一天有哪些组织，按当时的名称、类型、两个上级和代码列出。"
    table = VersionTable
    filterset = VersionFilters
    rules = ORGVERSION_RULES
    export = VERSIONS
    org_field = ""
    panels = (
        Facts(
            "org", "name", "short_name", "kind", "parent", "second_parent", "code",
            "employer_code", "since", "until",
        ),
    )  # fmt: skip

    @cached_property
    def day(self) -> date:
        return day_said(self.request.GET.get("on", "")) or timezone.localdate()

    @property
    def is_past(self) -> bool:
        return self.day < timezone.localdate()

    def queryset(self) -> models.QuerySet[Any]:
        return queries.with_above(super().queryset().select_related("org"), self.day)

    def listed(self) -> models.QuerySet[Any]:
        """Below the chosen body's place of that day."""
        rows, place = self.visible(), self.place.org
        then = OrgVersion.objects.on(self.day).filter(org=place).first() if place else None
        return rows.on(self.day).below(then.path) if then else rows.none()  # type: ignore[attr-defined]  # its own queryset
