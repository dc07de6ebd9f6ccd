"""The small forms: milestones, tiers, a lesson, a finding, a wish to go and its answer."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.people.models import Person
from gonghui.core.screens.choices import PERSON_NAMES
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField

from ..models import Going, Lesson, Milestone, Tier
from ..queries.pairs import Step

EMPTY_ROWS = 2


class MilestoneForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Milestone
        fields = ("months", "title", "words", "needs_words")
        widgets = {"words": forms.Textarea({"rows": 2})}
        labels = {"needs_words": "内容由本单位填写，填了才能评定"}


class TierForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Tier
        fields = ("position", "name", "words")
        widgets = {"words": forms.Textarea({"rows": 2})}


MilestoneSet = forms.modelformset_factory(
    Milestone, MilestoneForm, extra=EMPTY_ROWS, can_delete=True
)
TierSet = forms.modelformset_factory(Tier, TierForm, extra=EMPTY_ROWS, can_delete=True)


def rows_of(formset: Any) -> list[dict[str, Any]]:
    """What a set of forms says, as the action takes it; rows to delete and empty ones left out."""
    rows = []
    for form in formset.forms:
        said = dict(form.cleaned_data)
        whole = said.pop("id", None)
        if not said or said.pop("DELETE", False):
            continue
        rows.append(said | ({"pk": whole.pk} if whole else {}))
    return rows


class LessonForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the two did, written by one of them."""

    on = PastDayField(label="日期")

    class Meta:
        model = Lesson
        fields = ("on", "what", "words", "hours")
        widgets = {"words": forms.Textarea({"rows": 4})}
        help_texts = {"hours": "没有记时间就空着；填了，对方确认后记学时。"}

    def _post_clean(self) -> None:
        """The action checks the whole lesson: its pair and its writer are not of the form."""


class PassForm(forms.Form):
    """Which of the pair's milestones was reached, and on which day."""

    milestone = forms.TypedChoiceField(label="培养目标")
    on = PastDayField(label="达到日期")
    words = forms.CharField(label="评定意见", max_length=300, required=False)

    def __init__(self, *args: Any, steps: list[Step], asked: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(one.milestone.pk): one.milestone for one in steps}
        field: Any = self.fields["milestone"]
        field.choices = [(key, str(one)) for key, one in known.items()]
        field.coerce = known.get
        self.initial["milestone"] = asked


class WishForm(forms.Form):
    words = forms.CharField(label="想学什么", max_length=200, required=False)


class GoingForm(forms.ModelForm):  # type: ignore[type-arg]
    """What became of somebody's wish, what it cost, what it gave."""

    class Meta:
        model = Going
        fields = ("outcome", "cost", "class_hours", "gains")
        widgets = {"gains": forms.Textarea({"rows": 4})}
        help_texts = {
            "class_hours": "经核定的学时；没有核定就空着。",
            "cost": "还没有报销就空着。",
        }

    def _post_clean(self) -> None:
        """The action checks the whole row, with the places of the offer."""


class SendForm(forms.Form):
    person = LookupField(label="选派", names=PERSON_NAMES, beside="org")

    def __init__(self, *args: Any, path: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        people = Person.objects.active().filter(org__within=(path,))
        field.offer(people.select_related("org"))
