"""会员统计: workers, members and their rate on any day, and why they changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.core.screens.place import place_of
from gonghui.kit.past_day import PastDayField

from ..queries.counts import Counts, Tally, counts_on
from ..queries.explaining import explain
from ..rules import PERSON_RULES

CHANGES_A_PAGE = 100


class DayForm(forms.Form):
    """Which day is asked for."""

    day = PastDayField(label="截至日期", required=False)


class PeriodForm(forms.Form):
    """From which evening to which."""

    since = PastDayField(label="从", required=False)
    until = PastDayField(label="到", required=False)


@require_safe
def counts(request: Any) -> HttpResponse:
    """The figures of the chosen place with all below it; each is the door to its people."""
    org = _place(request)
    today = timezone.localdate()
    form = DayForm(request.GET if "day" in request.GET else None, initial={"day": today})
    said = form.cleaned_data["day"] if form.is_bound and form.is_valid() else None
    found = counts_on(org, said or today)
    context = {
        "org": org,
        "form": form,
        "found": found,
        "figures": _figures(org, found.total, found.day),
        "units": [
            _line(one.org, one.name, one.tally, found.day, one.reported) for one in found.units
        ],
        "own": _line(org.pk, "本级直属", found.own, found.day, None, below=False),
        "kinds": [
            {
                "word": word,
                "tally": tally,
                "workers_url": _people(org.pk, found.day, employment=value or "none"),
                "members_url": _people(
                    org.pk, found.day, employment=value or "none", standing="member"
                ),
            }
            for value, word, tally in found.by_employment
        ],
        "explain_url": _explained(org, found),
    }
    return TemplateResponse(request, "membership/counts.html", context)


@require_safe
def explained(request: Any) -> HttpResponse:
    """From one evening to another, entry by entry."""
    org = _place(request)
    today = timezone.localdate()
    first, last = date(today.year, 1, 1) - timedelta(days=1), today
    form = PeriodForm(request.GET or None, initial={"since": first, "until": last})
    if form.is_bound and form.is_valid():
        first = form.cleaned_data["since"] or first
        last = form.cleaned_data["until"] or last
        if first > last:
            first, last = last, first
    found = explain(org, first, last)
    page = Paginator(found.changes, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    seen = PERSON_RULES["view"].narrow(
        Person.objects.filter(pk__in=[one.person for one in page if one.person]), request.actor
    )
    context = {
        "org": org,
        "form": form,
        "first": first,
        "last": last,
        "found": found,
        "page": page,
        "seen": set(seen.values_list("pk", flat=True)),
        "back": reverse("membership:counts"),
    }
    return TemplateResponse(request, "membership/explained.html", context)


def _place(request: Any) -> Org:
    org = place_of(request).org
    if org is None or not request.actor.can("people.view", at=org):
        raise Http404
    return org


def _figures(org: Org, total: Tally, day: date) -> list[dict[str, Any]]:
    words: tuple[tuple[str, int, dict[str, str]], ...] = (
        ("职工（在册）", total.workers, {}),
        ("会员", total.members, {"standing": "member"}),
        ("未入会", total.workers - total.members, {"standing": "worker"}),
        ("保留会籍", total.retained, {"standing": "retained"}),
    )
    shown: list[dict[str, Any]] = [
        {"label": label, "value": value, "url": _people(org.pk, day, **query)}
        for label, value, query in words
    ]
    rate = {"label": "入会率", "value": total.rate_words or "—", "url": ""}
    return [*shown[:2], rate, *shown[2:]]


def _line(
    org: int, name: str, tally: Tally, day: date, reported: Any, *, below: bool = True
) -> dict[str, Any]:
    scope = "below" if below else "own"
    return {
        "name": name,
        "tally": tally,
        "reported": reported,
        "url": _counts(org, day) if below else "",
        "workers_url": _people(org, day, scope=scope, standing="counted"),
        "members_url": _people(org, day, scope=scope, standing="member"),
        "retained_url": _people(org, day, scope=scope, standing="retained"),
    }


def _counts(org: int, day: date) -> str:
    return f"{reverse('membership:counts')}?{urlencode({'org': str(org), 'day': str(day)})}"


def _people(org: int, day: date, *, scope: str = "below", **query: str) -> str:
    """The list of exactly these people."""
    query = {"standing": "counted"} | query
    said = {"org": str(org), "scope": scope, "as_of": str(day), **query}
    return f"{reverse('membership:person-list')}?{urlencode(said)}"


def _explained(org: Org, found: Counts) -> str:
    first = date(found.day.year, 1, 1) - timedelta(days=1)
    said = {"org": str(org.pk), "since": str(first), "until": str(found.day)}
    return f"{reverse('membership:explained')}?{urlencode(said)}"
