"""Leave, part-time posts and days of hire, each of one person."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import PERSON_NAMES
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.widgets import Day

from ..models import Hire, Leave, PartTime


class OfPersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """The person is found among one's own people, and stays the same afterwards."""

    person = LookupField(label="人员", names=PERSON_NAMES, beside="org")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["person"]
            return
        people = Person.objects.active().filter(actor.reach("learning.write"))
        person: Any = self.fields["person"]
        person.offer(people.select_related("org"))


class LeaveForm(OfPersonForm):
    class Meta:
        model = Leave
        fields = ("person", "kind", "since", "until", "evidence")
        widgets = {"since": Day, "until": Day}


class PartTimeForm(OfPersonForm):
    class Meta:
        model = PartTime
        fields = ("person", "share", "since", "until", "evidence")
        widgets = {"since": Day, "until": Day}
        help_texts = {"share": "半职填 50。", "until": "留空就一直是这样。"}


class HireForm(OfPersonForm):
    on = PastDayField(label="入职日期", initial=None)

    class Meta:
        model = Hire
        fields = ("person", "on", "evidence")
