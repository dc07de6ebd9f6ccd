"""What the page of who lacks what is asked for."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.kit.past_day import PastDayField

from ..models import StudyRule


class StandingForm(forms.Form):
    """One rule or all of them, and the day."""

    rule = forms.ChoiceField(label="学习制度")
    day = PastDayField(label="哪一天")

    def __init__(self, *args: Any, rules: list[StudyRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule: Any = self.fields["rule"]
        rule.choices = [("all", "全部（按最差的一项算）")] + [
            (str(one.pk), f"{one.name}（{one.org}）") for one in rules
        ]
