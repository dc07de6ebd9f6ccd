"""What is elected: a race's page, who stands in it, the two counts, and voting again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from gonghui.core.screens.small_forms import small_form, writes
from gonghui.kit.errors import DomainError

from ..actions import counting, planning
from ..forms.elections import CandidateForm, RaceForm, TallyForm, WaiveForm
from ..models import Candidate, Election, Race
from ..queries.drafting import order_said
from ..queries.results import Result, open_seats, result_of
from ..queries.standards import needed, said
from ..rules import ELECTION_RULES
from .elections import ElectionScreens


def _election(request: Any, pk: int, action: str = "view") -> Election:
    rows = Election.objects.select_related("org__parent")
    return get_object_or_404(ELECTION_RULES[action].narrow(rows, request.actor), pk=pk)


def _race(request: Any, pk: int, action: str = "view") -> Race:
    """A race of an election the actor may see, change or count."""
    race = get_object_or_404(Race.objects.select_related("election__org"), pk=pk)
    _election(request, race.election_id, action)
    return race


def _names(request: Any, race: Race) -> bool:
    """Whether the actor may change who stands: before the review, or in a repeat at the meeting."""
    action = "count" if race.again_id else "nominate"
    return ELECTION_RULES[action].allows(request.actor, race.election)


@require_safe
def race_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands and what was counted; the two counts are shown only once they agree."""
    race = _race(request, pk)
    election, found, basis = race.election, None, ""
    if election.held_on:
        majority = needed("elected_share", election.org, election.held_on)
        found, basis = result_of(race, election, majority), said(majority)
    counts = ELECTION_RULES["count"].allows(request.actor, election)  # type: ignore[attr-defined]  # set by the middleware
    context = {
        "race": race,
        "election": election,
        "candidates": _lines(race, found),
        "order": order_said(election),
        "found": found,
        "basis": basis,
        "may_name": _names(request, race),
        "may_count": counts,
        "steps": _open_steps(race, found) if counts else {},
        "back": ElectionScreens.url("detail", election),
    }
    return TemplateResponse(request, "elections/race.html", context)


def _lines(race: Race, found: Result | None) -> list[tuple[Candidate, int | None]]:
    """Each candidate with the votes both tellers agree on; none before they do."""
    votes = found.count.votes if found and found.count else {}
    rows = race.candidates.select_related("person__org")
    return [(one, votes.get(one.pk, one.votes)) for one in rows]


def _open_steps(race: Race, found: Result | None) -> dict[str, bool]:
    """What may be done with the count now; nothing at all while the committee is not elected."""
    if found is None:
        return {}
    repeated = hasattr(race, "repeat")
    short = found.is_counted and bool(open_seats(race, found)) and not repeated
    open_now = {
        "tally": found.waits_for > 0 and not (race.by_committee and found.waits_on),
        "recount": bool(found.tallies) and not repeated,
        "repeat": short,
        "waive": short,
    }
    return open_now if any(open_now.values()) else {}


@writes
def race_add(request: Any, pk: int) -> HttpResponse:
    election = _election(request, pk, "nominate")
    form = RaceForm(request.POST or None, election=election)
    return small_form(
        request,
        form,
        lambda: planning.add_race(election, by=request.actor, **form.cleaned_data),
        title="列入选举项目",
        of=election,
        back=ElectionScreens.url("detail", election),
    )


@writes
def race_change(request: Any, pk: int) -> HttpResponse:
    race = _race(request, pk, "nominate")
    form = RaceForm(request.POST or None, instance=race, election=race.election)
    return small_form(
        request,
        form,
        lambda: planning.change_race(race, by=request.actor, **form.cleaned_data),
        title=f"修改{race}",
        of=race,
        lead=str(race.election),
        back=_url(race),
    )


@require_POST
def race_drop(request: Any, pk: int) -> HttpResponse:
    race = _race(request, pk, "nominate")
    planning.drop_race(race, by=request.actor)
    return redirect(ElectionScreens.url("detail", race.election))


