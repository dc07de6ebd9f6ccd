"""Applications to join: the list, the page and the unit's form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from gonghui.core.screens.bulk import BulkAction
from gonghui.core.screens.panels import WORDS, Facts, Text
from gonghui.core.screens.screens import Screens

from ..actions import applications as actions
from ..filters import ApplicationFilters
from ..flow import JOINING
from ..forms.applications import ApplicationForm
from ..models import Application
from ..rules import APPLICATION_RULES
from ..tables import ApplicationTable
from .exports import APPLICATIONS

WORDS |= {"day": "日期", "document": "会议或文号"}


class ApplicationScreens(Screens):
    """Who wants to join, and what the committee said."""

    model = Application
    lead = "职工自愿提出申请，由基层工会委员会批准；批准之日起是会员。"
    table = ApplicationTable
    filterset = ApplicationFilters
    form = ApplicationForm
    rules = APPLICATION_RULES
    flow = JOINING
    create_capability = "people.write"
    export = APPLICATIONS
    personal = True
    acts = True
    bulk = (BulkAction.of(JOINING, "approve"), BulkAction.of(JOINING, "refuse"))
    panels = (
        Facts("person", "org", "way", "applied_on", "made_by"),
        Text("words"),
        Facts("decided_on", "decided_by", "document", "refusal", title="审批"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("person", "org", "made_by", "decided_by")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        if obj.pk:
            return {"actor": self.actor}
        given = {"applied_on": timezone.localdate(), "person": _said(self.request, "person")}
        return {"actor": self.actor, "initial": {k: v for k, v in given.items() if v}}

    def write(self, form: forms.ModelForm) -> models.Model:
        values = dict(form.cleaned_data)
        if form.instance.pk:
            return actions.change_application(form.instance, by=self.actor, **values)
        return actions.apply(values.pop("person"), by=self.actor, **values)


def _said(request: HttpRequest, key: str) -> int | None:
    said = request.GET.get(key, "")
    return int(said) if said.isdecimal() else None
