"""Where everybody arrives: the officer's desk or the member's portal, and the choice of place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from gonghui.apps.plans import api as plans
from gonghui.core.access.actor import Actor
from gonghui.core.notices.inbox import inbox_of
from gonghui.core.notices.models import Notice
from gonghui.core.orgs.models import Org
from gonghui.core.screens.place import may_stand, place_of
from gonghui.core.screens.sockets import lines_of_desk
from gonghui.kit.addresses import address
from gonghui.kit.dates import FULL_WEEKDAYS, WEEKDAYS, festival, lunar_day, speak_due
from gonghui.kit.prepared import prepared

from .attention import Notable, found_by_checks, notable
from .figures import figures_of
from .member import member_of
from .navigation import is_officer

SCOPES = frozenset({"own", "below"})
MOST_NOTICES, MOST_TODAY = 5, 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Whoever holds a capability gets the desk, everybody else the portal, at one address."""
    asker: Any = request
    now = timezone.localtime()
    common = {
        "greeting": greeting(now),
        "name": request.user.get_full_name(),  # type: ignore[union-attr]  # logged in
        "notices": _notices(asker.actor),
    }
    if is_officer(asker.actor):
        return TemplateResponse(request, "site/desk.html", common | _desk(request, now.date()))
    portal = plans.portal_of(asker.actor, now.date())
    lead = " · ".join(portal.bodies)
    context = common | {"portal": portal, "lead": lead} | member_of(asker.actor, now)
    return TemplateResponse(request, "site/portal_home.html", context)


def _desk(request: HttpRequest, today: date) -> dict[str, Any]:
    asker: Any = request
    actor: Actor = asker.actor
    place = place_of(request)
    desk = plans.desk_of(actor, place, today, counts_all="figures" in request.GET)
    reads_only = desk.may_read and not desk.may_work
    has_work = desk.may_read and not desk.is_new
    doors = _doors(actor)
    # Among a crowd what the checks found is counted with the rest, by the second request.
    found = [] if has_work and desk.is_later else found_by_checks(actor, place)
    return {
        "desk": desk,
        "has_work": has_work,
        "figures": figures_of(desk, today) if has_work else [],
        "later_url": _with_figures(request) if desk.is_later else "",
        "is_first": not has_work and (desk.may_write or bool(doors)),
        "lead": f"{day_words(today)} · {place.org}",
        "below": place.below,
        "reads_only": reads_only,
        "waiting_lines": lines_of_desk(actor, place.org, today) if place.org else [],
        **_matters(desk, today),
        **_warnings(
            [*found, *notable(desk, today)],
            reads_only=reads_only,
            is_later=desk.is_later,
        ),
        "strip": [StripDay.of(mark, today) for mark in desk.tally.strip] if desk.tally else [],
        "month": str(today.month),
        "doors": doors,
        # A team without a plan of its own works from its union's.
        "portal": plans.portal_of(actor, today) if desk.is_new and not desk.may_write else None,
        "upload_url": address("plans:plan-create"),
        "calendar_url": address("plans:calendar"),
    }


def _with_figures(request: HttpRequest) -> str:
    """This page with the numbers of all that lies below, which may take a moment."""
    query = request.GET.copy()
    query["figures"] = "all"
    return f"{request.path}?{query.urlencode()}"


def _matters(desk: plans.Desk, today: date) -> dict[str, Any]:
    more = len(desk.matters) > MOST_TODAY
    return {
        "matters": [_said(one, today) for one in desk.matters[:MOST_TODAY]],
        "matters_words": f"共 {len(desk.matters)} 件" if more else "",
        "matters_url": address("plans:my-tasks") if more else "",
    }


def _warnings(
    warnings: list[Notable], *, reads_only: bool, is_later: bool = False
) -> dict[str, Any]:
    """How many there are is said once all are counted, and not to who sees only one."""
    counted = warnings and not (reads_only or is_later)
    return {
        # A leader has ten seconds: the one problem that weighs most.
        "warnings": warnings[:1] if reads_only else warnings,
        "warnings_words": f"{len(warnings)} 项" if counted else "",
    }


# For each kind of matter: its word, its tone, the button, and the address it leads to.
SAID = {
    "task": ("", "doing", "去办", "plans:item-detail"),
    "approve": ("待您审定", "wait", "去审定", "plans:plan-detail"),
    "returned": ("被退回", "late", "去修改", "plans:plan-detail"),
    "issue": ("待印发", "wait", "去印发", "plans:plan-detail"),
    "accept": ("待接收", "wait", "去接收", "plans:directive-detail"),
    "report": ("待上报", "doing", "去上报", "plans:directive-detail"),
}


