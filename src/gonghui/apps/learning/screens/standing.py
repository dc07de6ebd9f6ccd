"""Who lacks what, and why: by unit, by name, and of one person; own people only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.place import place_of
from gonghui.kit.dates import day_said

from ..forms.standing import StandingForm
from ..models import StudyRule
from ..queries.person import standing_of
from ..queries.standing import (
    SHOWN,
    counted,
    court,
    is_large,
    people_by,
    rules_at,
    seen_people,
    tallies,
    worst,
)

PAGE = 30


@dataclass(frozen=True)
class Asked:
    """What the page is asked for: a body, a day, one rule or all, which turn, which people."""

    org: Org
    day: date
    rules: list[StudyRule]
    rule: StudyRule | None
    closed: bool
    show: str

    def address(self, **other: Any) -> str:
        said: dict[str, Any] = {
            "org": self.org.pk,
            "rule": self.rule.pk if self.rule else "all",
            "turn": "last" if self.closed else "now",
            "show": self.show,
        }
        if self.day != timezone.localdate():
            said["day"] = self.day
        said |= other
        return f"{reverse('learning:standing')}?{urlencode(said)}"


@require_safe
def standing(request: Any) -> HttpResponse:
    """How a body with all below stands, and the names behind each number."""
    asked = _asked(request)
    wanted = [asked.rule.pk] if asked.rule else [one.pk for one in asked.rules]
    judged = list(court(asked.org, wanted, asked.day).stands(closed=asked.closed))
    found = worst(judged)
    total, units = tallies(asked.org, found)
    title, states = SHOWN[asked.show]
    page = Paginator(counted(judged, found, states), PAGE).get_page(request.GET.get("page"))
    people = people_by([one.person for one in page])
    context = {
        "asked": asked,
        "total": total,
        "units": [(one, _doors(asked, one.org)) for one in units],
        "doors": _doors(asked, asked.org),
        "title": title,
        "page": page,
        "names": [(people[one.person], one.words) for one in page],
        "turns": _turns(asked),
        "form": StandingForm(
            initial={"rule": asked.rule.pk if asked.rule else "all", "day": asked.day},
            rules=asked.rules,
        ),
    }
    return TemplateResponse(request, "learning/standing.html", context)


def _asked(request: Any) -> Asked:
    org = place_of(request).org
    if org is None or not request.actor.can("learning.view", at=org):
        raise Http404
    day = _day(request.GET.get("day", ""))
    closed = request.GET.get("turn") == "last"
    rules = rules_at(org, day, closed=closed)
    said = request.GET.get("rule", "")
    chosen = next((one for one in rules if str(one.pk) == said), None)
    if chosen is None and said != "all" and rules and is_large(org, day):
        chosen = rules[0]  # all rules of very many people are only reckoned when asked for
    show = request.GET.get("show", "")
    return Asked(
        org,
        day,
        rules,
        chosen,
        closed,
        show if show in SHOWN else "lacking",
    )


def _day(said: str) -> date:
    """The day asked for, if it has come; today otherwise."""
    today = timezone.localdate()
    return min(day_said(said) or today, today)


def _doors(asked: Asked, org: Org) -> dict[str, str]:
    return {show: asked.address(org=org.pk, show=show) for show in SHOWN} | {
        "open": asked.address(org=org.pk)
    }


def _turns(asked: Asked) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": asked.address(turn=turn), "current": asked.closed == closed}
        for label, turn, closed in (("本期", "now", False), ("上一期", "last", True))
    ]


@require_safe
def person(request: Any, pk: int) -> HttpResponse:
    """One person as their leader sees them; which leave it was only for who keeps the register."""
    one = get_object_or_404(seen_people(request.actor), pk=pk)
    keeps = request.actor.can("learning.write", at=one.org)
    mine = request.actor.person is not None and request.actor.person.pk == one.pk
    context = {
        "person": one,
        "found": standing_of(one, timezone.localdate(), plainly=not (keeps or mine)),
        "registers": _registers(one) if keeps else [],
        "back": f"{reverse('learning:standing')}?org={one.org_id}",
    }
    return TemplateResponse(request, "learning/person.html", context)


def _registers(person: Person) -> list[tuple[str, str]]:
    at = f"?person={person.pk}"
    return [
        ("登记请假", reverse("learning:leave-create") + at),
        ("登记非全日制", reverse("learning:parttime-create") + at),
        ("登记入职日期", reverse("learning:hire-create") + at),
    ]
