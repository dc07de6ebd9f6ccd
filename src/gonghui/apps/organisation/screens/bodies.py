"""The list, page and forms of bodies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from gonghui.core.orgs.models import BELOW, BODIES, Org, subtree
from gonghui.core.screens.panels import WORDS, Custom, Facts
from gonghui.core.screens.screens import Doors, Screens
from gonghui.kit.dates import day_said

from .. import queries
from ..actions import bodies as actions
from ..exchange import ORGS
from ..filters import OrgFilters
from ..forms.bodies import OrgForm
from ..rules import ORG_RULES
from ..tables import OrgTable
from .as_of import VersionScreens
from .committees import COMMITTEES, SEATS
from .records import HEADCOUNTS, RECORD, VERSIONS

WORDS |= {
    "children": "下级组织",
    "people": "人员",
    "posts": "任职",
    "grants": "终止的授权",
    "retained": "保留会籍的会员",
    "kept": "继续保留会籍的人",
    "left": "登记离开的职工",
    "absorbed": "并入的组织",
    "released": "交还的组织",
    "parent": "上级",
    "split_from": "分立自",
    "split_into": "分出",
}
RESTRUCTURE = {
    "rename": ("更名", "换一个名称；以前的名称留在沿革里，按当时的日期仍查得到。"),
    "move": ("调整上级", "把这个组织连同它的全部下级移到另一个上级之下。"),
    "second": ("第二上级", "实行地方与产业双重领导时，另一个上级也能看到并指导它。"),
    "split": ("分立", "把一部分下级和人员分出去，在旁边另立一个同类组织。"),
    "merge": ("合并", "把这个组织并入另一个组织，它从今天起不再办理事务。"),
    "close": (
        "撤销",
        "基层工会连同内设的分会、班组一并撤销，会员保留会籍；别的组织没有人员和下级时才能撤销。记录都保留。",
    ),
}
TAKE_BACK = {
    "reopen": ("收回撤销", "撤销办错了：组织、人员的会籍、职务和授权都恢复到撤销以前。"),
    "unmerge": (
        "收回合并",
        "合并办错了：组织回到原来的上级之下，下级、人员、职务和授权都恢复到合并以前。",
    ),
}
SHOWN = 10  # rows of a panel before it leads to the whole list


def standing(org: Org, request: Any) -> dict[str, Any]:
    """Where the body stands: what is above it, what leads it, what it became."""
    visible = set(
        ORG_RULES["view"]
        .narrow(Org.objects.all(), request.actor)
        .filter(path__in=org.ancestor_paths())
        .values_list("pk", flat=True)
    )
    above = [(one, one.pk in visible) for one in queries.ancestors(org)]
    return {"org": org, "above": above, "inside": _inside(org)}


def _inside(org: Org) -> list[tuple[str, int, str]]:
    """Each kind below with its number and its list; that of the body's own kind would hold it."""
    listed = f"{reverse('organisation:org-list')}?org={org.pk}&scope=below&kind="
    return [
        (label, number, "" if kind == org.kind else listed + kind)
        for kind, label, number in queries.kinds_below(org)
    ]


def below(org: Org, request: Any) -> dict[str, Any]:
    rows = queries.children_of(org).exclude(kind__in=BODIES)
    return _some(rows, "node", reverse("organisation:tree") + f"?at={org.pk}")


def posts(org: Org, request: Any) -> dict[str, Any]:
    """Who holds what here, to whoever may see people."""
    allowed = request.actor.can("people.view", at=org)
    rows = queries.posts_held(timezone.localdate()).filter(org=org)
    more = reverse("organisation:post-list") + f"?org={org.pk}"
    add = reverse("organisation:post-create") + f"?org={org.pk}"
    writes = org.until is None and request.actor.can("organisation.write", at=org)
    found = _some(rows if allowed else rows.none(), "post", more)
    return {**found, "add_url": add if writes else "", "allowed": allowed}


