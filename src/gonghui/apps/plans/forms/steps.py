"""The small forms that steps in the life of a plan or a task ask for."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone

from gonghui.kit.past_day import PastDayField


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 3}))


class ApproveForm(forms.Form):
    """Which meeting passed the plan (R-035)."""

    approved_by = forms.CharField(
        label="通过会议", max_length=100, help_text="例如：第五届第九次全委会"
    )
    approved_on = PastDayField(label="通过日期")


class CloseForm(forms.Form):
    closing = forms.CharField(
        label="总结说明",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="总结的 Word 文件可在计划页随时生成；这里可以写一句结论。",
    )


class FinishForm(forms.Form):
    on = PastDayField(label="完成日期")
    note = forms.CharField(label="完成情况", required=False, widget=forms.Textarea({"rows": 3}))


class PutOffForm(forms.Form):
    month = forms.DateField(
        label="推迟到",
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        input_formats=["%Y-%m", "%Y-%m-%d"],
    )
    reason = forms.CharField(label="原因", max_length=300)

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"]
        if month.replace(day=1) < timezone.localdate().replace(day=1):
            raise forms.ValidationError("推迟到的月份已经过去，请选本月或以后。")
        return month
