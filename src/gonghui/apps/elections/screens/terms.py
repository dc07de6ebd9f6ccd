"""The lists and pages of terms, a new chair's duties and departures."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gonghui.core.files.store import attach
from gonghui.core.orgs.models import UNIT, UPPER, Org
from gonghui.core.people.models import Post
from gonghui.core.screens.doors import door
from gonghui.core.screens.panels import WORDS, Attachments, Custom, Facts, plug
from gonghui.core.screens.screens import Screens
from gonghui.kit.dates import speak_due

from ..actions import terms as actions
from ..actions.departures import check_post, leads, union_of
from ..exchange import TERMS
from ..filters import ChairDutyFilters, DepartureFilters, TermFilters
from ..flow import DEPARTURE
from ..forms.terms import ChairDutyForm, DepartureForm, ExtendForm, TermForm
from ..models import ChairDuty, Departure, Term
from ..queries.seating import officers_on
from ..rules import CHAIRDUTY_RULES, DEPARTURE_RULES, TERM_RULES
from ..tables import ChairDutyTable, DepartureTable, TermTable
from .asking import asked

WORDS |= {
    "extension": "延期批复文号",
    "done_on": "完成日期",
    "decided_on": "表决日期",
    "eligible": "全体人数",
    "yes": "赞成票",
    "meeting": "表决会议",
    "approved_on": "同意日期",
    "approval": "文号",
    "left_on": "离任日期",
}


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


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: Any, pk: int) -> HttpResponse:
    """The union above lets a term run longer."""
    rows = Term.objects.select_related("org")
    term = get_object_or_404(TERM_RULES["extend"].narrow(rows, request.actor), pk=pk)
    form = ExtendForm(request.POST or None)
    return asked(
        request,
        form,
        lambda: actions.extend_term(term, by=request.actor, **form.cleaned_data),
        title="批准延期换届",
        lead=f"{term}应在 {term.due_on:%Y-%m-%d} 换届；延期须经上一级工会批准。",
        back=TermScreens.url("detail", term),
    )


class ChairDutyScreens(Screens):
    """The talks and trainings that new chairs are owed, the open ones first."""

    model = ChairDuty
    lead = "新当选的主席要有任前谈话和岗位培训；办完登记日期和经过。"
    table = ChairDutyTable
    filterset = ChairDutyFilters
    rules = CHAIRDUTY_RULES
    panels = (
        Facts("person", "org", "post", "kind", "since", "done_on", "note"),
        Attachments(),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "person", "post__org", "post__person")

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        if not self.rules["edit"].allows(self.actor, obj):
            return []
        return [("登记完成", reverse("elections:chairduty-fulfil", args=[obj.pk]))]


@require_http_methods(["GET", "HEAD", "POST"])
def fulfil(request: Any, pk: int) -> HttpResponse:
    """The talk was held or the training done: when, with whom, with what papers."""
    duty = ChairDutyScreens(request).fetch(pk, "edit")
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ChairDutyForm(*data, duty=duty)

    @transaction.atomic
    def keep() -> None:
        values = dict(form.cleaned_data)
        files = values.pop("papers")
        done = actions.fulfil_duty(duty, by=request.actor, **values)
        for file in files:
            attach(done, file, name=file.name, by=request.actor)

    back = ChairDutyScreens.url("detail", duty)
    return asked(request, form, keep, title=f"登记{duty}", lead=str(duty.org), back=back)


class DepartureScreens(Screens):
    """Chairs and vice-chairs who leave before their term ends."""

    model = Departure
    lead = "主席、副主席任期未满：罢免须大会过半数通过，调动须征得本级委员会和上一级工会同意。"
    table = DepartureTable
    filterset = DepartureFilters
    form = DepartureForm
    rules = DEPARTURE_RULES
    flow = DEPARTURE
    create_capability = "elections.write"
    panels = (
        Facts(
            "post", "org", "way", "reason", "proposed_on", "decided_on", "meeting", "eligible",
            "yes", "approved_on", "approval", "left_on",
        ),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org__parent", "post__person", "post__org")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        given: dict[str, Any] = {"actor": self.actor}
        said = self.request.GET.get("post", "")
        return given if obj.pk or not said.isdigit() else given | {"initial": {"post": int(said)}}

    def write(self, form: Any) -> models.Model:
        """The departure lies with the union whose post it is."""
        departure: Departure = form.instance
        if not departure.pk:
            departure.post = form.cleaned_data["post"]
            check_post(departure.post)
            departure.org = union_of(departure.post)
        saved: Departure = form.save()
        return saved


def leaving(post: Post, request: Any) -> dict[str, Any]:
    """Of a chair's post: the departures there were, and the door to one where it may be begun."""
    shown = DEPARTURE_RULES["view"].narrow(post.departures.all(), request.actor)  # type: ignore[attr-defined]  # our own related name
    rows = list(shown)
    under_way = any(one.is_open for one in rows)
    may = leads(post) and post.until is None and not under_way
    may = may and request.actor.can("elections.write", at=post.org)
    begin = DepartureScreens.url("create") + f"?post={post.pk}"
    return {"rows": [(one, door(one)) for one in rows], "begin": begin if may else ""}


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
    today = timezone.localdate()
    word = speak_due(term.end, today)
    return {"term": term, "word": word, "late": term.end < today, "url": door(term)}


plug("orgs.org", Custom("届次", "elections/panel_term.html", running))
plug("people.post", Custom("离任", "elections/panel_leaving.html", leaving))

urlpatterns = [
    *TermScreens.urls(),
    path("term/<int:pk>/extend/", extend, name="term-extend"),
    *ChairDutyScreens.urls(),
    path("chairduty/<int:pk>/fulfil/", fulfil, name="chairduty-fulfil"),
    *DepartureScreens.urls(),
]
