"""The small forms that steps of a round, a sheet and an objection ask for."""

from __future__ import annotations

from django import forms


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 3}))


class AnswerForm(forms.Form):
    answer = forms.CharField(label="核实结果", max_length=1000, widget=forms.Textarea({"rows": 4}))
