"""Choosing units below: each by itself, or all there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from gonghui.core.orgs.models import Org


class UnitsForm(forms.Form):
    """Which units something is sent to; a subclass offers them in its ``__init__``."""

    every = forms.BooleanField(label="全部单位", required=False)
    units = forms.ModelMultipleChoiceField(
        label="单位",
        queryset=Org.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个单位。"},
    )

    def offer(self, rows: QuerySet[Org]) -> None:
        units: Any = self.fields["units"]
        units.queryset = rows
        units.label_from_instance = lambda unit: unit.name
        units.required = "every" not in self.data
        self.fields["every"].label = f"下面全部 {rows.count()} 个单位"

    def chosen(self) -> Iterable[Org]:
        units: Any = self.fields["units"]
        rows: Iterable[Org] = (
            units.queryset if self.cleaned_data["every"] else self.cleaned_data["units"]
        )
        return rows
