"""The small forms the steps of a pair ask for."""

from __future__ import annotations

from django import forms

from gonghui.kit.past_day import PastDayField

from ..models import Grade


class DeclineForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200)


class RevokeForm(forms.Form):
    on = PastDayField(label="撤销日期")
    reason = forms.CharField(
        label="原因", max_length=200, help_text="本人看得到；记录保留，学习档案里的荣誉一并撤回。"
    )


class EndForm(forms.Form):
    on = PastDayField(label="终止日期")
    reason = forms.CharField(label="原因", max_length=200, help_text="如：徒弟调离。")


class GraduateForm(forms.Form):
    on = PastDayField(label="出师日期")
    grade = forms.ChoiceField(label="评定", choices=Grade.choices)
    verdict = forms.CharField(
        label="评语", max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text="学会了什么、还要注意什么；本人和师傅都看得到。",
    )  # fmt: skip
