"""How many may come, of which unit or group, and what they are asked."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.activities.kinds import kinds
from gonghui.core.activities.models import Activity
from gonghui.core.orgs.models import Org
from gonghui.core.screens.choices import ORG_NAMES
from gonghui.kit.lookup import LookupField

from ..actions.places import Share
from ..models import Question


class PlacesForm(forms.Form):
    """How many may come: in all, and of which unit or group."""

    capacity = forms.IntegerField(
        label="名额", required=False, min_value=0, max_value=1_000_000,
        help_text="留空就不限人数。",
    )  # fmt: skip
    items_allowed = forms.IntegerField(
        required=False, min_value=1, max_value=50,
        help_text="写几就能报几；每一项按自己的名额收人，满了在这一项候补。不分组、不分班次的不用管。",
    )  # fmt: skip

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["capacity"] = activity.capacity
        self.initial["items_allowed"] = activity.items_allowed
        self.fields["items_allowed"].label = f"每人最多报几{kinds[activity.kind].item}"


class QuotaForm(forms.Form):
    """Places for a unit or a group; an empty row is left out."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="组别或项目", required=False, max_length=60)
    org = LookupField(label="或单位", names=ORG_NAMES, required=False)
    capacity = forms.IntegerField(label="名额", required=False, min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["org"].offer(bodies)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        named = bool(said.get("name") or said.get("org"))
        if said.get("name") and said.get("org"):
            self.add_error("org", "组别和单位只填一个。")
        elif named and said.get("capacity") is None:
            self.add_error("capacity", "请填这一组的名额。")
        elif not named and said.get("capacity") is not None:
            self.add_error("name", "请写明名额分给哪一组或哪个单位。")
        return said

    def share(self) -> Share | None:
        said = self.cleaned_data
        if said.get("capacity") is None or said.get("DELETE"):
            return None
        return Share(said["capacity"], said["name"], said["org"], said["pk"])


QuotaRows = forms.formset_factory(
    QuotaForm, extra=2, can_delete=True, can_delete_extra=False, max_num=200
)


def quota_rows(activity: Activity, data: Any = None) -> Any:
    """The shares of an activity's places, with two empty rows below."""
    bodies = Org.objects.below(activity.org).filter(until=None)
    initial = [
        {"pk": one.pk, "name": one.name, "org": one.org, "capacity": one.capacity}
        for one in activity.quotas.select_related("org")
    ]
    return QuotaRows(data, initial=initial, prefix="quota", form_kwargs={"bodies": bodies})


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A question to those who sign up; the choices stand one a line."""

    choices = forms.CharField(
        label="选项",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="单选题每行一个。",
    )

    class Meta:
        model = Question
        fields = ("label", "kind", "is_required")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["choices"] = "\n".join(self.instance.options)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        lines = [line.strip() for line in said.get("choices", "").splitlines() if line.strip()]
        if said.get("kind") == Question.Kind.CHOICE and len(lines) < 2:
            self.add_error("choices", "单选题至少要有两个选项，每行一个。")
        self.instance.options = lines if said.get("kind") == Question.Kind.CHOICE else []
        return said


QuestionRows = forms.inlineformset_factory(
    Activity,
    Question,
    form=QuestionForm,
    extra=1,
    can_delete=True,
    can_delete_extra=False,
    max_num=30,
)


def question_rows(activity: Activity, data: Any = None) -> Any:
    """What is asked of those who sign up, with one empty row below."""
    return QuestionRows(data, instance=activity, prefix="question")
