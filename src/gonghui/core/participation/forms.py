"""Which days are asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gonghui.kit.dates import Period
from gonghui.kit.past_day import PastDayField


class PeriodForm(forms.Form):
    """From which day to which; this year up to today unless said otherwise."""

    since = PastDayField(label="从", required=False)
    until = PastDayField(label="到", required=False)


def period_asked(said: Any) -> tuple[PeriodForm, Period]:
    """The form as it is shown again, and the days it says; turned round, they are put in order."""
    today = timezone.localdate()
    first = date(today.year, 1, 1)
    asked = "since" in said or "until" in said
    form = PeriodForm(said if asked else None, initial={"since": first, "until": today})
    days = (first, today)
    if asked and form.is_valid():
        days = (form.cleaned_data["since"] or first, form.cleaned_data["until"] or today)
    return form, Period(min(days), max(days))
