"""Participation of a body over a period, every sum a door to the people it counts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gonghui.core.activities.filters import held_words
from gonghui.core.orgs.models import UNIT, WITHIN, Org
from gonghui.core.people.models import Person
from gonghui.core.screens.panels import Custom, plug
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import registry
from gonghui.kit.dates import Period

from .forms import period_asked
from .queries.names import names
from .queries.shares import Sort, Tally, Unit, brief_of, shares_of

PAGE = 100
KEPT = ("scope", "category", "sex", "employment", "posted", "came")


class _Doors:
    """Addresses of the sums of one body and period; none for who may not read the people."""

    def __init__(self, request: Any, org: Org, period: Period) -> None:
        self.org, self.period = org, period
        self.open = request.actor.can("people.view", at=org)

    def people(self, org: Org, **asked: str) -> str:
        if not self.open:
            return ""
        return f"{reverse('participation:people')}?{urlencode(self._said(org) | asked)}"

    def shares(self, org: Org) -> str:
        return f"{reverse('participation:shares')}?{urlencode(self._said(org))}"

    def held(self, org: Org, scope: str = "below") -> str:
        """What was held there, as the list of activities shows it."""
        asked: dict[str, Any] = {
            "org": org.pk,
            "scope": scope,
            "held": held_words(self.period),
        }
        return f"{reverse('activities:activity-list')}?{urlencode(asked)}"

    def _said(self, org: Org) -> dict[str, Any]:
        return {"org": org.pk, "since": self.period.start, "until": self.period.end}

    def of(self, org: Org, tally: Tally, **asked: str) -> dict[str, Any]:
        """A tally with the three doors of its sums."""
        return {
            "tally": tally,
            "members_url": self.people(org, **asked),
            "came_url": self.people(org, **asked, came="yes"),
            "never_url": self.people(org, **asked, came="no"),
        }


@require_safe
def shares(request: HttpRequest) -> HttpResponse:
    """The shares of the chosen body with all below it."""
    org = _org(request, "activities.view")
    form, period = period_asked(request.GET)
    found, doors = shares_of(org, period), _Doors(request, org, period)

    def of_unit(unit: Unit, *, own: bool = False) -> dict[str, Any]:
        where = doors.of(unit.org, unit.tally, **({"scope": "own"} if own else {}))
        name, url = ("本级直属", "") if own else (str(unit.org), doors.shares(unit.org))
        there = doors.held(unit.org, "own" if own else "below")
        return where | {"word": name, "url": url, "held": unit.held, "held_url": there}

    def of_sort(sort: Sort) -> dict[str, Any]:
        return doors.of(org, sort.tally, **sort.asked) | {"word": sort.word}

    has_own = found.own.tally.members or found.own.held
    context = {
        "org": org,
        "form": form,
        "period": period,
        "found": found,
        "total": doors.of(org, found.total),
        "held_url": doors.held(org),
        "units": [of_unit(one) for one in found.units]
        + ([of_unit(found.own, own=True)] if has_own else []),
        "sorts": [(title, [of_sort(one) for one in rows]) for title, rows in found.sorts if rows],
    }
    return TemplateResponse(request, "participation/shares.html", context)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The members one of the sums counts, those the reader may see, with how often they came."""
    asker: Any = request
    org = _org(request, "people.view")
    period = period_asked(request.GET)[1]
    asked = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    screens = registry["people.person"]
    seen = screens.rules["view"].narrow(Person.objects.order_by(), asker.actor)
    rows = names(org, period, asked).filter(person__in=seen.values("pk"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "org": org,
        "period": period,
        "title": {"yes": "参加过活动的会员", "no": "没有参加过活动的会员"}.get(
            asked.get("came", ""), "会员参加活动的次数"
        ),
        "page": page,
        "rows": [(one, screens.url("detail", pk=one.person_id)) for one in page],
        "back": _Doors(request, org, period).shares(org),
    }
    return TemplateResponse(request, "participation/people.html", context)


def _org(request: Any, capability: str) -> Org:
    """The body one looks from; below says nothing here, for all below always counts."""
    org = place_of(request).org
    if org is None or not request.actor.can(capability, at=org):
        raise Http404
    return org


def _panel(org: Org, request: Any) -> dict[str, Any]:
    """This year's share on a unit's own page; of an upper union it is asked for by the menu."""
    if org.kind not in UNIT | WITHIN or not request.actor.can("activities.view", at=org):
        return {}
    today = timezone.localdate()
    period = Period(today.replace(month=1, day=1), today)
    tally, held = brief_of(org, period)
    doors = _Doors(request, org, period)
    said = {"held": held, "held_url": doors.held(org), "url": doors.shares(org)}
    return said | doors.of(org, tally)


plug("orgs.org", Custom("活动参加情况", "participation/panel.html", _panel))
