"""The small forms that ends of a title ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.kit.widgets import Day

from .models import Title

LINES = forms.Textarea({"rows": 3})


class RenewForm(forms.Form):
    """Until when the next term holds, and on what ground."""

    takes_subject = True
    until = forms.DateField(label="新的有效期至", widget=Day)
    reason = forms.CharField(label="复评意见", max_length=300, widget=LINES)

    def __init__(self, *args: Any, subject: Title, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = f"现在的有效期至 {subject.until}，新一期从次日起。"


class DowngradeForm(forms.Form):
    to = forms.CharField(label="降为", max_length=40)
    reason = forms.CharField(label="原因", max_length=300, widget=LINES)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label="撤销原因", max_length=300, widget=LINES)
