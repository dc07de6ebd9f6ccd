"""What is asked when a form is sent down: which period, which units, by when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gonghui.core.indicators.periods import days_of
from gonghui.core.orgs.models import Org
from gonghui.core.screens.units import UnitsForm
from gonghui.kit.dates import Period
from gonghui.kit.widgets import Day

from ..models import Collection, Form
from ..queries.collections import periods_for, units_below


class UnitsBelowForm(UnitsForm):
    """Which units below are asked."""

    def __init__(
        self, *args: Any, org: Org, depth: str, collection: Collection | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = units_below(org, depth=depth)
        if collection:
            rows = rows.exclude(pk__in=collection.filings.values("org"))
        self.offer(rows)


class SendForm(UnitsBelowForm):
    """A form sent down for one period."""

    period = forms.ChoiceField(label="报告期")
    due_on = forms.DateField(label="上报期限", widget=Day)
    words = forms.CharField(
        label="要求", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )

    field_order = ("period", "due_on", "words", "every", "units")

    def __init__(self, *args: Any, form: Form, depth: str, **kwargs: Any) -> None:
        super().__init__(*args, org=form.org, depth=depth, **kwargs)
        choices = periods_for(form.cadence, timezone.localdate())
        self.fields["period"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_period(self) -> Period:
        found = days_of(self.cleaned_data["period"])
        if found is None:
            raise ValidationError("请选一个报告期。")
        return found

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise ValidationError("上报期限已经过去，请选今天或以后的日期。")
        return due_on


class DueForm(forms.Form):
    """Another last day for a form that was sent down, and why."""

    due_on = forms.DateField(label="上报期限改为", widget=Day)
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = f"现在是 {collection.due_on}。"
