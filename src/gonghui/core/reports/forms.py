"""What is asked for a report, a code, and a union's own text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from .parts import unknown_in
from .shipped import SORTS


class SortForm(forms.Form):
    """Which sort of report."""

    sort = forms.ChoiceField(label="类别", choices=[(code, s.label) for code, s in SORTS.items()])


class CodeForm(forms.Form):
    """The code of a figure as a paper bears it."""

    code = forms.CharField(
        label="编号和序号", max_length=20, help_text="写在文件末尾，如 K7M3PA-12。"
    )


class WordingForm(forms.Form):
    """A text with its figures; empty goes back to what holds without it."""

    text = forms.CharField(
        label="文字", required=False, max_length=4000, widget=forms.Textarea({"rows": 6}),
        help_text="花括号里是指标的代码，写成文件时换成数字；{单位}、{期间} 换成单位和期间。",
    )  # fmt: skip

    def clean_text(self) -> Any:
        text = self.cleaned_data["text"].strip()
        if unknown := unknown_in(text):
            raise ValidationError(f"没有这样的指标：{'、'.join(unknown)}。请照下面的代码写。")
        return text
