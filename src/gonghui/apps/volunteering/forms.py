"""What is filled in of partners, needs and shifts."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.choices import ORG_NAMES, reachable
from gonghui.kit.lookup import LookupField
from gonghui.kit.widgets import Day, Moment

from .models import Need, Partner
from .rules import PARTNER_RULES


class PartnerForm(forms.ModelForm):  # type: ignore[type-arg]
    """An outside body volunteers work with."""

    org = LookupField(label="哪个组织与它合作", names=ORG_NAMES)

    class Meta:
        model = Partner
        fields = ("name", "sort", "org", "address", "person", "phone", "note", "is_current")

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, actor, org)


class NeedForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a partner asks for, and what was agreed."""

    org = LookupField(label="由哪个组织承担", names=ORG_NAMES)
    partner = LookupField(label="合作单位", names=("name",))

    class Meta:
        model = Need
        fields = (
            "title", "partner", "org", "words", "count", "unit", "volunteers", "agreed_on",
            "agreed_with", "since", "until",
        )  # fmt: skip
        widgets = {"agreed_on": Day, "since": Day, "until": Day}
        help_texts = {
            "count": "与对方商定的数量，如慰问几位老人；没有商定就空着。",
            "unit": "如位、户、名学生、个岗。",
        }

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, actor, org)
        rows = Partner.objects.filter(is_current=True)
        if self.instance.pk:
            rows |= Partner.objects.filter(pk=self.instance.partner_id)
            self.initial["partner"] = self.instance.partner
        known: Any = self.fields["partner"]
        known.offer(PARTNER_RULES["view"].narrow(rows, actor))


def _offer(form: forms.ModelForm[Any], actor: Actor, org: Org | None) -> None:
    """The body is chosen once: a record stays where it was made."""
    if form.instance.pk:
        del form.fields["org"]
        return
    field: Any = form.fields["org"]
    may_hold = reachable(actor, "activities.write")
    field.offer(may_hold)
    if org is not None and may_hold.filter(pk=org.pk).exists():
        form.initial["org"] = field.choice(org)


class ShiftForm(forms.Form):
    """One more shift of an activity."""

    title = forms.CharField(label="班次名称", max_length=60, help_text="如“周六上午 引路”。")
    starts_at = forms.DateTimeField(label="开始", widget=Moment)
    ends_at = forms.DateTimeField(label="结束", widget=Moment)
    places = forms.IntegerField(label="需要几人", min_value=1, max_value=10000)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        starts, ends = said.get("starts_at"), said.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "结束时间要晚于开始时间。")
        return said
