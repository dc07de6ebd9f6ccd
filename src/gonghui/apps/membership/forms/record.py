"""A person's further facts, the reason for looking, and what a member asks to have changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models

from gonghui.core.people.models import Document, Identity, Marital, Particulars, Person
from gonghui.kit.widgets import Day

from ..queries.record import CORRECTABLE, FURTHER, SEALED, field_of, label_of

REASON = {"required": "请写明理由。", "min_length": "请把理由写具体一些，至少 4 个字。"}
PLAIN = ("birth_date", "work_status", "gig", "is_migrant", "employer", "department", "position",
         "former_unit")  # fmt: skip


class RecordForm(forms.Form):
    """The whole record but what the ledger keeps; a sealed field left empty stays as it is."""

    def __init__(self, *args: Any, person: Person, sensitive: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        further = getattr(person, "particulars", None) or Particulars(person=person)
        identity = getattr(person, "identity", None) or Identity(person=person)
        self._ask_sealed(identity, sensitive=sensitive)
        for name in (*PLAIN, *FURTHER):
            source = further if name in FURTHER else person
            self.fields[name] = asked(name)
            self.initial.setdefault(name, getattr(source, name))

    def _ask_sealed(self, identity: Identity, *, sensitive: bool) -> None:
        self.fields["kind"] = forms.ChoiceField(label="证件类型", choices=Document.choices)
        self.initial.setdefault("kind", identity.kind)
        for name in SEALED if sensitive else SEALED[:2]:
            held = getattr(identity, name)
            self.fields[name] = asked(name)
            self.fields[name].help_text = f"现在是 {held}，留空即不改。" if held else ""

    def changed(self) -> dict[str, Any]:
        """What was changed; the empty sealed fields say nothing."""
        said = self.cleaned_data
        names = [n for n in self.changed_data if n not in SEALED or said[n]]
        return {name: said[name] for name in names}


def asked(name: str) -> forms.Field:
    """How a field of the record is asked for."""
    if name == "marital":
        choices = [("", "---------"), *Marital.choices]
        return forms.ChoiceField(label=label_of(name), choices=choices, required=False)
    if name in SEALED:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        return forms.CharField(label=label_of(name), widget=widget, max_length=40, required=False)
    field: Any = field_of(name)
    given = {"widget": Day} if isinstance(field, models.DateField) else {}
    made: forms.Field = field.formfield(**given)
    return made


class RemovalForm(forms.Form):
    """Why a record is anonymised; there is no way back, so it is said twice."""

    reason = forms.CharField(label="依据", min_length=4, max_length=200, error_messages=REASON)
    sure = forms.BooleanField(
        label="我知道注销以后不能恢复", error_messages={"required": "请确认。"}
    )


class CorrectionForm(forms.Form):
    """What one field of one's own record should say, and why."""

    reason = forms.CharField(
        label="理由",
        min_length=4,
        max_length=200,
        help_text="例如：去年换了手机号。",
        error_messages=REASON,
    )

    field_order = ("wanted", "reason")

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"] = asked(name)
        self.fields["wanted"].required = True
        self.fields["wanted"].label = f"{label_of(name)}应改为"
        self.order_fields(self.field_order)

    def clean_wanted(self) -> str:
        """As it is kept until it is decided: the code of a choice, a date in figures."""
        value = self.cleaned_data["wanted"]
        return "" if value is None else str(value)


class AnswerForm(forms.Form):
    """What is answered to a correction that is made."""

    answer = forms.CharField(label="答复", max_length=200, required=False)


class RefusalForm(forms.Form):
    """Why a correction is not made."""

    answer = forms.CharField(
        label="不更正的原因", min_length=4, max_length=200, error_messages=REASON
    )


class WhichForm(forms.Form):
    """Which field of one's own record is to be corrected."""

    field = forms.ChoiceField(label="哪一项不对", choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [(n, label_of(n)) for n in CORRECTABLE]  # type: ignore[attr-defined]  # a choice field
