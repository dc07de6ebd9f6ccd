"""Moving, merging, closing and reopening a body, its second leadership: asked, shown, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Standing
from gonghui.core.screens.doors import list_of
from gonghui.kit.errors import DomainError

from .. import queries
from ..actions import bodies as actions
from ..actions import closing, merging
from ..forms.bodies import (
    ChangeForm,
    CloseForm,
    MergeForm,
    MoveForm,
    RenameForm,
    ReopenForm,
    SecondForm,
    SplitForm,
)
from ..rules import ORG_RULES
from .bodies import RESTRUCTURE, TAKE_BACK, OrgScreens


@dataclass(frozen=True)
class Step:
    """One change of the tree: what it asks, what it says before it is done, and the deed."""

    title: str
    lead: str
    button: str
    form: type[ChangeForm]
    act: Callable[..., Org]
    touched: Callable[..., queries.Touched]
    told: tuple[str, ...]  # sentences of the preview
    target: str = ""  # the field that names the other body
    rule: str = "restructure"


STEPS = {
    "rename": Step(
        *RESTRUCTURE["rename"],
        "确认更名",
        RenameForm,
        actions.rename_org,
        queries.touched_by_rename,
        ("人员、职务、授权、下级和记录都不变；以前的计划和文书仍显示原来的标题。",),
    ),
    "split": Step(
        *RESTRUCTURE["split"],
        "确认分立",
        SplitForm,
        actions.split_org,
        queries.touched_by_split,
        (
            "勾选的下级和人员划归新组织；职务和授权留在原组织，新组织的负责人另行产生。",
            "计划等记录仍属于原来的组织。",
        ),
    ),
    "move": Step(
        *RESTRUCTURE["move"],
        "确认调整",
        MoveForm,
        actions.move_org,
        queries.touched_by_move,
        (
            "下级组织、人员、职务和授权随它一起移动，内容不变。",
            "计划等记录仍属于原来的组织；新上级从此可以看到，原上级不再看到。",
        ),
        "parent",
    ),
    "second": Step(
        *RESTRUCTURE["second"],
        "确认",
        SecondForm,
        actions.set_second_parent,
        queries.touched_by_move,
        ("第二上级的干部将能看到它和它的全部下级；取消后不再看到。",),
        "second",
    ),
    "merge": Step(
        *RESTRUCTURE["merge"],
        "确认合并",
        MergeForm,
        merging.merge_org,
        queries.touched_by_merge,
        (
            "直接下级和人员转到新组织；在这里的职务和授权到今天为止。",
            "计划等记录保留在原组织名下，新组织可以查看。",
            "办错了可以整个收回；合并以后又有变动的人和组织，收回时不动。",
        ),
        "into",
    ),
    "close": Step(
        *RESTRUCTURE["close"],
        "确认撤销",
        CloseForm,
        closing.close_org,
        queries.touched_by_close,
        ("在这里的职务和授权到今天为止；计划等记录保留，可以查看。",),
    ),
    "reopen": Step(
        *TAKE_BACK["reopen"],
        "确认收回",
        ReopenForm,
        closing.reopen_org,
        queries.touched_by_reopen,
        (
            "撤销时终止的组织、会籍、职务和授权都恢复，像没有撤销过一样；撤销和收回都留在历史里。",
            "撤销以后又办过会籍手续的人不动，请逐人核对；随撤销终止的选举要重新办。",
        ),
        rule="reopen",
    ),
    "unmerge": Step(
        *TAKE_BACK["unmerge"],
        "确认收回",
        ReopenForm,
        merging.unmerge_org,
        queries.touched_by_reopen,
        (
            "合并时转走的下级和人员都转回来，终止的职务和授权恢复，在新组织接着任的职务取消，"
            "像没有合并过一样；合并和收回都留在历史里。",
            "合并以后又办过会籍手续的人、又调到别处的下级不动，请逐个核对；"
            "随合并终止的选举要重新办。",
        ),
        rule="unmerge",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def restructure(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """GET asks, POST shows what it would touch, POST with ``confirmed`` does it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
    plan = STEPS[step]
    may = ORG_RULES[plan.rule].narrow(Org.objects.select_related("second_parent"), actor)
    org = get_object_or_404(may, pk=pk)
    posted = request.method == "POST"
    form = plan.form(request.POST if posted else None, org=org, actor=actor)
    if not posted or not form.is_valid():
        return _page(request, org, plan, form, status=422 if posted else 200)
    if "confirmed" not in request.POST:
        return _page(request, org, plan, form, preview=_preview(org, plan, form, actor))
    return _act(request, org, plan, form)


