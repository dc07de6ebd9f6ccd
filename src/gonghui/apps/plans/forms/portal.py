"""What a member fills in on the phone about a task."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.kit.past_day import PastDayField
from gonghui.kit.several_files import SeveralFiles


class NoteForm(forms.Form):
    """What was done, on which day, with its proof, and whether that was all."""

    text = forms.CharField(
        label="做了什么",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写一句做了什么。"},
    )
    on = PastDayField(label="哪一天", error_messages={"required": "请填写日期。"})
    proof = SeveralFiles(
        label="照片或材料", required=False, help_text="可以一次选几个，每个不超过 20 MB。"
    )
    is_done = forms.BooleanField(label="这项任务办完了", required=False)

    def __init__(self, *args: Any, done_label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if done_label:
            self.fields["is_done"].label = done_label
