"""The small forms that steps of a life ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.kit.lookup import LookupField

from ..models import Demand, Programme, ProgrammeState
from ..rules import PROGRAMME_RULES


class MergeForm(forms.Form):
    """Into which programme a need goes; also for several needs at once."""

    takes_actor = takes_subject = True
    programme = LookupField(
        label="纳入哪个项目", names=("title",), help_text="先在「培训项目」里拟好项目，再选。"
    )

    def __init__(
        self, *data: Any, actor: Actor, subject: Demand | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*data, **kwargs)
        rows = Programme.objects.exclude(state=ProgrammeState.CLOSED)
        if subject is not None:
            rows = rows.filter(year=subject.year)
        field: Any = self.fields["programme"]
        field.offer(PROGRAMME_RULES["place"].narrow(rows, actor))


class DeclineForm(forms.Form):
    """Why a need is not taken up."""

    reason = forms.CharField(
        label="为什么这次不采纳", max_length=200, widget=forms.Textarea({"rows": 3})
    )


class CancelForm(forms.Form):
    """Why a class is not held."""

    reason = forms.CharField(label="为什么停办", max_length=200, widget=forms.Textarea({"rows": 3}))
