"""The review screen: the source beside the tree that was read from it, corrected line by line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_POST

from gonghui.core.access.actor import Actor
from gonghui.kit.errors import DomainError

from .. import actions, queries
from ..engine.festivals import TITLES
from ..engine.outline_focus import focus_after
from ..engine.outlining import (
    Impossible,
    Node,
    Outline,
    diff,
    doubtful,
    outline_from_json,
    summary,
)
from ..flow import LIFE
from ..models import Draft, Plan
from ..queries.leaving import left_behind
from .plans import PlanScreens
from .review_form import NodeForm, choices_of
from .review_rows import Row, names_of, rows_of, sheet_of

STRUCTURE = ("indent", "outdent", "move_up", "move_down", "merge", "delete")
# What the officer sees where the new words and the old ones were both typed by somebody.
GONE = "这一条刚被别人合并或移走了，您的改动没有存。您写的内容在下面，可以复制到别处。"
OVERTAKEN = "这一条刚被别人改过，您的改动还没有存。您写的内容在下面，对照原文核对后再保存一次。"


@dataclass
class Live:
    """All the review screen shows of a draft, at one revision."""

    plan: Plan
    draft: Draft
    outline: Outline
    current: int | None = None
    notice: str = ""
    lost_words: str = ""

    def __post_init__(self) -> None:
        self.summary = summary(self.outline)
        self.rows = rows_of(self.outline, self.current)
        self.owners = queries.possible_owners(self.plan)

    @property
    def revision(self) -> int:
        return self.draft.revision

    @property
    def source_name(self) -> str:
        return self.draft.source_name

    @property
    def sheet(self) -> list[Any]:
        return sheet_of(self.draft.source, self.outline, self.current)

    @property
    def next_doubt(self) -> int | None:
        """The first open doubt behind the current line, or from the top again."""
        order = [node.id for node in self.outline.nodes]
        open_ = [node.id for node in doubtful(self.outline)]
        at = order.index(self.current) if self.current in order else -1
        return next((i for i in open_ if order.index(i) > at), open_[0] if open_ else None)

    @property
    def add_after(self) -> int | None:
        return self.current or (self.outline.nodes[-1].id if self.outline.nodes else None)

    @property
    def asides(self) -> list[dict[str, Any]]:
        return [
            {
                "text": a.text,
                "restore": json.dumps({"op": "restore_furniture", "id": a.id, "after": a.after}),
            }
            for a in self.outline.furniture
        ]

    @property
    def edit_url(self) -> str:
        return reverse("plans:plan-edit-outline", args=[self.plan.pk])

    @property
    def undo_url(self) -> str:
        return reverse("plans:plan-undo-outline", args=[self.plan.pk])

    def row(self, node_id: int | None) -> Row | None:
        return next((row for row in self.rows if row.node.id == node_id), None)

    def panel(self, node: Node, data: Any = None) -> NodeForm:
        choices = choices_of(self.outline, names_of(self.outline))
        return NodeForm(data, node=node, choices=choices, owners=self.owners)

    def open_panel(self, node_id: int | None, form: NodeForm | None = None, why: str = "") -> None:
        """Open one line's panel, with what the officer wrote where it could not be kept."""
        row = self.row(node_id)
        if row is not None:
            row.form, row.sentence = form or self.panel(row.node), why


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole screen, at the first doubt; ``?edit=12`` opens a line, ``?at=12`` closes it."""
    plan, draft = _fetch(request, pk)
    edited, at = _number(request, "edit"), _number(request, "at")
    live = Live(plan, draft, outline_from_json(draft.outline), edited or at)
    live.open_panel(edited)
    if _asks_for_a_part(request) and (row := live.row(edited or at)):
        return _varied(TemplateResponse(request, "plans/_node.html", {"live": live, "row": row}))
    if live.current is None and (doubt := live.next_doubt):
        live = Live(plan, draft, live.outline, doubt)
    return _page(request, live)


@require_POST
def edit_outline(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one change, or the several of a panel; a change that no longer fits keeps its words."""
    plan, draft = _fetch(request, pk)
    live = Live(plan, draft, outline_from_json(draft.outline))
    node = _posted_number(request, "node")
    if _is_panel(request) and live.row(node) is None:
        return _overtaken(request, live, node)
    form = live.panel(live.outline.node(node), request.POST) if _is_panel(request) else None
    if form is not None and not form.is_valid():
        return _kept(request, live, node, form, "")
    try:
        change = _change(request, form)
        revision = _posted_number(request, "revision") or draft.revision
        edited = actions.edit_outline(draft, change, revision=revision, by=_actor(request))
    except actions.Conflict as problem:
        return _overtaken(request, Live(plan, *_reread(draft), node, problem.sentence), node)
    except DomainError as problem:
        return _kept(request, live, node, form, problem.sentence)
    after = outline_from_json(edited.outline)
    shown = Live(plan, edited, after, focus_after(change, live.outline, after))
    shown.notice = _beside(request, edited, revision)
    return _answered(request, shown)


def _beside(request: HttpRequest, draft: Draft, since: int) -> str:
    """That others changed other lines meanwhile, which now stand on the page as well."""
    person = _actor(request).person
    others = queries.changed_beside(draft, since, person) if person else {}
    told = "、".join(f"{name}刚改了 {count} 处" for name, count in others.items())
    return f"{told}，与您的改动都已存好。" if told else ""


