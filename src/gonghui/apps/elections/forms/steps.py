"""The small forms that the steps of an election or a departure ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.kit.past_day import PastDayField
from gonghui.kit.widgets import Day


class StepForm(forms.Form):
    """The day of a step and the paper or meeting it rests on."""

    on = PastDayField(label="日期")
    paper = forms.CharField(label="文号或会议", max_length=60, required=False)
    note = forms.CharField(label="说明", max_length=300, required=False)


class ApprovalForm(StepForm):
    """A step that is nothing without its paper."""

    paper = forms.CharField(label="批复文号", max_length=60)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 3}))


class PublishForm(forms.Form):
    """From when to when, and where, the list of candidates is shown."""

    notice_from = forms.DateField(label="公示自", widget=Day)
    notice_until = forms.DateField(label="公示至", widget=Day)
    place = forms.CharField(
        label="公示地点", max_length=100, required=False, help_text="例如：各车间公告栏、单位内网。"
    )


class ConveneForm(forms.Form):
    """The day of the meeting and who came."""

    takes_subject = True

    on = PastDayField(label="大会日期")
    should_attend = forms.IntegerField(
        label="应到会人数", min_value=1, help_text="会员大会为全体会员，代表大会为全体代表。"
    )
    present = forms.IntegerField(label="实到会人数", min_value=0)
    paper = forms.CharField(
        label="大会名称",
        max_length=60,
        required=False,
        help_text="例如：第四届第一次会员代表大会。",
    )

    def __init__(self, *args: Any, subject: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if subject.notice_until:
            until = f"{subject.notice_until:%Y-%m-%d}"
            self.fields["on"].help_text = f"公示到 {until} 为止，大会须在这之后。"


class DecideForm(forms.Form):
    """How the union itself decided on a departure."""

    takes_subject = True

    decided_on = PastDayField(label="表决日期")
    meeting = forms.CharField(label="表决会议", max_length=100)
    eligible = forms.IntegerField(label="全体人数", min_value=1)
    yes = forms.IntegerField(label="赞成票", min_value=0)

    def __init__(self, *args: Any, subject: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        removal = subject.way == "removal"
        self.fields["eligible"].help_text = (
            "罢免须召开会员（代表）大会讨论，分母是全体会员或全体代表，不是到会人数。"
            if removal
            else "须征得本级工会委员会同意，填全体委员人数。"
        )


class SubmitForm(forms.Form):
    """The day on which the union above was asked; its days to answer run from then."""

    submitted_on = PastDayField(label="报上级日期")


class ConsentForm(forms.Form):
    """The upper union's consent, and the day the post ends."""

    approved_on = PastDayField(label="同意日期")
    approval = forms.CharField(label="文号", max_length=60)
    left_on = forms.DateField(label="离任日期", widget=Day)
