"""Plans: their list and pages, and the ways to begin one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.documents.inbound import Inbound, read_upload
from gonghui.core.files.store import attach
from gonghui.core.screens.panels import Attachments, Custom, Facts
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import Screens
from gonghui.kit.addresses import address, numbered
from gonghui.kit.blocks import plain_blocks
from gonghui.kit.errors import DomainError
from gonghui.kit.prepared import the_one
from gonghui.kit.rules import may

from .. import actions, queries
from ..exchange import PLANS
from ..filters import PlanFilters
from ..flow import LIFE
from ..forms.plans import AgainForm, BeginForm, PlanForm
from ..models import Plan, PlanState, UpperDocument
from ..queries.leaving import WORKED
from ..queries.views import whole_plan
from ..rules import PLAN_RULES
from ..tables import PlanTable
from .views import LOOKS, plan_views


def _upper_documents(plan: Plan, request: Any) -> dict[str, Any]:
    return {"documents": list(plan.upper_documents.all())}


class PlanScreens(Screens):
    """Plans of the chosen place; discarded ones only when they are asked for."""

    model = Plan
    lead = "把纸上的计划变成每天能办的事：上传、核对、审定，然后照着做。"
    table = PlanTable
    filterset = PlanFilters
    form = PlanForm
    rules = PLAN_RULES
    flow = LIFE
    create_capability = "plans.write"
    export = PLANS
    panels = (
        Custom("", "plans/panel_views.html", plan_views),
        Facts(
            "org", "kind", "starts_on", "ends_on", "theme", "main_line", "guidance",
            "approved_by", "approved_on", "author", "closing", title="计划概况",
        ),
        Custom("贯彻的上级文件", "plans/panel_documents.html", _upper_documents),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org", "author")

    def listed(self) -> models.QuerySet[Any]:
        rows = super().listed()
        asked = self.request.GET.get("state") == PlanState.DISCARDED
        return rows if asked else rows.exclude(state=PlanState.DISCARDED)

    def detail(self, pk: int) -> HttpResponse:
        return self._detail(self._whole(pk))

    def look(self, pk: int, look: str) -> HttpResponse:
        """The plan in another look, under the same head: what it is and what may be done next."""
        plan = self._whole(pk)
        context = {
            "object": plan,
            "found": plan_views(plan, self.request, look),
            "transitions": self.open_steps(plan),
            "may_edit": may("edit", self.rules, self.actor, plan),
            "edit_url": self.url("update", plan),
            "doors": self.actions(plan),
        }
        return TemplateResponse(self.request, "plans/plan_look.html", context)

    def _whole(self, pk: int) -> Plan:
        def asked(pk: int) -> models.QuerySet[Plan]:
            rows = whole_plan(self.visible(), self.actor)
            return LIFE.with_steps(rows, self.actor).filter(pk=pk)

        return the_one(pk, ("plan", self.actor.key), asked)

    def create(self) -> HttpResponse:
        """A plan begins on its own screen, with what it is read from."""
        if not self.may_create():
            raise Http404
        return begin(self.request)

    def write(self, form: Any) -> models.Model:
        """Upper documents have no life of their own: they are written anew."""
        plan: Plan = form.save()
        plan.upper_documents.all().delete()
        UpperDocument.objects.bulk_create(
            UpperDocument(plan=plan, issuer=issuer, number=number, spirit=spirit)
            for issuer, number, spirit in form.cleaned_data["upper_documents"]
        )
        return plan

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        doors = []
        if may("edit", self.rules, self.actor, obj):
            doors.append(("核对提纲", numbered("plans:plan-review")(obj.pk)))
        if obj.has_items:
            doors.append(("指标进度", numbered("plans:plan-targets")(obj.pk)))
            doors.append(("写总结", numbered("plans:summary")(obj.pk)))
            doors.append(("月度简报", numbered("plans:brief")(obj.pk)))
        if obj.state in WORKED and may("place", self.rules, self.actor, obj):
            doors.append(("未完成的转入新计划", numbered("plans:carry-over")(obj.pk)))
        doors.append(("订阅日历", f"{address('feeds:list')}?source=plan&about={obj.pk}"))
        return doors


def begin(request: Any) -> HttpResponse:
    """Begin a plan from a file, pasted text, a sample, an earlier plan, or nothing."""
    posted = request.method == "POST"
    data = (request.POST, request.FILES) if posted else (None, None)
    form = BeginForm(*data, actor=request.actor, org=place_of(request).org)
    alike: list[tuple[Plan, int]] = []
    if posted and form.is_valid():
        try:
            paper = _paper(form)
            alike = [] if form.cleaned_data["anyway"] else _alike(request, paper)
            if not alike:
                plan = _begun(request, form, paper)
                return redirect("plans:plan-review", plan.pk)
        except DomainError as error:
            form.add_error(None, error.sentence)
    # Pasted text is sent on as it is; a file has to be chosen again, or its tables would be lost.
    given = bool(alike) and bool(form.cleaned_data["file"])
    again = AgainForm(auto_id="again_%s") if given else None
    context = {"form": form, "alike": alike, "again": again}
    return TemplateResponse(request, "plans/begin.html", context, status=422 if posted else 200)


def _paper(form: BeginForm) -> Inbound | None:
    """What the officer gave to read, if anything."""
    said = form.cleaned_data
    if said["file"]:
        return read_upload(said["file"], said["file"].name)
    if said["text"].strip():
        return Inbound(blocks=plain_blocks(said["text"]), text=said["text"], kind="txt")
    return None


def _alike(request: Any, paper: Inbound | None) -> list[tuple[Plan, int]]:
    visible = PLAN_RULES["view"].narrow(Plan.objects.all(), request.actor)
    return queries.plans_like(paper.text, visible) if paper else []


@transaction.atomic
def _begun(request: Any, form: BeginForm, paper: Inbound | None) -> Plan:
    said, by = form.cleaned_data, request.actor
    dates = {"starts_on": said["starts_on"], "ends_on": said["ends_on"]}
    title = said["title"] or f"{said['starts_on'].year} 年工作计划"
    if said["earlier"]:
        return actions.copy_plan(said["earlier"], title=title, by=by, **dates)
    plan = actions.create_plan(said["org"], title=title, kind=said["kind"], by=by, **dates)
    if paper is not None:
        plans = _read(request, plan, paper, said)
        if not {*dates} & {*form.changed_data}:
            _follow_titles(request, plans)
    elif said["pattern"]:
        actions.begin_from_pattern(plan, said["pattern"], by=by)
    return plan


def _read(request: Any, plan: Plan, paper: Inbound, said: dict[str, Any]) -> list[Plan]:
    name = said["file"].name if said["file"] else "粘贴的文字"
    plans = actions.read_into(plan, paper.blocks, source=paper.text, name=name, by=request.actor)
    title = queries.draft_of(plan).outline.get("title", "")
    if title and not said["title"]:
        plan.title = title[:200]
        plan.save(update_fields=["title"])
    if said["file"]:
        said["file"].seek(0)
        attach(plan, said["file"], name=name, by=request.actor, role="source")
    if len(plans) > 1:
        messages.info(request, f"文件里有 {len(plans)} 份计划，已各建一份，请逐份核对。")
    return plans


def _follow_titles(request: Any, plans: list[Plan]) -> None:
    """Dates nobody chose give way to the years that the papers name."""
    for plan in plans:
        if sentence := actions.last_as_titled(plan):
            messages.info(request, f"《{plan.title}》：{sentence}")


@require_POST
def keep(request: Any, pk: int) -> HttpResponse:
    """存为草稿: write the outline as the plan's items, so that the views show them."""
    plan = PlanScreens(request).fetch(pk, "edit")
    try:
        actions.save_outline(plan, by=request.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
        return redirect("plans:plan-review", pk)
    return redirect("plans:plan-detail", pk)


def _look(look: str) -> Any:
    @require_safe
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        return PlanScreens(request).look(pk, look)

    return view


urlpatterns = [
    *PlanScreens.urls(),
    *(
        path(f"plan/<int:pk>/{look}/", _look(look), name=LOOKS[look][1])
        for look in ("board", "month", "year")
    ),
    path("plan/<int:pk>/keep/", keep, name="plan-keep"),
]
