"""A union's committees with their members; setting one up; adjusting who sits in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from gonghui.core.orgs.models import BELOW, BODIES, Function, Org
from gonghui.core.screens.panels import WORDS, Custom
from gonghui.core.screens.small_forms import writes
from gonghui.kit.errors import DomainError

from .. import queries
from ..actions import committees as actions
from ..forms.committees import AdjustForm, CommitteeForm, Members
from ..rules import ORG_RULES

WORDS |= {"ended": "离任", "joined": "新任"}


def committees(org: Org, request: Any) -> dict[str, Any]:
    """Each body of the union with who sits in it; the door to set up one more."""
    named = request.actor.can("people.view", at=org)
    rows = queries.bodies_of(org, timezone.localdate())
    may = BELOW[org.kind] & BODIES and ORG_RULES["grow"].allows(request.actor, org)
    add = reverse("organisation:org-committee", args=[org.pk])
    return {"rows": rows, "named": named, "add_url": add if may else ""}


def seats(org: Org, request: Any) -> dict[str, Any]:
    """Of a committee itself: adjust it, and everybody who ever sat in it."""
    may = org.kind in BODIES and ORG_RULES["grow"].allows(request.actor, org)
    history = reverse("organisation:post-list") + f"?org={org.pk}&state=all"
    adjust = reverse("organisation:org-adjust", args=[org.pk])
    away = queries.moved_away(org, timezone.localdate()) if may else set()
    doors = {"adjust_url": adjust if may else "", "history_url": history, "list_url": ""}
    if may and org.function != Function.UNION:
        asked = urlencode({"about": str(org.pk), "org": str(org.parent_id)})
        doors["list_url"] = f"{reverse('exchange:hand-in', args=['members'])}?{asked}"
    return doors | {"away": len(away)}


COMMITTEES = Custom(
    "委员会、领导小组与协会", "organisation/panel_committees.html", committees, part="seats"
)
SEATS = Custom("成员调整", "organisation/panel_seats.html", seats, part="seats")


@writes
def found(request: Any, pk: int) -> HttpResponse:
    """A committee and its members on one form."""
    rows = ORG_RULES["grow"].narrow(Org.objects.all(), request.actor)
    union = get_object_or_404(rows.exclude(kind__in=BODIES), pk=pk)
    data = request.POST or None
    form = CommitteeForm(data, union=union)
    lines = Members(
        data, prefix="members", form_kwargs={"people": queries.people_in_reach(request.actor)}
    )
    if data is not None and form.is_valid() & lines.is_valid():
        facts = dict(form.cleaned_data)
        basis = actions.Basis(approval=facts.pop("approval"))
        given = {"members": _joining(lines), "basis": basis, "office": facts.pop("office")}
        try:
            new = Org(parent=union, **facts)
            body = actions.found_committee(new, by=request.actor, **given)
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect("organisation:org-detail", body.pk)
    lead = f"设在「{union}」之下，连同成员一次填好；成员以后可以一起调整。"
    return _page(request, "建立委员会或协会", lead, form, lines, union)


@writes
def adjust(request: Any, pk: int) -> HttpResponse:
    """Who leaves and who joins, on one day and one paper (R-012, R-013)."""
    rows = ORG_RULES["grow"].narrow(Org.objects.all(), request.actor)
    body = get_object_or_404(rows, pk=pk)
    today = timezone.localdate()
    held = list(queries.posts_held(today).filter(org=body, until=None))
    data = request.POST or None
    form = AdjustForm(data, held=held, moved=queries.moved_away(body, today))
    lines = Members(
        data, prefix="members", form_kwargs={"people": queries.people_in_reach(request.actor)}
    )
    if data is not None and form.is_valid() & lines.is_valid():
        said = form.cleaned_data
        chosen = {int(pk) for pk in said.get("ending", [])}
        basis = actions.Basis(approval=said["approval"], reason=said["reason"])
        try:
            actions.adjust_members(
                body,
                ending=[post for post in held if post.pk in chosen],
                joining=_joining(lines),
                day=said["day"],
                basis=basis,
                by=request.actor,
            )
        except DomainError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(reverse("organisation:org-detail", args=[body.pk]) + "?part=seats")
    lead = f"「{body}」的成员离任和新任一起办，历史里记在一处。"
    return _page(request, "调整成员", lead, form, lines, body)


def _joining(lines: Any) -> list[actions.Joining]:
    found = []
    for line in lines:
        said = line.cleaned_data
        if said.get("person"):
            facts = {"full_time": said["full_time"], "duty": said["duty"]}
            found.append(actions.Joining(said["person"], said["title"], facts))
    return found


def _page(request: Any, title: str, lead: str, form: Any, lines: Any, org: Org) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "lines": lines,
        "seats": "新任成员" if org.kind in BODIES else "成员",
        "back": reverse("organisation:org-detail", args=[org.pk]),
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "organisation/members.html", context, status=status)