def restructuring(org: Org, request: Any) -> dict[str, Any]:
    """The changes of its place this person may make, with what each means."""
    offered = dict.fromkeys(RESTRUCTURE, "restructure")
    if org.kind in BODIES:  # it is led by the union it is of
        del offered["second"]
    if org.until:
        offered = {name: name for name in TAKE_BACK}
    may = {rule for rule in set(offered.values()) if ORG_RULES[rule].allows(request.actor, org)}
    return {
        "steps": [
            (*(RESTRUCTURE | TAKE_BACK)[name], reverse(f"organisation:org-{name}", args=[org.pk]))
            for name, rule in offered.items()
            if rule in may
        ]
    }


def _some(rows: models.QuerySet[Any], sort: str, more: str) -> dict[str, Any]:
    """The first rows, how many there are, and the door to all of them."""
    return {"rows": list(rows[:SHOWN]), "count": rows.count(), "sort": sort, "more": more}


class OrgScreens(Screens):
    """Bodies: the tree is drawn by ``tree``; moving, merging and closing by ``restructure``."""

    model = Org
    namespace = "organisation"
    lead = "您能看到的工会、分会、班组、委员会和协会；点名称看它的下级、职务和人员。"
    table = OrgTable
    filterset = OrgFilters
    form = OrgForm
    rules = ORG_RULES
    create_capability = "organisation.write"
    org_field = ""
    export = ORGS
    acts = True
    parts = {"": "概况", "seats": "班子与机构"}
    panels = (
        Custom("位置", "organisation/panel_standing.html", standing),
        Facts(
            "name",
            "short_name",
            "kind",
            "function",
            "second_parent",
            "since",
            "until",
            "merged_into",
        ),
        Custom("下级", "organisation/panel_rows.html", below),
        RECORD,
        HEADCOUNTS,
        COMMITTEES,
        Custom("任职", "organisation/panel_rows.html", posts, part="seats"),
        SEATS,
        VERSIONS,
        Custom("组织调整", "organisation/panel_restructure.html", restructuring),
    )

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("parent", "second_parent", "merged_into", "record")

    def list(self) -> HttpResponse:
        """Of today, or as of the day the address asks for."""
        day = day_said(self.request.GET.get("on", ""))
        if day is None or day >= timezone.localdate():
            return super().list()
        return redirect(f"{VersionScreens.url('list')}?{self.request.GET.urlencode()}")

    def parts_of(self, obj: Org) -> dict[str, str]:
        """Who sits in a committee, and who leads a team, is what its page is for."""
        return self.parts if obj.is_union else {}

    def listed(self) -> models.QuerySet[Any]:
        """The chosen body and all below it: bodies of one level alone would be one row."""
        place = self.place.org
        rows = self.visible()
        return rows.filter(subtree(place.path)) if place and place.parent_id else rows

    def new(self) -> models.Model:
        """A body below the parent the address names, else below the chosen place."""
        said = self.request.GET.get("parent", "")
        pk = int(said) if said.isdigit() else getattr(self.place.org, "pk", 0)
        may_grow = self.rules["grow"].narrow(Org.objects.all(), self.actor)
        parent = may_grow.filter(pk=pk).first()
        if parent is None or not BELOW[parent.kind]:
            raise Http404
        return Org(parent=parent)

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        return {"parent": obj.parent}

    def page(
        self, screen: str, fragment: str = "", status: int = 200, **context: Any
    ) -> TemplateResponse:
        if screen == "form":
            context["below"] = f"设在「{context['object'].parent}」之下"
        return super().page(screen, fragment, status, **context)

    def write(self, form: forms.ModelForm) -> models.Model:
        values = form.cleaned_data
        if form.instance.pk:
            return actions.change_org(form.instance, by=self.actor, **values)
        return actions.add_org(form.instance.parent, by=self.actor, **values)

    def actions(self, obj: Any) -> Doors:
        doors = []
        if BELOW[obj.kind] and self.rules["grow"].allows(self.actor, obj):
            doors.append(("新建下级", self.url("create") + f"?parent={obj.pk}"))
        return doors
