"""What officers fill in about units without a union."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import (
    BODIES,
    UPPER,
    Kind,
)
from gonghui.core.orgs.tree import fit_beneath
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, reachable
from gonghui.kit.identity import code_problem, tidy
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.widgets import Day

from ..models import Prospect


class PaperForm(forms.Form):
    """The paper that asks for a union's approval."""

    on = PastDayField(label="报批日期")
    paper = forms.CharField(label="请示文号", max_length=60, required=False)


class WhyForm(forms.Form):
    reason = forms.CharField(label="原因", max_length=300)


class FoundForm(forms.Form):
    """The approval of a union: what it is called and by which paper it was approved."""

    takes_subject = True

    full_name = forms.CharField(label="工会全称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    kind = forms.ChoiceField(label="类型")
    since = PastDayField(label="成立日期")
    approval = forms.CharField(label="批复文号", max_length=60)
    approved_on = PastDayField(label="批复日期")

    def __init__(self, *args: Any, subject: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, label) for kind, label in fit_beneath(subject.org) if kind not in BODIES]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field
        self.initial.setdefault("full_name", f"{subject.unit}工会")
        self.initial.setdefault("kind", Kind.GRASSROOTS)
        self.fields["full_name"].help_text = f"设在「{subject.org}」之下，成为组织树里的一个工会。"


class ProspectForm(forms.ModelForm):  # type: ignore[type-arg]
    """A unit without a union, and who is to help it found one."""

    org = LookupField(label="负责的上级工会", names=ORG_NAMES)
    found_on = PastDayField(label="登记日期")
    keeper = LookupField(label="包联干部", names=PERSON_NAMES, beside="org", required=False)

    class Meta:
        model = Prospect
        fields = (
            "unit", "org", "code", "sort", "industry", "workers", "women", "founded_on",
            "address", "contact", "phone", "found_on", "keeper",
        )  # fmt: skip
        widgets = {"founded_on": Day}
        help_texts = {"workers": "不知道的留空，不要填 0。"}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.active().filter(actor.reach("people.view"))
        self.fields["keeper"].offer(people.select_related("org"))  # type: ignore[attr-defined]  # our own field
        if self.instance.pk:
            del self.fields["org"]
            return
        above = reachable(actor, "organisation.write").filter(kind__in=UPPER)
        self.fields["org"].offer(above)  # type: ignore[attr-defined]  # our own field

    def clean_code(self) -> str:
        code = tidy(self.cleaned_data["code"])
        if code and (problem := code_problem(code)):
            raise forms.ValidationError(problem)
        return code


class SurveyForm(forms.Form):
    """What was found on a visit."""

    on = PastDayField(label="调研日期")
    text = forms.CharField(label="调研情况", max_length=2000, widget=forms.Textarea({"rows": 5}))
