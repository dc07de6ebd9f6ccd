"""What officers fill in about committees and who sits in them."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.orgs.models import (
    BODIES,
    Function,
    Kind,
    Org,
)
from gonghui.core.orgs.tree import fit_beneath
from gonghui.core.people.models import Duty, Post
from gonghui.core.screens.choices import PERSON_NAMES
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField

LINES = 8  # empty lines of members a form offers at once


class MemberForm(forms.Form):
    """One line of a committee's members; an empty line is passed over."""

    person = LookupField(label="人员", names=PERSON_NAMES, beside="org", required=False)
    title = forms.CharField(label="职务", max_length=40, required=False)
    full_time = forms.TypedChoiceField(
        label="专兼职",
        required=False,
        choices=[("", "未填"), ("yes", "专职"), ("no", "兼职")],
        coerce=lambda said: said == "yes",
        empty_value=None,
    )
    duty = forms.ChoiceField(label="责任", required=False, choices=[("", "无"), *Duty.choices])

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people)  # type: ignore[attr-defined]  # our own field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("person") and not cleaned.get("title"):
            self.add_error("title", "请填写职务，例如主任、委员、组长、成员。")
        if cleaned.get("title") and "person" in cleaned and not cleaned["person"]:
            self.add_error("person", "请填写人员，或清空这一行的职务。")
        return cleaned


Members = forms.formset_factory(MemberForm, extra=LINES)


class CommitteeForm(forms.Form):
    """A committee, a group or an association of a union, before it has members."""

    name = forms.CharField(label="全称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    kind = forms.ChoiceField(label="类型")
    function = forms.ChoiceField(
        label="职能", required=False, choices=[("", "不属于下列职能"), *Function.choices]
    )
    since = PastDayField(label="成立日期")
    approval = forms.CharField(label="批复或会议", max_length=60, required=False)
    office = forms.CharField(
        label="办公室",
        max_length=100,
        required=False,
        help_text="办公室设在本会时填它的名称，例如「素质工程协调小组办公室」。",
    )

    def __init__(self, *args: Any, union: Org, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, label) for kind, label in fit_beneath(union) if kind in BODIES]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field
        self.initial.setdefault("kind", Kind.COMMITTEE)


class AdjustForm(forms.Form):
    """Who leaves a body, from which day, on what paper."""

    ending = forms.MultipleChoiceField(
        label="离任", required=False, widget=forms.CheckboxSelectMultiple
    )
    day = PastDayField(label="自哪天起")
    approval = forms.CharField(label="批复或会议", max_length=60, required=False)
    reason = forms.CharField(label="原因", max_length=200, required=False)

    def __init__(self, *args: Any, held: list[Post], moved: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ending"].choices = [  # type: ignore[attr-defined]  # a choice field
            (post.pk, _seat_said(post, moved)) for post in held
        ]
        if not held:
            del self.fields["ending"]


def _seat_said(post: Post, moved: set[int]) -> str:
    """Who sits here; who moved away or left is marked, because that is why one adjusts."""
    away = "（已调出或离开）" if post.person_id in moved else ""
    return f"{post.person} {post.title}{away}"
