"""What is asked when somebody joins or goes to another union."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import UNIT, UPPER, WITHIN, Org
from gonghui.core.people.consents import consent_texts
from gonghui.core.people.models import Identity, Membership, Person, Scope, Standing
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField

from ..models import Application, Transfer, Way

CONSENT = "入会须本人自愿。书面申请要附本人签名的同意书（现行 {} 版，可以下载申请书样张）。"
BY_THE_UNIT = [(way.value, way.label) for way in (Way.PAPER, Way.ORAL)]  # online is one's own


class ApplicationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who applies and how they said so; the rest is on record."""

    person = LookupField(
        label="申请人",
        names=PERSON_NAMES,
        beside="org",
        help_text="先登记人员，再填申请；写姓名或拼音，或从提示中选。",
    )
    applied_on = PastDayField(label="申请日期")
    seen_by = LookupField(
        label="验看人",
        names=PERSON_NAMES,
        beside="org",
        required=False,
        help_text="书面的：谁看过本人签名；口头的：谁听取的。不填就是您本人。",
    )

    class Meta:
        model = Application
        fields = ("person", "way", "applied_on", "words", "seen_by", "consent")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = BY_THE_UNIT  # type: ignore[attr-defined]  # a choice field
        self.fields["consent"].required = True
        self.fields["consent"].help_text = CONSENT.format(consent_texts()[Scope.RECORD].version)
        officers = Person.objects.active().filter(actor.reach("people.write"))
        self.fields["seen_by"].offer(officers.select_related("org"))  # type: ignore[attr-defined]  # our own field
        if self.instance.pk:
            del self.fields["person"], self.fields["consent"]
        else:
            self.fields["person"].offer(workers_of(actor))  # type: ignore[attr-defined]  # our own field


def workers_of(actor: Actor) -> Any:
    """Who is on the books where the actor keeps them, and no member yet."""
    held = Membership.objects.current().exclude(standing=Standing.WORKER)
    people = Person.objects.active().select_related("org").filter(actor.reach("people.write"))
    return people.exclude(pk__in=held.values("person"))


class ApplyForm(forms.Form):
    """What the person themselves says on the phone; all else is on record."""

    words = forms.CharField(
        label="想说的话", required=False, max_length=500, widget=forms.Textarea({"rows": 3})
    )
    consent = forms.BooleanField(label="我自愿加入工会，遵守工会章程，并同意登记我的个人信息。")


class BulkApplyForm(forms.Form):
    """How many people said that they want to join."""

    way = forms.ChoiceField(label="申请方式", choices=BY_THE_UNIT, initial=Way.PAPER)
    applied_on = PastDayField(label="申请日期")
    consent = forms.BooleanField(
        label="所选人员均为本人自愿申请；书面的，申请书和同意书本人都已签名，我已验看。"
    )


class TransferAskForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whose membership goes where; who is not in one's own union is found by their number."""

    person = LookupField(
        label="转出的会员",
        names=PERSON_NAMES,
        beside="org",
        required=False,
        help_text="本会的会员：写姓名，或从提示中选。",
    )
    number = forms.CharField(
        label="转入的会员的证件号码",
        required=False,
        max_length=40,
        help_text="还不在本会的会员：写本人提供的证件号码；只有号码完全一致才能找到。",
    )
    to = LookupField(label="转入组织", names=ORG_NAMES, help_text="接收会籍的工会、分会或班组。")
    field_order = ("person", "number", "to", "reason")

    class Meta:
        model = Transfer
        fields = ("to", "reason")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        if self.instance.pk:
            del self.fields["person"], self.fields["number"], self.fields["to"]
            return
        mine = Person.objects.active().select_related("org").filter(actor.reach("people.write"))
        self.fields["person"].offer(mine)  # type: ignore[attr-defined]  # our own field
        self.fields["to"].offer(Org.objects.filter(until=None, kind__in=UPPER | UNIT | WITHIN))  # type: ignore[attr-defined]  # our own field

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.instance.pk:
            return said
        number = said.pop("number", "")
        if bool(number) == bool(said.get("person")):
            raise forms.ValidationError("转出的会员和证件号码填一项。")
        if number:
            said["person"] = self._numbered(number, said.get("to"))
        return said

    def _numbered(self, number: str, to: Org | None) -> Person:
        """Only who may take people in there learns that the number is known at all."""
        if to is None or not self.actor.can("people.write", at=to):
            raise forms.ValidationError("用证件号码只能转入您管理的组织。")
        kinds = Q()
        for kind in Identity._meta.get_field("kind").choices or ():
            kinds |= Q(pk__in=Identity.objects.numbered(kind[0], number).values("pk"))
        found = Identity.objects.filter(kinds).select_related("person__org")[:2]
        if len(found) != 1 or found[0].person.left_on or found[0].person.merged_into_id:
            raise forms.ValidationError("没有找到这个证件号码的会员，请与原工会核对。")
        return found[0].person


class MyTransferForm(forms.Form):
    """Where a member wants their own membership to go."""

    to = LookupField(label="转到哪个工会", names=ORG_NAMES)
    reason = forms.CharField(label="原因", max_length=200, help_text="例如：调动工作、再就业。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unions = Org.objects.filter(until=None, kind__in=UPPER | UNIT | WITHIN)
        self.fields["to"].offer(unions)  # type: ignore[attr-defined]  # our own field
