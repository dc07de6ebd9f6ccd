"""A form field for a day that has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from .widgets import Day


class PastDayField(forms.DateField):
    """A day that has come; where one is needed and none is known, today is filled in."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=Day, **{"initial": timezone.localdate} | kwargs)

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """A record that is only being made knows no day yet, and must not empty the field."""
        state = getattr(getattr(form, "instance", None), "_state", None)
        if self.required and getattr(state, "adding", False) and not form.initial.get(field_name):
            form.initial.pop(field_name, None)
        return super().get_bound_field(form, field_name)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and day > timezone.localdate():
            raise forms.ValidationError("日期还没到，请填今天或以前的日期。")
        return day
