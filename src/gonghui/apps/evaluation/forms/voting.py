"""Until when members may vote, and what one of them says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from gonghui.kit.deadlines import ONE_DAY
from gonghui.kit.widgets import Day

from ..models import Choice, Criterion, Poll

USUAL, LONGEST = 7, 60  # days a vote runs


class OpenVoteForm(forms.Form):
    """The last day of a vote; it begins at once."""

    until = forms.DateField(
        label="评议截止",
        widget=Day,
        help_text="当天也可以评；开始以后不能提前结束，参加的人少可以往后改。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.initial["until"] = self.today + timedelta(days=USUAL)

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        first, last = self.today + ONE_DAY, self.today + timedelta(days=LONGEST)
        if not first <= until <= last:
            raise forms.ValidationError(f"请在 {first} 至 {last} 之间选一天。")
        return until


class MoveVoteForm(forms.Form):
    """A later last day of a vote that runs, and why."""

    until = forms.DateField(
        label="评议截止改为", widget=Day, help_text="当天也可以评；只能往后改。"
    )
    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = poll.until + ONE_DAY
        self.last = poll.opened_on + timedelta(days=LONGEST)

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.first <= until <= self.last:
            raise forms.ValidationError(
                f"请在 {self.first} 至 {self.last} 之间选一天；一次评议最长 {LONGEST} 天。"
            )
        return until


class VoteForm(forms.Form):
    """One choice for every item; none is chosen beforehand."""

    def __init__(self, *args: Any, items: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for one in items:
            self.fields[f"item_{one.pk}"] = forms.ChoiceField(
                label=one.name.removesuffix("（%）"),
                choices=Choice.choices,
                widget=forms.RadioSelect,
            )

    @property
    def choices(self) -> dict[int, str]:
        return {one.pk: self.cleaned_data[f"item_{one.pk}"] for one in self.items}