@writes
def candidate_add(request: Any, pk: int) -> HttpResponse:
    race = _race(request, pk)
    if not _names(request, race):
        raise Http404
    form = CandidateForm(request.POST or None, race=race, actor=request.actor)

    def stand() -> None:
        facts = dict(form.cleaned_data)
        planning.add_candidate(race, facts.pop("person"), by=request.actor, **facts)

    return small_form(
        request,
        form,
        stand,
        title="加候选人",
        of=race,
        lead=str(race.election),
        back=_url(race),
    )


@writes
def candidate_change(request: Any, pk: int) -> HttpResponse:
    candidate = _candidate(request, pk)
    race = candidate.race
    form = CandidateForm(request.POST or None, instance=candidate, race=race, actor=request.actor)
    return small_form(
        request,
        form,
        lambda: planning.change_candidate(candidate, by=request.actor, **form.cleaned_data),
        title=str(candidate),
        of=race,
        lead=str(race.election),
        back=_url(race),
    )


@require_POST
def candidate_withdraw(request: Any, pk: int) -> HttpResponse:
    candidate = _candidate(request, pk)
    planning.withdraw_candidate(candidate, by=request.actor)
    return redirect(_url(candidate.race))


def _candidate(request: Any, pk: int) -> Candidate:
    rows = Candidate.objects.select_related("race__election__org", "person")
    candidate = get_object_or_404(rows, pk=pk)
    _race(request, candidate.race_id)
    if not _names(request, candidate.race):
        raise Http404
    return candidate


@writes
def tally(request: Any, pk: int) -> HttpResponse:
    """One teller's count; nobody is shown what the other entered."""
    race = _race(request, pk, "count")
    form = TallyForm(request.POST or None, race=race)

    def enter() -> None:
        values = {name: form.cleaned_data[name] for name in ("issued", "returned", "invalid")}
        counting.enter_tally(race, votes=form.votes, by=request.actor, **values)

    lead = "请照计票单如实录入。两个人各录一次，互相看不到；一致以后才能宣布结果。"
    if race.by_committee:
        lead = f"由委员会选举：到会的委员每人一票。{lead}"
    return small_form(request, form, enter, title="计票", of=race, lead=lead, back=_url(race))


@require_POST
def recount(request: Any, pk: int) -> HttpResponse:
    return _done(request, pk, counting.recount)


@require_POST
def repeat(request: Any, pk: int) -> HttpResponse:
    return _done(request, pk, counting.repeat_race)


@writes
def waive(request: Any, pk: int) -> HttpResponse:
    race = _race(request, pk, "count")
    form = WaiveForm(request.POST or None)
    return small_form(
        request,
        form,
        lambda: counting.waive_seats(race, by=request.actor, **form.cleaned_data),
        title="减少名额",
        of=race,
        lead=f"{race}当选人数接近应选名额，经大会多数同意可以减少名额，不再选举。",
        back=_url(race),
        submit="减少名额",
    )


def _done(request: Any, pk: int, act: Callable[..., Any]) -> HttpResponse:
    race = _race(request, pk, "count")
    try:
        made = act(race, by=request.actor)
    except DomainError as error:
        messages.error(request, error.sentence)
        return redirect(_url(race))
    return redirect(_url(made or race))


def _url(race: Race) -> str:
    return reverse("elections:race", args=[race.pk])


urlpatterns = [
    path("election/<int:pk>/race/", race_add, name="race-add"),
    path("race/<int:pk>/", race_page, name="race"),
    path("race/<int:pk>/edit/", race_change, name="race-change"),
    path("race/<int:pk>/drop/", race_drop, name="race-drop"),
    path("race/<int:pk>/candidate/", candidate_add, name="candidate-add"),
    path("candidate/<int:pk>/edit/", candidate_change, name="candidate-change"),
    path("candidate/<int:pk>/withdraw/", candidate_withdraw, name="candidate-withdraw"),
    path("race/<int:pk>/tally/", tally, name="tally"),
    path("race/<int:pk>/recount/", recount, name="recount"),
    path("race/<int:pk>/repeat/", repeat, name="repeat"),
    path("race/<int:pk>/waive/", waive, name="waive"),
]