@require_POST
def undo_outline(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last change back."""
    plan, draft = _fetch(request, pk)
    before = outline_from_json(draft.outline)
    try:
        undone = actions.undo_outline(draft, by=_actor(request))
    except DomainError as problem:
        return _kept(request, Live(plan, draft, before), None, None, problem.sentence)
    after = outline_from_json(undone.outline)
    changed = diff(before, after)
    current = next((node.id for node in after.nodes if node.id in changed), None)
    return _answered(request, Live(plan, undone, after, current))


def _change(request: HttpRequest, form: NodeForm | None) -> dict[str, Any]:
    """The change a request asks for: as JSON, as a panel's button, or as one of the small forms."""
    if "op" in request.POST:
        return _json(request.POST["op"])
    do, node = request.POST.get("do", ""), _posted_number(request, "node")
    if do == "add":
        after = _posted_number(request, "after")
        return {"op": "add", "after": after, "text": request.POST.get("text", "").strip()}
    if do == "fill_blank":
        settles = request.POST.get("settles")
        filled = {"op": do, "node": node, "value": request.POST.get("value", "")}
        return {**filled, "settles": settles} if settles else filled
    if form is None or do not in ("save", "split", *STRUCTURE):
        raise Impossible("不认识这种改动，没有改。请刷新后再试。")
    return {"op": "all", "ops": _panel_ops(request, form, do)}


def _panel_ops(request: HttpRequest, form: NodeForm, do: str) -> list[dict[str, Any]]:
    ops = form.split_ops(_offset(request)) if do == "split" else form.ops()
    if form.node.is_doubtful and "settled" in request.POST:
        ops.insert(0, {"op": "settle", "node": form.node.id})
    if do in STRUCTURE:
        ops.append({"op": do, "node": form.node.id})
    return ops


def _is_panel(request: HttpRequest) -> bool:
    return "text" in request.POST and "kind" in request.POST


def _answered(request: HttpRequest, live: Live) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _varied(TemplateResponse(request, "plans/_live.html", {"live": live}))
    if live.notice:
        messages.info(request, live.notice)
    return redirect(_address(live))


def _kept(
    request: HttpRequest, live: Live, node: int | None, form: NodeForm | None, sentence: str
) -> HttpResponse:
    """Nothing was changed: say why, beside what was written."""
    if not request.headers.get("HX-Request"):
        if form is None:
            messages.error(request, sentence)
            return redirect(_address(live, node))
        live = Live(live.plan, live.draft, live.outline, node)
        live.open_panel(node, form, sentence)
        return _page(request, live, status=422)
    live.open_panel(node, form, sentence)
    row = live.row(node) if form else None
    if row is not None:
        response = TemplateResponse(
            request, "plans/_node.html", {"live": live, "row": row}, status=422
        )
        response["HX-Retarget"], response["HX-Reswap"] = f"#node-{node}", "outerHTML settle:0s"
    else:
        response = TemplateResponse(
            request, "plans/_notice.html", {"sentence": sentence}, status=422
        )
        response["HX-Retarget"], response["HX-Reswap"] = "#notice", "innerHTML settle:0s"
    return _varied(response)


def _overtaken(request: HttpRequest, live: Live, node: int | None) -> HttpResponse:
    """Somebody changed the same line meanwhile: the new state, with the officer's words kept."""
    now = live.row(node)
    if _is_panel(request) and now is not None:
        live.open_panel(node, live.panel(now.node, request.POST), OVERTAKEN)
        now.is_overtaken = True
    elif _is_panel(request):
        live.notice, live.lost_words = GONE, request.POST["text"]
    if request.headers.get("HX-Request"):
        return _varied(TemplateResponse(request, "plans/_live.html", {"live": live}, status=409))
    return _page(request, live, status=409)


def _page(request: HttpRequest, live: Live, status: int = 200) -> HttpResponse:
    context = {
        "live": live,
        "plan": live.plan,
        "plan_url": reverse("plans:plan-detail", args=[live.plan.pk]),
        "festivals": list(TITLES.values()),
        "steps": _steps(request, live.plan),
        "left": left_behind(live.plan, _actor(request)),
    }
    return _varied(TemplateResponse(request, "plans/review.html", context, status=status))


def _steps(request: HttpRequest, plan: Plan) -> list[dict[str, str]]:
    """送审, where this officer may press it; other steps wait on the plan's own page."""
    return [
        {"label": step.label, "url": reverse("plans:plan-transition", args=[plan.pk, step.name])}
        for step in LIFE.open_to(_actor(request), plan)
        if step.is_main
    ]


def _actor(request: Any) -> Actor:
    actor: Actor = request.actor
    return actor


def _fetch(request: HttpRequest, pk: int) -> tuple[Plan, Draft]:
    plan = PlanScreens(request).fetch(pk, "edit")
    return plan, queries.draft_of(plan)


def _reread(draft: Draft) -> tuple[Draft, Outline]:
    draft.refresh_from_db()
    return draft, outline_from_json(draft.outline)


def _address(live: Live, node: int | None = None) -> str:
    at = node or live.current
    where = f"?at={at}#node-{at}" if at else ""
    return reverse("plans:plan-review", args=[live.plan.pk]) + where


def _asks_for_a_part(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def _varied(response: TemplateResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request"])
    return response


def _number(request: HttpRequest, name: str) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


def _posted_number(request: HttpRequest, name: str) -> int | None:
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


def _offset(request: HttpRequest) -> int | None:
    return _posted_number(request, "at")


def _json(said: str) -> dict[str, Any]:
    try:
        op = json.loads(said)
    except ValueError as problem:
        raise Impossible("没有看懂这处改动，没有改。请刷新后再试。") from problem
    if not isinstance(op, dict):
        raise Impossible("没有看懂这处改动，没有改。请刷新后再试。")
    return op


urlpatterns = [
    path("plan/<int:pk>/review/", review, name="plan-review"),
    path("plan/<int:pk>/review/edit/", edit_outline, name="plan-edit-outline"),
    path("plan/<int:pk>/review/undo/", undo_outline, name="plan-undo-outline"),
]
