"""The small forms that steps of a topic's life and of a registration ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.kit.past_day import PastDayField

from ..models import Topic


class ReleaseForm(forms.Form):
    """What came of a topic, with the figure afterwards where there is a measure."""

    takes_subject = True
    on = PastDayField(label="发布日期")
    after = forms.DecimalField(label="改善后", max_digits=12, decimal_places=2, required=False)
    result = forms.CharField(
        label="成果", max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, subject: Topic, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if subject.measure:
            self.fields["after"].label = f"改善后的{subject.measure}（{subject.unit}）"
        else:
            del self.fields["after"]


class PraiseForm(forms.Form):
    """How the group was praised."""

    on = PastDayField(label="表彰日期")
    words = forms.CharField(
        label="怎样表彰", max_length=200, help_text="如：在班前会上表彰，奖给小组工具一套。"
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=200)


class LeaveForm(forms.Form):
    """From when a body takes part no more."""

    until = PastDayField(label="参加到哪一天")
    reason = forms.CharField(label="原因", max_length=200)
