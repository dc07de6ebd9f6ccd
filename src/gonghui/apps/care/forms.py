"""What officers fill in about a worker in hardship, and about a dismissal."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.people.consents import has_agreed
from gonghui.core.people.models import Scope
from gonghui.core.screens.choices import PERSON_NAMES, OfPersonForm
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.widgets import Day

from .models import Dismissal, Hardship

UNAGREED = (
    "登记病情要本人单独同意：请本人在「我的资料」里同意，或者在纸上签名后填写下面的签名日期。"
)


class DismissalForm(OfPersonForm):
    """What the employer told the union, what the union said, and what came of it."""

    capability = "people.write"
    person = LookupField(label="职工", names=PERSON_NAMES, beside="org")
    notified_on = PastDayField(label="通知工会日期", initial=None, required=False)
    objected_on = PastDayField(label="工会要求重新研究的日期", initial=None, required=False)
    answered_on = PastDayField(label="单位书面答复日期", initial=None, required=False)

    class Meta:
        model = Dismissal
        fields = (
            "person", "reason", "ends_on", "notified_on", "objected_on", "objection",
            "answered_on", "answer",
        )  # fmt: skip
        widgets = {"ends_on": Day}


class HardshipForm(OfPersonForm):
    """A file of the register; the illness is typed anew or stays as it is."""

    capability = "care.write"
    beside = ("until", "ending")
    person = LookupField(label="职工", names=PERSON_NAMES, beside="org")
    since = PastDayField(label="建档日期", initial=None)
    until = PastDayField(label="销档日期", initial=None, required=False)
    illness = forms.CharField(
        label="病情",
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    signed_on = PastDayField(
        label="本人签名同意的日期",
        initial=None,
        required=False,
        help_text="您看到了本人在纸上签名，同意登记病情；验看人记您的名字。",
    )

    class Meta:
        model = Hardship
        fields = ("person", "number", "grade", "cause", "since", "approval", "until", "ending")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance.illness
        said = f"现在已登记（{held}），留空即不改。" if held else "没有必要就不填。"
        self.fields["illness"].help_text = f"{said}加密保存，要看须写明理由。"
        if not self.instance.pk:
            del self.fields["until"], self.fields["ending"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        person = self.instance.person if self.instance.pk else cleaned.get("person")
        unsigned = cleaned.get("illness") and not cleaned.get("signed_on")
        if person and unsigned and not has_agreed(person, Scope.HEALTH):
            self.add_error("illness", UNAGREED)
        return cleaned
