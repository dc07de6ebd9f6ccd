"""The lists and pages of terms."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone

from gonghui.core.orgs.models import UNIT, UPPER, Org
from gonghui.core.screens.doors import door
from gonghui.core.screens.panels import WORDS, Attachments, Custom, Facts, plug
from gonghui.core.screens.screens import Screens
from gonghui.core.screens.small_forms import small_form, writes
from gonghui.kit.dates import speak_due

from ..actions import terms as actions
from ..exchange import TERMS
from ..filters import TermFilters
from ..forms.terms import ExtendForm, TermForm
from ..models import Term
from ..queries.seating import officers_on
from ..rules import TERM_RULES
from ..tables import TermTable

WORDS |= {"extension": "延期批复文号"}


def officers(term: Term, request: Any) -> dict[str, Any]:
    """Who held which post in the union's committee at the term's last day, or holds it today."""
    day = term.ended_on or timezone.localdate()
    may = request.actor.can("people.view", at=term.org)
    rows = [(post, door(post)) for post in officers_on(term.org, day)] if may else []
    return {"rows": rows, "day": day}


class TermScreens(Screens):
    """Terms of the chosen place and below: the running ones unless more are asked for."""

    model = Term
    lead = "每个工会现在是第几届、从哪天起、哪天应当换届；延期须有上级批复。"
    table = TermTable
    filterset = TermFilters
    form = TermForm
    rules = TERM_RULES
    create_capability = "elections.write"
    export = TERMS
    acts = True
    panels = (
        Facts(
            "org", "number", "since", "years", "due_on", "extended_to", "extension",
            "extension_on", "extension_reason", "ended_on",
        ),
        Custom("本届领导机构", "elections/panel_officers.html", officers),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        given: dict[str, Any] = {"actor": self.actor}
        if obj.pk:
            return given
        said = self.request.GET.get("org", "")
        org = int(said) if said.isdigit() else getattr(self.place.org, "pk", None)
        return given | {"initial": {"org": org}}

    def write(self, form: Any) -> models.Model:
        values = dict(form.cleaned_data)
        if form.instance.pk:
            return actions.change_term(form.instance, by=self.actor, **values)
        return actions.register_term(values.pop("org"), by=self.actor, **values)

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = []
        if self.rules["extend"].allows(self.actor, obj):
            doors.append(("批准延期", reverse("elections:term-extend", args=[obj.pk])))
        if obj.ended_on is None and self.actor.can("elections.write", at=obj.org):
            begin = reverse("elections:election-create") + f"?org={obj.org_id}"
            doors.append(("开始换届", begin))
        return doors


@writes
def extend(request: Any, pk: int) -> HttpResponse:
    """The union above lets a term run longer."""
    rows = Term.objects.select_related("org")
    term = get_object_or_404(TERM_RULES["extend"].narrow(rows, request.actor), pk=pk)
    form = ExtendForm(request.POST or None)
    return small_form(
        request,
        form,
        lambda: actions.extend_term(term, by=request.actor, **form.cleaned_data),
        title="批准延期换届",
        of=term,
        lead=f"{term}应在 {term.due_on:%Y-%m-%d} 换届；延期须经上一级工会批准。",
        back=TermScreens.url("detail", term),
        submit="批准延期",
    )


def running(org: Org, request: Any) -> dict[str, Any]:
    """Of a union: the term it is in, or the door to entering it."""
    if org.kind not in UNIT | UPPER:
        return {}
    rows = TERM_RULES["view"].narrow(Term.objects.open().filter(org=org), request.actor)
    term = rows.first()
    writes = org.until is None and request.actor.can("elections.write", at=org)
    if term is None:
        create = TermScreens.url("create") + f"?org={org.pk}"
        return {"url": create if writes else ""}
    if org.until is not None:  # nobody is elected there any more, so nothing is due
        return {"term": term, "word": "随工会终止", "late": False, "url": door(term)}
    today = timezone.localdate()
    word = speak_due(term.end, today)
    return {"term": term, "word": word, "late": term.end < today, "url": door(term)}


plug("orgs.org", Custom("届次", "elections/panel_term.html", running, part="seats"))

urlpatterns = [
    *TermScreens.urls(),
    path("term/<int:pk>/extend/", extend, name="term-extend"),
]
