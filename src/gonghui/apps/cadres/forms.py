"""What officers fill in about rules, entitlements and abilities."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, offer_body, reachable
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.several_files import SeveralFiles
from gonghui.kit.widgets import Day

from .models import Entitlement, OfficeTime, Rating, Regulation
from .models.ability import ABILITIES, HIGHEST, Ability


class RegulationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name of a rule; its versions are entered on its page."""

    org = LookupField(label="制定的工会", names=ORG_NAMES)

    class Meta:
        model = Regulation
        fields = ("title", "subject", "org")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["org"]
            return
        self.fields["org"].offer(reachable(actor, "organisation.write"))  # type: ignore[attr-defined]  # our own field


class VersionForm(forms.Form):
    """A version: which meeting decided it, from which day it is in force, its text."""

    decided_by = forms.CharField(
        label="通过会议", max_length=100, help_text="例如：第二届第五次工会工作委员会会议。"
    )
    decided_on = PastDayField(label="通过日期")
    since = forms.DateField(label="施行日期", widget=Day)
    number = forms.CharField(label="文号", max_length=60, required=False)
    note = forms.CharField(label="修改要点", max_length=300, required=False)
    texts = SeveralFiles(label="全文", required=False, help_text="PDF 或 Word。")


class RepealForm(forms.Form):
    until = forms.DateField(label="最后施行日", widget=Day)
    reason = forms.CharField(label="原因或依据", max_length=200)


class EntitlementForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a cadre is entitled to, and since when they have it."""

    person = LookupField(label="干部", names=PERSON_NAMES, beside="org")

    class Meta:
        model = Entitlement
        fields = ("person", "kind", "what", "basis", "due_on", "done_on", "note")
        widgets = {"due_on": Day, "done_on": Day}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_cadres(self, actor)


class RatingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A rating by a profile; its abilities are asked once the profile is chosen."""

    person = LookupField(label="干部", names=PERSON_NAMES, beside="org")
    on = PastDayField(label="评定日期")

    class Meta:
        model = Rating
        fields = ("person", "profile", "on", "note")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_cadres(self, actor)
        if self.instance.pk:
            del self.fields["profile"], self.fields["on"]
            given = {one.ability: one.points for one in self.instance.scores.all()}
            self.initial.update(given)
        else:
            self.fields["profile"].help_text = "选好以后按「保存」，再为它的各项能力打分。"
        for ability in ABILITIES.get(self._profile, ()):
            self.fields[ability] = forms.TypedChoiceField(
                label=ability.label,
                choices=[("", "请选择"), *((n, f"{n} 分") for n in range(1, HIGHEST + 1))],
                coerce=int,
                error_messages={"required": "请填写这一项的分值。"},
            )

    @property
    def _profile(self) -> str:
        return self.instance.profile or str(self.data.get("profile", ""))

    def clean(self) -> dict[str, Any]:
        """The first time the abilities are shown, nobody could have filled them in yet."""
        cleaned: dict[str, Any] = super().clean() or {}
        abilities = [one for one in ABILITIES.get(self._profile, ()) if one in self.fields]
        if abilities and not any(one in self.data for one in abilities):
            for ability in abilities:
                self.errors.pop(ability, None)
            self.add_error(None, f"请为下面各项能力打分，1 至 {HIGHEST} 分，再保存。")
        return cleaned

    @property
    def points(self) -> dict[str, int]:
        """Ability → points, of the profile chosen."""
        chosen: tuple[Ability, ...] = ABILITIES[self._profile]
        return {ability.value: self.cleaned_data[ability] for ability in chosen}


class OfficeTimeForm(forms.ModelForm):  # type: ignore[type-arg]
    """Working time a part-time committee member gave, on which day and for what."""

    person = LookupField(label="委员", names=PERSON_NAMES, beside="org")
    org = LookupField(label="为哪个工会", names=ORG_NAMES)
    on = PastDayField(label="日期")

    class Meta:
        model = OfficeTime
        fields = ("person", "org", "on", "days", "matter")
        help_texts = {"days": "以工作日计，半天写 0.5。"}

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_cadres(self, actor)
        offer_body(self, actor, org, "cadres.write")


def _offer_cadres(form: Any, actor: Actor) -> None:
    if form.instance.pk:
        del form.fields["person"]
        return
    people = Person.objects.active().filter(actor.reach("cadres.write"))
    form.fields["person"].offer(people.select_related("org"))
