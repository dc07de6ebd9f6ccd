"""What a stranger types to check a paper."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from ..engine.proofs import read


class CheckForm(forms.Form):
    """The code as printed; spaces, strokes and small letters do no harm."""

    code = forms.CharField(
        label="证明编号",
        max_length=40,
        help_text="证明左下角的十六位编号，不分大小写。",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "请输入证明上的编号。"},
    )

    def clean_code(self) -> str:
        code = read(self.cleaned_data["code"])
        if not code:
            raise ValidationError("编号应是十六位字母和数字，请对照证明再看一遍。")
        return code
