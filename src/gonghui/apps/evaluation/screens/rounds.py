"""Rounds: from the plan of one to the names of those it honours."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gonghui.core.access.who import person_of
from gonghui.core.screens.exports import Column, Export
from gonghui.core.screens.panels import WORDS, Custom, Facts, Text
from gonghui.core.screens.screens import Doors, Screens
from gonghui.core.screens.small_forms import posted, small_form, writes
from gonghui.kit.rules import may

from ..actions import sheets
from ..actions.judging import raise_objection
from ..actions.rounds import decide_tie
from ..engine.marking import said
from ..filters import RoundFilters
from ..flow import ROUND
from ..forms.rounds import ApplyForm, ObjectionForm, RoundForm, SelfForm, TieForm, bodies_for
from ..forms.trying import TryForm
from ..models import SHOWN, Round, RoundState, Target
from ..queries.applying import open_to, own_sheet
from ..queries.results import standing
from ..queries.trying import what_if
from ..queries.waiting import left_in, takes_objections
from ..rules import CONTENDER_RULES, ROUND_RULES, SCHEME_RULES
from ..tables import RoundTable

WORDS |= {
    "who": "对象", "grade": "等次", "item": "项目", "value": "结果", "files": "材料（件）",
    "answer": "核实结果", "avoids": "回避单位", "quotas": "名额",
    "called": "应参加人数", "least": "至少要参加的人数",
}  # fmt: skip
RANKED = (RoundState.RANKING, *SHOWN)
# Earlier it would tell what raters gave before all have given.
TRIED = (RoundState.VISITING, *RANKED)


def quotas(round_: Round, request: Any) -> dict[str, Any]:
    """Every grade of the scheme with its limit and its places."""
    most = round_.quota_of
    return {"bands": [(one, most.get(one.title)) for one in round_.scheme.bands.all()]}


def results(round_: Round, request: Any) -> dict[str, Any]:
    """Who takes part; once ranked, in their order, with what separates and what ties them."""
    actor = request.actor
    if not may("results", ROUND_RULES, actor, round_):
        return _own_alone(round_, actor)
    is_ranked = round_.state in RANKED
    found = standing(round_) if is_ranked else None
    left = left_in(round_) if round_.state == RoundState.VISITING else {}
    rows = round_.contenders.select_related("org", "person").order_by("org__path", "pk")
    opens = set(CONTENDER_RULES["view"].narrow(rows, actor).values_list("pk", flat=True))
    return {
        "round": round_,
        "results": found.results if found else (),
        "ties": found.granted.ties if found else (),
        "rows": [] if found else [(one, left.get(one.pk, "")) for one in rows],
        "opens": opens,
        "may_decide": may("decide", ROUND_RULES, actor, round_),
    }


def _own_alone(round_: Round, actor: Any) -> dict[str, Any]:
    """Before the result is public: the sheets one may open, those of one's own unit above all."""
    judged = round_.contenders.select_related("org", "person").order_by("org__path", "pk")
    own = list(CONTENDER_RULES["view"].narrow(judged, actor))
    rows = [(one, "") for one in own]
    return {"hidden": True, "round": round_, "rows": rows, "opens": {one.pk for one in own}}


class RoundScreens(Screens):
    """Evaluations of one time each, by an issued scheme."""

    model = Round
    lead = "按印发的方案评一次：申报自查、互评、现场考评、评定、公示、命名。记录里有的自动填。"
    table = RoundTable
    filterset = RoundFilters
    form = RoundForm
    rules = ROUND_RULES
    flow = ROUND
    create_capability = "evaluation.write"
    export = Export(
        (
            Column("名称", lambda one: one.title, 30),
            Column("评估方案", lambda one: str(one.scheme), 30),
            Column("组织评估的工会", lambda one: one.org.name, 28),
            Column("申报开始", lambda one: one.apply_from),
            Column("申报截止", lambda one: one.apply_until),
            Column("状态", lambda one: one.get_state_display()),
        )
    )
    panels = (
        Facts(
            "scheme", "org", "since", "until", "apply_from", "apply_until", "term_years",
            "notice_from", "notice_until", "notice_basis",
        ),
        Text("note"),
        Custom("等次和名额", "evaluation/panel_quotas.html", quotas),
        Custom("参评对象", "evaluation/panel_results.html", results),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "scheme__org")

    def form_kwargs(self, obj: models.Model) -> dict[str, Any]:
        return {"actor": self.actor, "org": self.place.org}

    def actions(self, obj: Any) -> Doors:
        doors = []
        if may_apply(obj, self.actor):
            doors.append(("申报", reverse("evaluation:round-apply", args=[obj.pk])))
        doors += own_doors(obj, self.actor)
        if may("raters", self.rules, self.actor, obj):
            doors.append(("评委", reverse("evaluation:round-raters", args=[obj.pk])))
        if may("try", self.rules, self.actor, obj) and obj.state in TRIED:
            doors.append(("换分值试算", reverse("evaluation:round-what-if", args=[obj.pk])))
        if takes_objections(obj, timezone.localdate()) and may(
            "object", self.rules, self.actor, obj
        ):
            doors.append(("提出异议", reverse("evaluation:round-object", args=[obj.pk])))
        return doors


