"""What is filled in of a round: its head, who is put forward, raters, ties, objections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from gonghui.core.access.actor import Actor
from gonghui.core.editions.models import EditionState
from gonghui.core.orgs.models import Org, subtree
from gonghui.core.people.models import Person
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, offer_body, reachable
from gonghui.kit.lookup import LookupField, SeveralLookupField
from gonghui.kit.widgets import Day

from ..engine.ranking import Tie
from ..models import Contender, Rater, Round, Scheme, Target
from ..queries.applying import JUDGED
from ..rules import sees
from .schemes import PairsField, lines_of

LONG = forms.Textarea({"rows": 4})


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """The head of a round; how long titles last is the union's own word."""

    org = LookupField(label="组织评估的工会", names=ORG_NAMES)
    scheme = LookupField(label="评估方案", names=("title",), beside="org")
    quotas = PairsField(
        label="名额", required=False, help_text="一行一个等次，例如：标兵 5。没有写的等次不限名额。"
    )

    class Meta:
        model = Round
        fields = (
            "org", "scheme", "title", "since", "until", "apply_from", "apply_until",
            "raters_each", "quotas", "term_years", "note",
        )  # fmt: skip
        widgets = dict.fromkeys(("since", "until", "apply_from", "apply_until"), Day)
        help_texts = {
            "since": "系统按这一段时间的记录取数。",
            "raters_each": "方案里有互评项目时用；本单位、上下级和声明回避的不会抽到。",
            "term_years": "按本会的办法填写，到期要复评。",
        }

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_body(self, actor, org, "evaluation.write")
        schemes = Scheme.objects.filter(state=EditionState.ISSUED).select_related("org")
        self.fields["scheme"].offer(sees.narrow(schemes, actor))  # type: ignore[attr-defined]  # our own field
        if self.instance.pk:
            self.initial["scheme"] = self.instance.scheme
        self.initial["quotas"] = lines_of(self.instance.quotas)

    def clean_quotas(self) -> list[list[Any]]:
        pairs = self.cleaned_data["quotas"]
        if any(most != int(most) or most < 1 for _, most in pairs):
            raise forms.ValidationError("名额要写成大于零的整数。")
        return [[title, int(most)] for title, most in pairs]


def bodies_for(round_: Round, actor: Actor) -> QuerySet[Org]:
    """Which bodies the actor may put forward, or out of which people."""
    mine = reachable(actor, "evaluation.apply") | reachable(actor, "evaluation.write")
    rows = mine.filter(subtree(round_.org.path)).exclude(pk=round_.org_id)
    kinds = JUDGED.get(Target(round_.scheme.target))
    return rows.filter(kind__in=kinds).distinct() if kinds else rows.distinct()


class ApplyForm(forms.Form):
    """Who is put forward, and why."""

    org = LookupField(label="单位或班组", names=ORG_NAMES)
    person = LookupField(label="推荐谁", names=PERSON_NAMES, beside="org")
    reason = forms.CharField(
        label="申报（推荐）理由", max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, round_: Round, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = bodies_for(round_, actor)
        if round_.scheme.target == Target.PERSON:
            del self.fields["org"]
            people = Person.objects.active().filter(org__in=bodies.order_by())
            self.fields["person"].offer(people.select_related("org"))  # type: ignore[attr-defined]  # our own field
            return
        del self.fields["person"]
        self.fields["org"].offer(bodies)  # type: ignore[attr-defined]  # our own field
        if actor.person and bodies.filter(pk=actor.person.org_id).exists():
            self.initial["org"] = actor.person.org

    @property
    def whom(self) -> dict[str, Any]:
        person = self.cleaned_data.get("person")
        org = person.org if person else self.cleaned_data["org"]
        return {"org": org, "person": person, "reason": self.cleaned_data["reason"]}


class SelfForm(forms.Form):
    """Why somebody puts themselves forward."""

    reason = forms.CharField(
        label="申报理由", max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )


class RatersForm(forms.Form):
    """Who takes part in the mutual rating."""

    people = SeveralLookupField(
        label="评委", names=PERSON_NAMES, beside="org", help_text="可以一次写几个人，用顿号隔开。"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = reachable(actor, "evaluation.write").order_by()
        rows = Person.objects.active().filter(org__in=mine)
        self.fields["people"].offer(rows.select_related("org"))  # type: ignore[attr-defined]  # our own field


class AvoidForm(forms.Form):
    """Whom a rater says they must not rate."""

    avoids = SeveralLookupField(
        label="声明回避的单位",
        names=ORG_NAMES,
        required=False,
        help_text="例如原工作单位、亲属所在单位。本单位和上下级自动回避，不用写。",
    )
    why = forms.CharField(label="回避原因", max_length=200, required=False)

    def __init__(self, *args: Any, rater: Rater, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Org.objects.filter(subtree(rater.round.org.path), until=None)
        self.fields["avoids"].offer(bodies)  # type: ignore[attr-defined]  # our own field
        self.initial.update({"avoids": list(rater.avoids.all()), "why": rater.why})

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("avoids") and not said.get("why"):
            self.add_error("why", "请写明为什么回避。")
        return said


class DeclineForm(forms.Form):
    """What ties a rater to whom they drew."""

    why = forms.CharField(
        label="为什么回避",
        max_length=100,
        help_text="例如：亲属在这个单位，原来在这个单位工作。",
    )


class TieForm(forms.Form):
    """Which of those that are equal get the last places, and why."""

    who = forms.ModelMultipleChoiceField(
        Contender.objects.none(), label="评定给谁", widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="会写进经过，公示以后大家看得到。",
    )

    def __init__(self, *args: Any, round_: Round, tie: Tie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = round_.contenders.filter(pk__in=tie.who).select_related("org", "person")
        self.fields["who"].queryset = rows  # type: ignore[attr-defined]  # a choice of rows
        self.fields["who"].help_text = f"还剩 {tie.seats} 个名额，请正好选 {tie.seats} 个。"


class ObjectionForm(forms.Form):
    """What somebody objects to; an officer may note what came by letter or telephone."""

    contender = forms.ModelChoiceField(
        Contender.objects.none(), label="对谁", required=False, empty_label="整个结果"
    )
    words = forms.CharField(label="异议内容", max_length=1000, widget=LONG)
    by_letter = forms.BooleanField(label="来信来电，由工会登记", required=False)

    def __init__(self, *args: Any, round_: Round, officer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = round_.contenders.filter(state="handed").select_related("org", "person")
        self.fields["contender"].queryset = rows  # type: ignore[attr-defined]  # a choice of rows
        if not officer:
            del self.fields["by_letter"]
