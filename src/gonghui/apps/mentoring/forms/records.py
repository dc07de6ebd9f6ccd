"""Pairs, schemes, tiers, targets, study away, recognitions and appraisals as they are filled in."""

from __future__ import annotations

from typing import Any

from django import forms

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.screens.choices import ORG_NAMES, PERSON_NAMES, offer_body, offer_people
from gonghui.kit.lookup import LookupField
from gonghui.kit.past_day import PastDayField
from gonghui.kit.widgets import Day

from ..models import (
    Appraisal,
    DegreeTarget,
    Ladder,
    Offer,
    Pair,
    Placement,
    Recognition,
    Tier,
    Track,
)
from ..models.growing import HIGHEST, LOWEST
from ..rules import LADDER_RULES, TRACK_RULES

KEEPS = "learning.write"


class OfBody(forms.ModelForm):  # type: ignore[type-arg]
    """A record of a body, which is chosen once."""

    org = LookupField(label="所属组织", names=ORG_NAMES)

    def __init__(self, *args: Any, actor: Actor, org: Org | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_body(self, actor, org, KEEPS)


class TrackForm(OfBody):
    class Meta:
        model = Track
        fields = ("title", "org", "audience", "source", "note", "is_current")


class LadderForm(OfBody):
    class Meta:
        model = Ladder
        fields = ("title", "org", "audience", "source", "note", "is_current")


class PairForm(OfBody):
    """Who brings on whom, in what, until when, and what each promises."""

    mentor = LookupField(
        label="师傅（导师）", names=PERSON_NAMES, beside="org",
        help_text="本会的人都可以请，不限本班组；本人同意以后才开始。",
    )  # fmt: skip
    apprentice = LookupField(label="徒弟", names=PERSON_NAMES, beside="org")
    track = LookupField(label="培养方案", names=("title",), beside="org", required=False)

    class Meta:
        model = Pair
        fields = (
            "mentor", "apprentice", "org", "field", "track", "since", "until", "goal",
            "mentor_promise", "apprentice_promise",
        )  # fmt: skip
        widgets = {
            "since": Day,
            "until": Day,
            "goal": forms.Textarea({"rows": 3}),
            "mentor_promise": forms.Textarea({"rows": 3}),
            "apprentice_promise": forms.Textarea({"rows": 3}),
        }
        help_texts = {"field": "如：数控车床操作、班级管理。"}

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, org=org, **kwargs)
        # Who brings somebody on agrees to it, so a team may ask anybody of its union.
        offer_people(self, "mentor", actor, KEEPS, of_union=True)
        offer_people(self, "apprentice", actor, KEEPS)
        field: Any = self.fields["track"]
        rows = Track.objects.filter(is_current=True).select_related("org")
        field.offer(TRACK_RULES["view"].narrow(rows, actor))
        if self.instance.track_id:
            self.initial["track"] = self.instance.track


class PlacementForm(forms.ModelForm):  # type: ignore[type-arg]
    """From a day on somebody stands on a tier; the one before ends by itself."""

    person = LookupField(label="人员", names=PERSON_NAMES, beside="org")
    tier = LookupField(label="层次", names=("name",), beside="ladder")

    class Meta:
        model = Placement
        fields = ("person", "tier", "since", "until", "reason")
        widgets = {"since": Day, "until": Day}
        help_texts = {"reason": "如：校长办公会评定、考核结果。"}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # who moves is placed anew
            for name in ("person", "tier", "since"):
                del self.fields[name]
            return
        del self.fields["until"]
        offer_people(self, "person", actor, KEEPS)
        ladders = LADDER_RULES["view"].narrow(Ladder.objects.filter(is_current=True), actor)
        field: Any = self.fields["tier"]
        rows = Tier.objects.filter(ladder__in=ladders.order_by().values("pk"))
        field.offer(rows.select_related("ladder"))


class DegreeTargetForm(OfBody):
    class Meta:
        model = DegreeTarget
        fields = ("title", "org", "qualifying", "over", "bachelor", "base", "due_on", "source")
        widgets = {"due_on": Day}


class OfferForm(OfBody):
    class Meta:
        model = Offer
        fields = (
            "title", "org", "place", "host", "since", "until", "closes_on", "places", "funding",
            "funded_by", "words",
        )  # fmt: skip
        widgets = {"since": Day, "until": Day, "closes_on": Day}
        help_texts = {"places": "不限就空着。", "funding": "还没有定就空着。"}


class RecognitionForm(OfBody):
    """Whom a body recognises as which kind of worker, and why."""

    person = LookupField(label="人员", names=PERSON_NAMES, beside="org")
    on = PastDayField(label="认定日期")

    class Meta:
        model = Recognition
        fields = ("person", "org", "kind", "on", "evidence", "decided_by")
        widgets = {"evidence": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, actor: Actor, org: Org | None, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, org=org, **kwargs)
        if self.instance.pk:
            del self.fields["person"]
        else:
            offer_people(self, "person", actor, KEEPS)

    def _post_clean(self) -> None:
        """The year is that of the day, before the constraint looks at it."""
        if day := self.cleaned_data.get("on"):
            self.instance.year = day.year
        super()._post_clean()  # type: ignore[misc]  # Django's own step


class AppraisalForm(forms.ModelForm):  # type: ignore[type-arg]
    """A look at five abilities; those nobody rated stay empty."""

    person = LookupField(label="人员", names=PERSON_NAMES, beside="org")
    on = PastDayField(label="日期")

    class Meta:
        model = Appraisal
        fields = ("person", "on", "way", *Appraisal.ABILITIES, "note")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["person"]
        else:
            offer_people(self, "person", actor, KEEPS)
        for name in Appraisal.ABILITIES:
            self.fields[name] = _points(Appraisal.label_of(name))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if all(said.get(name) is None for name in Appraisal.ABILITIES):
            self.add_error(None, "五种能力至少评一种。")
        return said


def _points(label: str) -> forms.TypedChoiceField:
    points = [(one, f"{one} 分") for one in range(LOWEST, HIGHEST + 1)]
    return forms.TypedChoiceField(
        label=label, choices=[("", "未评"), *points], coerce=int, empty_value=None, required=False
    )
