"""The three ones of cadres: who has done them this year, of a body with all below it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gonghui.core.access.actor import Actor
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.place import place_of
from gonghui.core.screens.screens import registry
from gonghui.kit.dates import Period

from ..models import Rating
from ..queries.three_ones import (
    ONE,
    ONES,
    Cadre,
    cadres_of,
    counts,
    held,
    told,
    with_ones,
)

PAGE = 50
FIRST_YEAR = 2000


@require_safe
def three_ones(request: HttpRequest) -> HttpResponse:
    """The three sums, each a door, and the cadres one by one."""
    asker: Any = request
    org = place_of(request).org
    if org is None or not asker.actor.can("cadres.view", at=org):
        raise Http404
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), today)
    period = Period.of_year(year)
    people = with_ones(cadres_of(org, min(today, period.end)), period)
    open_one = ONE.get(request.GET.get("without", ""))
    rows = people.filter(**{f"did_{open_one.code}": False}) if open_one else people
    page = Paginator(rows.order_by("pinyin", "pk"), PAGE).get_page(request.GET.get("page"))
    shown = told(page.object_list, period, min(today, period.end))
    seen = _pages(asker.actor, [one.person.pk for one in shown])
    context = {
        "org": org,
        "year": year,
        "earlier": _at(org, year - 1),
        "later": _at(org, year + 1) if year < today.year else "",
        "without": open_one,
        "everybody": _at(org, year),
        "sums": _sums(org, period, counts(people)),
        "page": page,
        "rows": [(one, seen.get(one.person.pk, "")) for one in shown],
    }
    return TemplateResponse(request, "cadres/three_ones.html", context)


def _year(said: str, today: date) -> int:
    year = int(said) if said.isdecimal() and len(said) == len("2026") else today.year
    return year if FIRST_YEAR <= year <= today.year else today.year


def _at(org: Org, year: int, **asked: str) -> str:
    said: dict[str, Any] = {"org": org.pk, "year": year}
    return f"{reverse('cadres:three-ones')}?{urlencode(said | asked)}"


def _sums(org: Org, period: Period, found: dict[str, int]) -> list[dict[str, Any]]:
    """Of each of the three: how many did it, how many were held, and who has not."""
    gatherings = held(org, period)
    return [
        {
            "label": one.short,
            "number": f"{found[one.code]} / {found['all']}",
            "note": f"办了 {gatherings[one.code]} 次" if one.gatherings else "",
            "url": _at(org, period.start.year, without=one.code),
        }
        for one in ONES
    ]


def _pages(actor: Actor, people: list[int]) -> dict[int, str]:
    """The pages of those people the reader may see."""
    screens = registry["people.person"]
    rows = screens.rules["view"].narrow(Person.objects.filter(pk__in=people), actor)
    return {pk: screens.url("detail", pk=pk) for pk in rows.values_list("pk", flat=True)}


def ones_of(person: Person, day: date, actor: Actor) -> Cadre | None:
    """Of one cadre, in the year of a day up to it; nothing of who is none or may not be seen."""
    mine = actor.person is not None and actor.person.pk == person.pk
    if not mine and not actor.can("cadres.view", at=person.org):
        return None
    return next(iter(told([person], Period(day.replace(month=1, day=1), day), day)), None)


def ones_of_rating(rating: Rating, request: Any) -> dict[str, Any]:
    """Beside the abilities: what the cadre did in the year of the rating, up to its day."""
    return {"cadre": ones_of(rating.person, rating.on, request.actor), "until": rating.on}
