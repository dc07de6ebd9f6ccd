"""What is asked when a year is frozen, and when a stranger checks its paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gonghui.core.records.forms.check import CheckForm

YEARS_BACK = 10
LARGEST = 20 * 2**20
TOO_LARGE = "文件太大，不是本系统出具的档案。"


class FreezeForm(forms.Form):
    """Which year; the running one may be frozen too and says until which day."""

    year = forms.TypedChoiceField(label="年度", coerce=int)

    def __init__(self, *args: Any, years: list[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = timezone.localdate().year
        offered = years or [this - n for n in range(YEARS_BACK)]
        self.fields["year"].choices = [(year, f"{year} 年") for year in offered]  # type: ignore[attr-defined]


class VolumeCheckForm(CheckForm):
    """The code as printed, and the file where the stranger has it."""

    file = forms.FileField(
        label="档案文件",
        required=False,
        help_text="有 PDF 原文件时选上，核对它有没有被改动；文件不会保存。",
        widget=forms.ClearableFileInput({"accept": "application/pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "档案编号"
        self.fields["code"].help_text = "档案末尾、二维码旁的十六位编号，不分大小写。"
        self.fields["code"].error_messages["required"] = "请输入档案上的编号。"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > LARGEST:
            raise ValidationError(TOO_LARGE)
        return file
