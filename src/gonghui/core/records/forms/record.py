"""What is written down afterwards: minutes and gains, contributions, feedback."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.activities.models import Activity
from gonghui.core.signing.models import Registration
from gonghui.kit.lookup import LookupField

from ..actions.recording import Given
from ..models import Contribution

STARS = [(5, "很好"), (4, "好"), (3, "一般"), (2, "较差"), (1, "很差")]


class RecordForm(forms.Form):
    """What happened and what came of it; the kind of gathering heads the second part.

    An empty record begins with its template; handed in as it was, that says nothing yet.
    """

    minutes = forms.CharField(
        label="活动记录", required=False, max_length=20_000, widget=forms.Textarea({"rows": 10})
    )
    gains = forms.CharField(
        label="收获", required=False, max_length=10_000, widget=forms.Textarea({"rows": 5})
    )

    def __init__(self, *args: Any, gains: str, outline: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gains"].label = gains
        self.outline = outline
        self.initial["minutes"] = self.initial.get("minutes") or outline

    def clean_minutes(self) -> str:
        said: str = self.cleaned_data["minutes"]
        return "" if said.split() == self.outline.split() else said


class ContributionForm(forms.Form):
    """Who gave what; an empty row is left out."""

    registration = LookupField(label="谁", names=("person__name", "guest"), required=False)
    kind = forms.ChoiceField(label="做了什么", choices=Contribution.Kind.choices, required=False)
    words = forms.CharField(label="内容", required=False, max_length=200)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["registration"].offer(people)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("words") and not said.get("registration") and "registration" not in self.errors:
            self.add_error("registration", "请写明是谁。")
        return said

    def given(self) -> Given | None:
        said = self.cleaned_data
        if not said.get("registration") or said.get("DELETE"):
            return None
        return Given(said["registration"], said["kind"], said["words"])


Rows = forms.formset_factory(
    ContributionForm, extra=3, can_delete=True, can_delete_extra=False, max_num=300
)


def contribution_rows(activity: Activity, data: Any = None) -> Any:
    """Who contributed, with three empty rows below; results of items have a page of their own."""
    people = Registration.objects.filter(activity=activity, status=Registration.Status.SIGNED)
    initial = [
        {"registration": one.registration, "kind": one.kind, "words": one.words}
        for one in activity.contributions.filter(quota=None).select_related("registration__person")
    ]
    offered = people.select_related("person")
    return Rows(data, initial=initial, prefix="given", form_kwargs={"people": offered})


class FeedbackForm(forms.Form):
    """How it was; the organiser reads the words without the name."""

    stars = forms.TypedChoiceField(
        label="您觉得怎么样", choices=STARS, coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="想说的话", required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
