"""What ranks are worth to the teams, as the organiser writes it."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from gonghui.core.activities.models import Activity

from ..models import Scoring
from ..queries.results import items_of

MOST, HIGHEST = 50, 9999


class ScoringForm(forms.Form):
    """Points by rank in one line, and which items a team does as one."""

    points = forms.CharField(
        label="各名次得分",
        required=False,
        max_length=300,
        help_text="从第 1 名写起，用顿号隔开，如 5、3、1；后面的名次不得分。留空就不算团体总分。",
    )
    together: Any = forms.ModelMultipleChoiceField(
        label="集体项目",
        required=False,
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text="接力、拔河这类一队一起比的：一个队只计一次，取最好的名次。",
    )
    times = forms.IntegerField(label="集体项目按几倍计", required=False, min_value=1, max_value=9)

    def __init__(self, *args: Any, activity: Activity, scoring: Scoring, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["together"].queryset = items_of(activity)
        self.initial["points"] = "、".join(map(str, scoring.points))
        self.initial["times"] = scoring.times
        if scoring.points:
            self.initial["together"] = list(scoring.together.all())

    def clean_points(self) -> list[int]:
        words = [one for one in re.split(r"[、，,；;\s]+", self.cleaned_data["points"]) if one]
        if len(words) > MOST:
            raise forms.ValidationError(f"最多写到第 {MOST} 名。")
        if any(not re.fullmatch(r"\d{1,4}", one) for one in words):
            raise forms.ValidationError("得分写整数，用顿号隔开，如 5、3、1。")
        return [int(one) for one in words]

    def clean_times(self) -> int:
        return self.cleaned_data["times"] or 1
