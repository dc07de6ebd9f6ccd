"""The short form of a session beside the shift, and the steps of a plan."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import PERSON_NAMES
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day

from ..models import Instructor, PlanStep, Shift, StudyPlan
from ..queries.board import people_of
from .records import people_near

LONG = 30  # minutes a session beside the shift usually takes
# Teachers and offices study together; they have no shift to study before or after.
UNSHIFTED = frozenset({Kind.YEAR_GROUP, Kind.SECTION})
MONTHS = [(n, f"{n} 月") for n in range(1, 13)]


def note_words(org: Org) -> str:
    """What putting a session on record is called, as those of a body say it."""
    return "记一次集体学习" if org.kind in UNSHIFTED else "记一次班前班后学习"


class StudyForm(forms.Form):
    """When, about what, who came, what came of it: half a minute on a phone."""

    theme = forms.CharField(label="学什么", max_length=90)
    shift = forms.ChoiceField(label="时间", choices=Shift.choices, widget=forms.RadioSelect)
    on = forms.DateField(label="日期", widget=Day)
    at = forms.TimeField(label="几点开始", widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = forms.IntegerField(label="多少分钟", min_value=5, max_value=480, initial=LONG)
    place = forms.CharField(label="地点", max_length=100, required=False)
    step = forms.ModelChoiceField(
        PlanStep.objects.none(), label="计划里的哪一步", required=False, empty_label="不在计划里"
    )
    teacher = LookupField(label="谁讲", names=PERSON_NAMES, beside="org", required=False)
    came = forms.ModelMultipleChoiceField(
        Person.objects.none(), label="到场的人", required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="先都勾上了，没有来的请去掉；还没有到时间的，不用管这一项。",
    )  # fmt: skip
    gains = forms.CharField(
        label="学了什么，有什么收获", max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="一两句就行；还没有开的先空着。",
    )  # fmt: skip

    def __init__(self, *args: Any, org: Org, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        people = people_of(org)
        fields: Any = self.fields
        fields["came"].queryset = people
        fields["step"].queryset = PlanStep.objects.filter(
            plan__org=org, plan__year=now.year, done_on=None
        )
        fields["teacher"].offer(people_near(org, actor))
        self.initial.setdefault("on", now.date())
        self.initial.setdefault("at", f"{now - timedelta(minutes=LONG):%H:%M}")
        self.initial.setdefault("shift", Shift.BEFORE)
        if org.kind in UNSHIFTED:
            del fields["shift"]
        self.initial.setdefault("came", [one.pk for one in people])

    @property
    def starts_at(self) -> datetime:
        said = self.cleaned_data
        at: time = said["at"]
        return datetime.combine(said["on"], at, timezone.get_current_timezone())


class PlanStepForm(forms.ModelForm):  # type: ignore[type-arg]
    """One more step of a plan."""

    month = forms.TypedChoiceField(label="月份", choices=MONTHS, coerce=int)

    class Meta:
        model = PlanStep
        fields = ("month", "topic", "instructor")

    def __init__(self, *args: Any, plan: StudyPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["instructor"]
        field.queryset = Instructor.objects.filter(org=plan.org).select_related("person")
        field.empty_label = "未定"


class ManyForm(forms.Form):
    """Several teams begin to take part on one day."""

    since = forms.DateField(label="自哪天起参加", widget=Day, initial=timezone.localdate)
