"""The small forms that decisions on applications and transfers ask for."""

from __future__ import annotations

from django import forms

from gonghui.kit.past_day import PastDayField


class ApproveForm(forms.Form):
    """Which meeting or paper, on which day; from that day on they are a member."""

    day = PastDayField(label="批准日期", help_text="从这一天起是会员。")
    document = forms.CharField(
        label="会议或文号", required=False, max_length=100, help_text="例如：第五届第九次委员会"
    )


class RefuseForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200, widget=forms.Textarea({"rows": 3}))


class ReleaseForm(forms.Form):
    day = PastDayField(label="同意转出的日期")
    document = forms.CharField(label="介绍信或文号", required=False, max_length=100)


class TakingInForm(forms.Form):
    """Of whom it is taken in as it was: without work, in the care of another union (MEM-06)."""

    keeps = forms.BooleanField(
        label="会籍继续保留",
        required=False,
        help_text="只用于保留会籍的人：还没有新单位，会籍转到居住地等工会代管。不勾选的，转入后就是在籍会员。",
    )


class AcceptForm(TakingInForm):
    day = PastDayField(label="接收日期", help_text="从这一天起，会籍属于新工会。")
    field_order = ("day", "keeps")


class SettleForm(TakingInForm):
    day = PastDayField(label="裁定日期", help_text="从这一天起，会籍属于新工会。")
    document = forms.CharField(label="依据或文号", max_length=100)
    field_order = ("day", "document", "keeps")