def _act(request: Any, org: Org, plan: Step, form: ChangeForm) -> HttpResponse:
    values = dict(form.cleaned_data)
    other = (values.pop(plan.target),) if plan.target else ()
    try:
        done = plan.act(org, *other, by=request.actor, **values)
    except DomainError as error:
        form.add_error(None, error.sentence)
        return _page(request, org, plan, form, status=422)
    messages.success(request, f"「{done}」已办妥：{plan.title}。历史里可以查到。")
    visible = ORG_RULES["view"].allows(request.actor, done)
    return redirect(OrgScreens.url("detail", done) if visible else OrgScreens.url("list"))


def _preview(org: Org, plan: Step, form: ChangeForm, by: Actor) -> dict[str, Any]:
    other = form.cleaned_data.get(plan.target) if plan.target else None
    said: Any = form.data
    chosen = form.cleaned_data if plan.touched is queries.touched_by_split else {}
    touched = plan.touched(org, timezone.localdate(), by, **_chosen(chosen))
    return {
        "from": {"parent": org.parent, "second": org.second_parent}.get(plan.target, org),
        "to": other or form.cleaned_data.get("name"),
        "counts": [
            *_counts(org, touched, _scope(plan, touched)),
            *_led_twice(touched),
        ],
        "told": (*plan.told, *_ended(org, plan), *_follows(org, touched)),
        "hidden": [(name, value) for name in form.fields for value in said.getlist(name)],
    }


def _chosen(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("children", "people") if name in said}


def _scope(plan: Step, touched: queries.Touched) -> str:
    """Which list shows what was counted; none of a split, where one chose, and of what is over."""
    if plan.touched in (queries.touched_by_split, queries.touched_by_reopen):
        return ""
    return "below" if touched.whole else "own"


Count = tuple[str, int, str, str]  # label, number, unit and the list it opens to, if there is one


def _counts(org: Org, touched: queries.Touched, scope: str) -> list[Count]:
    """What is touched; people by how they stand where what follows differs."""
    at = f"?org={org.pk}&scope={scope}"
    counted = [
        ("下级组织", touched.orgs, "个", reverse("organisation:tree") + f"?at={org.pk}"),
        ("人员", touched.people, "人", list_of("people.person", at)),
        *(
            (f"其中{label}", number, "人", list_of("people.person", f"{at}&standing={value}"))
            for value, label in Standing.choices
            if (number := touched.standings.get(value, 0))
        ),
        ("在任职务", touched.posts, "个", list_of("people.post", at)),
        ("授权", touched.grants, "个", list_of("access.grant", at)),
    ]
    counted += [
        (str(model._meta.verbose_name), number, "个", list_of(model._meta.label_lower, at))
        for model, number in touched.records
    ]
    return [(label, number, unit, url if scope else "") for label, number, unit, url in counted]


def _ended(org: Org, plan: Step) -> list[str]:
    """What a union that ends had begun and leaves unfinished."""
    if not (plan.form.ends and org.is_union):
        return []
    return ["正在办的换届选举和主席离任到此为止，不再办下去。"]


def _follows(org: Org, touched: queries.Touched) -> list[str]:
    """What becomes of the people of a union that ends, in the words of the law (ORG-03)."""
    said = {
        Standing.MEMBER: f"会员 {{}} 人从今天起保留会籍，由上一级工会「{org.parent}」代管："
        "免交会费，没有选举权、被选举权和表决权，不计入会员数。到新单位的，从那里办会籍转接。"
        "现在就有去处的，请先取消，办完转接再撤销。",
        Standing.RETAINED: f"已经保留会籍的 {{}} 人仍然保留，改由「{org.parent}」代管。",
        Standing.WORKER: "还没有入会的职工 {} 人登记离开，账号从今天起不能登录。",
    }
    return [
        words.format(number)
        for standing, words in said.items()
        if (number := touched.standings.get(standing, 0))
    ]


def _led_twice(touched: queries.Touched) -> list[Count]:
    """Bodies that this one or its subtree leads a second time; they are named because few."""
    return [(f"第二领导：{name}", 1, "个", "") for name in touched.led]


def _page(
    request: HttpRequest,
    org: Org,
    plan: Step,
    form: ChangeForm,
    preview: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "org": org,
        "step": plan,
        "form": form,
        "preview": preview,
        "back": OrgScreens.url("detail", org),
    }
    return TemplateResponse(request, "organisation/restructure.html", context, status=status)
