"""The small forms that steps of a round, a sheet and an objection ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.kit.deadlines import ONE_DAY
from gonghui.kit.widgets import Day

from ..models import Round


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 3}))


class ExtendForm(forms.Form):
    """Until when applications are taken in, and why longer."""

    takes_subject = True
    until = forms.DateField(label="申报截止改为", widget=Day)
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, subject: Round, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = f"现在的截止日期是 {subject.apply_until}。"
        self.earliest = max(subject.apply_until + ONE_DAY, timezone.localdate())

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.earliest:
            raise forms.ValidationError(f"最早改为 {self.earliest}。")
        return until


class AnswerForm(forms.Form):
    answer = forms.CharField(label="核实结果", max_length=1000, widget=forms.Textarea({"rows": 4}))
