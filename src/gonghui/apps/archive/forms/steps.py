"""The small forms that steps ask for."""

from __future__ import annotations

from django import forms


class ReasonForm(forms.Form):
    """Why a piece goes back, in words its person can act on."""

    reason = forms.CharField(
        label="退回原因",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="本人会看到，请写明要补什么。",
        error_messages={"required": "请写明为什么退回、要补什么。"},
    )
