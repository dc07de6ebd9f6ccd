"""Degree targets, the four kinds of worker, abilities; and what a person's page shows of them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import URLPattern, reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow import events
from gonghui.core.people.education import highest
from gonghui.core.people.models import Education, Person
from gonghui.core.screens.panels import Attachments, Custom, Facts, Text, plug
from gonghui.core.screens.screens import Screens

from ..actions.growing import credit_recognition
from ..filters import RecognitionFilters
from ..flow import RECOGNITION
from ..forms.records import AppraisalForm, DegreeTargetForm, RecognitionForm
from ..models import Appraisal, DegreeTarget, Recognition
from ..queries.degrees import standing_of
from ..queries.grown import grown_of
from ..queries.pairs import pairs_of
from ..rules import APPRAISAL_RULES, DEGREETARGET_RULES, PAIR_RULES, RECOGNITION_RULES
from ..tables import AppraisalTable, DegreeTargetTable, RecognitionTable

BELOW_BACHELOR = Education.E30


def _standing(target: DegreeTarget, request: Any) -> dict[str, Any]:
    return {"found": standing_of(target), "doors": _doors(target, request.actor)}


def _doors(target: DegreeTarget, actor: Actor) -> dict[str, str]:
    """Each figure opens to its people, for who may see the people of the body."""
    if not actor.can("people.view", at=target.org):
        return {}
    here = f"{reverse('membership:person-list')}?org={target.org_id}&scope=below&education="
    line = target.qualifying
    return {
        "higher": f"{here}over-{line}",
        "bachelor": f"{here}over-{highest((line, BELOW_BACHELOR))}",
        "unknown": f"{here}none",
    }


class DegreeTargetScreens(Screens):
    """Targets of higher degrees, with how the body's people stand against them."""

    model = DegreeTarget
    lead = "高一层次学历的目标：超过多少、其中本科达到多少、占什么的比例，由本单位定。"
    table = DegreeTargetTable
    form = DegreeTargetForm
    rules = DEGREETARGET_RULES
    create_capability = "learning.write"
    panels = (
        Custom("现在怎样", "mentoring/panel_degrees.html", _standing),
        Facts("org", "qualifying", "over", "bachelor", "base", "due_on", "source"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}


class RecognitionScreens(Screens):
    """Whom a body recognises as moral, knowledgeable, skilled or healthy worker."""

    model = Recognition
    lead = "道德型、知识型、技能型、健康型职工：本单位认定谁、凭什么。"
    table = RecognitionTable
    filterset = RecognitionFilters
    form = RecognitionForm
    rules = RECOGNITION_RULES
    flow = RECOGNITION
    create_capability = "learning.write"
    panels = (
        Facts("person", "kind", "org", "year", "on", "decided_by", "revoked_on", "revoked_for"),
        Text("evidence"),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "person")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}

    def saved(self, obj: models.Model) -> None:
        """What was recognised stands among the person's honours, and they hear of it once."""
        credit_recognition(obj, by=self.actor)  # type: ignore[arg-type]  # our own model
        if self.request.resolver_match.url_name == "recognition-create":  # type: ignore[union-attr]  # inside a request
            events.emit(obj, "recognise", by=self.actor)


def _points(appraisal: Appraisal, request: Any) -> dict[str, Any]:
    """The five abilities; what nobody rated says so."""
    pairs = [(Appraisal.label_of(name), getattr(appraisal, name)) for name in Appraisal.ABILITIES]
    return {"points": [(label, f"{n} 分" if n else "") for label, n in pairs]}


class AppraisalScreens(Screens):
    """Dated looks at the five abilities of workers."""

    model = Appraisal
    lead = "学习、技术运用、变革创新、自主管理、群体超越五种能力；本人看得到自己的。"
    table = AppraisalTable
    form = AppraisalForm
    rules = APPRAISAL_RULES
    create_capability = "learning.write"
    panels = (
        Facts("person", "org", "on", "way", "by"),
        Custom("能力", "mentoring/panel_points.html", _points),
        Text("note"),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "person", "by")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor}

    def write(self, form: Any) -> models.Model:
        """It lies with the body the person belongs to when it is written."""
        if not form.instance.pk:
            person: Person = form.cleaned_data["person"]
            form.instance.person, form.instance.org = person, person.org
            form.instance.by = self.actor.person
        return super().write(form)


def _grown(person: Person, request: Any) -> dict[str, Any]:
    """Of a person: pairs, tiers, recognitions and looks at abilities, to whoever may see them."""
    return {
        "pairs": list(PAIR_RULES["view"].narrow(pairs_of(person), request.actor)),
        "grown": grown_of(person, request.actor, timezone.localdate()),
    }


plug("people.person", Custom("培养成长", "mentoring/panel_grown.html", _grown, part="learning"))

urlpatterns: list[URLPattern] = [
    *DegreeTargetScreens.urls(),
    *RecognitionScreens.urls(),
    *AppraisalScreens.urls(),
]
