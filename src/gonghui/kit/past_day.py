"""A form field for a day that has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from .widgets import Day


class PastDayField(forms.DateField):
    """A day that has come; today is filled in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=Day, **{"initial": timezone.localdate} | kwargs)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError("日期还没到，请填今天或以前的日期。")
        return day