def _said(matter: plans.Matter, today: date) -> tuple[Any, str, str, str, str]:
    """A matter with its word, tone, button and address; a task's word is how late it is."""
    word, tone, act, name = SAID[matter.kind]
    is_late = matter.due_on is not None and matter.due_on < today
    if matter.due_on and matter.kind == "task":
        word = speak_due(matter.due_on, today)
    tone = "late" if is_late else tone
    return matter, word, tone, act, reverse(name, args=[matter.pk])


@dataclass(frozen=True)
class StripDay:
    """A day of the strip as it is drawn."""

    day: date
    weekday: str
    look: str
    festival: str
    count: int
    is_late: bool
    url: str

    @classmethod
    def of(cls, mark: Any, today: date) -> StripDay:
        day = mark.day
        look = "today" if day == today else "off" if day.weekday() > 4 else ""
        url = f"{address('plans:calendar')}?at={day:%Y-%m}&day={day}"
        words = (WEEKDAYS[day.weekday()], look, festival(day))
        return cls(day, *words, mark.count, mark.is_late, url)


def greeting(now: datetime) -> str:
    """What one says at this hour."""
    for until, words in ((5, "夜深了"), (11, "上午好"), (13, "中午好"), (18, "下午好")):
        if now.hour < until:
            return words
    return "晚上好"


def day_words(day: date) -> str:
    """11 月 21 日 星期六 · 农历十月十三, and the festival where there is one."""
    words = [f"{day.month} 月 {day.day} 日 {FULL_WEEKDAYS[day.weekday()]}", lunar_day(day)]
    return " · ".join(filter(None, [*words, festival(day)]))


def _notices(actor: Actor) -> list[Notice]:
    person = actor.person
    if person is None:
        return []
    return list(prepared(("latest", person.pk), lambda: inbox_of(person)[:MOST_NOTICES]))


def _doors(actor: Actor) -> list[tuple[str, str, str]]:
    """For who keeps the house and plans nothing: what is done first, in its order."""
    steps = (
        ("organisation.write", "建立组织", "本会、分会、班组和各委员会", "organisation:tree"),
        ("people.write", "登记人员", "谁在哪个组织，担任什么职务", "membership:person-list"),
        ("access.grant", "授予角色", "谁能编计划、审计划、办任务", "backoffice:grant-list"),
    )
    return [(label, why, address(name)) for held, label, why, name in steps if actor.can(held)]


@require_http_methods(["GET", "HEAD", "POST"])
def choose_place(request: HttpRequest) -> HttpResponse:
    """GET offers the bodies one may look from; POST keeps the choice and goes back.

    The address of every list says where it looks from as well.
    """
    asker: Any = request
    if request.method != "POST":
        return _choices(request)
    said, scope = request.POST.get("org", ""), request.POST.get("scope", "")
    org = Org.objects.filter(pk=int(said), until=None).first() if said.isdecimal() else None
    if org is None or not may_stand(asker.actor, org):
        raise Http404
    request.session["place_org"] = org.pk
    request.session["place_scope"] = scope if scope in SCOPES else "own"
    return redirect(_back(request.POST.get("next", ""), request))


def _choices(request: HttpRequest) -> HttpResponse:
    """A page of its own, or only the words of the switch that was opened."""
    asker: Any = request
    place = place_of(request)
    if place.org is None or not is_officer(asker.actor):
        raise Http404
    top = min((choice.depth for choice in place.choices), default=0)
    context = {
        "choices": [(one, min(one.depth - top, 6), one == place.org) for one in place.choices],
        "scope": "below" if place.below else "own",
        "next": request.GET.get("next", ""),
    }
    part = "#choices" if asker.htmx and not asker.htmx.boosted else ""
    response = TemplateResponse(request, f"site/place.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _back(said: str, request: HttpRequest) -> str:
    """The page one came from, never one outside, without the place it was seen from."""
    if not url_has_allowed_host_and_scheme(said, allowed_hosts=None):
        return address("home")
    parts = urlsplit(said)
    query = QueryDict(parts.query, mutable=True)
    for name in ("org", "scope", "page"):
        query.pop(name, None)
    session = request.session
    query["org"], query["scope"] = str(session["place_org"]), session["place_scope"]
    return urlunsplit(("", "", parts.path or "/", query.urlencode(), ""))