def own_doors(round_: Round, actor: Any) -> Doors:
    """To put oneself forward, or to the sheet one has; nobody's but the person's own."""
    person = actor.person
    if person is None or round_.scheme.target != Target.PERSON:
        return []
    own = own_sheet(person, round_.pk)
    if own is not None:
        return [("我的评估表", reverse("evaluation:contender-detail", args=[own.pk]))]
    if open_to(person, timezone.localdate()).filter(pk=round_.pk).exists():
        return [("本人申报", reverse("evaluation:round-apply-self", args=[round_.pk]))]
    return []


def may_apply(round_: Round, actor: Any) -> bool:
    """Whether there is anybody this person could put forward now."""
    return round_.takes_applications(timezone.localdate()) and bodies_for(round_, actor).exists()


@writes
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a unit, a team or a person forward."""
    asker: Any = request
    round_ = RoundScreens(request).fetch(pk)
    if not may_apply(round_, asker.actor):
        raise Http404
    form = ApplyForm(posted(request)[0], round_=round_, actor=asker.actor)

    def act() -> str:
        made = sheets.apply(round_, by=asker.actor, **form.whom)
        return f"{made} 已申报。系统有记录的已经填好，请补上其余各项后报送。"

    back = RoundScreens.url("detail", round_)
    return small_form(request, form, act, back=back, title="申报", of=round_, submit="申报")


@writes
def apply_self(request: HttpRequest, pk: int) -> HttpResponse:
    """Put oneself forward; who already did comes to their sheet."""
    asker: Any = request
    person = person_of(request)
    own = own_sheet(person, pk)
    if own is not None:
        return redirect("evaluation:contender-detail", own.pk)
    round_ = get_object_or_404(open_to(person, timezone.localdate()), pk=pk)
    form = SelfForm(posted(request)[0])

    def act() -> str:
        own = form.cleaned_data
        sheets.apply(round_, person.org, by=asker.actor, person=person, reason=own["reason"])
        return "已申报。系统有记录的已经填好，请补上其余各项后报送。"

    back = reverse("evaluation:round-apply-self", args=[pk])
    return small_form(request, form, act, back=back, title="本人申报", of=round_, submit="申报")


@writes
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide among equals; only the first tie can be decided, the next follows from it."""
    asker: Any = request
    round_ = RoundScreens(request).fetch(pk, "decide")
    ties = standing(round_).granted.ties
    if not ties:
        raise Http404
    form = TieForm(posted(request)[0], round_=round_, tie=ties[0])

    def act() -> None:
        own = form.cleaned_data
        decide_tie(round_, ties[0].grade, list(own["who"]), reason=own["reason"], by=asker.actor)

    back = RoundScreens.url("detail", round_)
    title = f"评定并列：{ties[0].grade}"
    return small_form(request, form, act, back=back, title=title, of=round_)


@writes
def objecting(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever reads the notice may object; an officer notes letters and calls."""
    asker: Any = request
    round_ = get_object_or_404(RoundScreens(request).visible("object"), pk=pk)
    officer = may("place", ROUND_RULES, asker.actor, round_)
    form = ObjectionForm(posted(request)[0], round_=round_, officer=officer)

    def act() -> str:
        told = form.cleaned_data
        own = not told.get("by_letter", False)
        raise_objection(
            round_, words=told["words"], contender=told["contender"], own=own, by=asker.actor
        )
        return "已收到，核实后答复。"

    back = RoundScreens.url("detail", round_)
    return small_form(request, form, act, back=back, title="提出异议", of=round_, submit="提出")


@require_safe
def trying(request: HttpRequest, pk: int) -> HttpResponse:
    """Other weights and limits on the sheets of a round, before a new version is drawn up."""
    asker: Any = request
    round_ = RoundScreens(request).fetch(pk, "try")
    form = TryForm(request.GET or None, round_=round_)
    full, full_mark = form.full, Fraction(round_.scheme.full_mark)
    writes_scheme = may("version", SCHEME_RULES, asker.actor, round_.scheme)
    context = {
        "round": round_,
        "form": form,
        "moved": what_if(round_, form.changed, form.tried_bands) if round_.state in TRIED else [],
        "full": said(full),
        "full_mark": said(full_mark),
        "fits": full == full_mark,
        "back": RoundScreens.url("detail", round_),
        "version_url": reverse("evaluation:version", args=[round_.scheme_id])
        if writes_scheme
        else "",
    }
    return TemplateResponse(request, "evaluation/what_if.html", context)


urlpatterns: list[URLPattern] = [
    *RoundScreens.urls(),
    path("round/<int:pk>/apply/", apply, name="round-apply"),
    path("round/<int:pk>/apply/self/", apply_self, name="round-apply-self"),
    path("round/<int:pk>/what-if/", trying, name="round-what-if"),
    path("round/<int:pk>/tie/", tie, name="round-tie"),
    path("round/<int:pk>/object/", objecting, name="round-object"),
]
