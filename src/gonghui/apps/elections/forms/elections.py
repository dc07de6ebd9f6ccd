"""What officers fill in about an election: its plan, its races, who stands, what was counted."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, reachable
from gonghui.kit.errors import DomainError
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.widgets import Day

from ..models import Candidate, Election, Mode, Office, Race
from ..models.election import FROM_AMONG
from ..queries.terms import check_number


def unions_of(actor: Actor) -> Any:
    """The unions in whose elections the actor has a hand."""
    return reachable(actor, "elections.write").unions()  # type: ignore[attr-defined]  # OrgQuerySet


class ElectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The plan of an election."""

    org = LookupField(label="工会", names=ORG_NAMES, help_text="写名称、拼音首字母，或从提示中选。")

    class Meta:
        model = Election
        fields = (
            "org", "kind", "number", "years", "meeting", "mode", "chair_by", "planned_on",
            "standards",
        )  # fmt: skip
        widgets = {"planned_on": Day}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["org"]
        else:
            self.fields["org"].offer(unions_of(actor))  # type: ignore[attr-defined]  # our own field

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        org: Org | None = cleaned.get("org") or getattr(self.instance, "org", None)
        if org and cleaned.get("number") and cleaned.get("kind"):
            try:
                check_number(org, cleaned["kind"], cleaned["number"])
            except DomainError as error:
                self.add_error("number", error.sentence)
        return cleaned


class RaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """An office to be elected and its seats."""

    class Meta:
        model = Race
        fields = ("office", "seats", "stood", "voted_by")
        help_texts = {"seats": "例如委员 7 人，主席 1 人。"}

    def __init__(self, *args: Any, election: Election, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if election.mode != Mode.PRIMARY:
            del self.fields["stood"]
        if self.instance.office not in FROM_AMONG or not self.instance.pk:
            del self.fields["voted_by"]
        if self.instance.pk:
            del self.fields["office"]
            return
        listed = set(election.races.values_list("office", flat=True))
        rest = [(o.value, o.label) for o in Office if o.value not in listed]
        self.fields["office"].choices = rest  # type: ignore[attr-defined]  # a choice field


class CandidateForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who stands, with what the list tells of them and the declaration the law asks for."""

    person = LookupField(label="候选人", names=PERSON_NAMES, beside="org")
    declared_on = PastDayField(
        label="声明日期",
        required=False,
        initial=None,
        help_text="本人声明不是单位主要负责人、法定代表人、合伙人，也不是他们的近亲属。没有声明就留空。",
    )

    class Meta:
        model = Candidate
        fields = (
            "person", "duty", "party", "full_time", "proposed_by", "declared_on", "position",
            "resume",
        )  # fmt: skip
        widgets = {"resume": forms.Textarea({"rows": 4})}
        help_texts = {"duty": "留空就用资料里的部门和职务。", "party": "留空就用资料里的政治面貌。"}

    def __init__(self, *args: Any, race: Race, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["person"]
            return
        people = Person.objects.active().filter(actor.reach("people.view"))
        near = people.filter(subtree(race.election.org.path, field="org"))
        self.fields["person"].offer(near.select_related("org"))  # type: ignore[attr-defined]  # our own field


class TallyForm(forms.Form):
    """What one teller counted: the papers, and the votes for each candidate."""

    issued = forms.IntegerField(label="发出票", min_value=0)
    returned = forms.IntegerField(label="收回票", min_value=0)
    invalid = forms.IntegerField(
        label="废票", min_value=0, help_text="所选人数多于应选人数的票是废票。"
    )

    def __init__(self, *args: Any, race: Race, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = list(race.candidates.select_related("person"))
        for candidate in self.candidates:
            field = forms.IntegerField(label=f"{candidate.person} 赞成票", min_value=0)
            self.fields[f"votes_{candidate.pk}"] = field

    @property
    def votes(self) -> dict[int, int]:
        """Candidate → votes."""
        return {c.pk: self.cleaned_data[f"votes_{c.pk}"] for c in self.candidates}


class WaiveForm(forms.Form):
    """On whose decision seats stay empty."""

    waiver = forms.CharField(
        label="依据",
        max_length=200,
        help_text="例如：征得大会多数代表同意，减少 1 个名额。",
    )
