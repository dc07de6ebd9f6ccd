"""The list and page of elections: their steps, races, checks and papers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import path, reverse
from django.utils import timezone

from gonghui.core.screens.doors import door
from gonghui.core.screens.panels import WORDS, Attachments, Custom, Facts
from gonghui.core.screens.screens import Screens

from ..actions.planning import follow_plan
from ..actions.steps import STEPS
from ..exchange import ELECTIONS
from ..filters import ElectionFilters
from ..flow import LIFE
from ..forms.elections import ElectionForm
from ..models import Election, ElectionState
from ..models.election import FINISHED
from ..queries.checking import checks_of
from ..queries.papers import AFTERWARDS, PAPERS
from ..queries.results import results_of
from ..queries.seating import ending_posts, last_day, seats_of
from ..queries.standards import terms_of
from ..queries.terms import running_term
from ..rules import ELECTION_RULES
from ..tables import ElectionTable
from . import papers

WORDS |= {
    "on": "日期",
    "paper": "文号或会议",
    "office": "选举项目",
    "seats": "名额",
    "voted_by": "由谁选举",
    "notice_from": "公示自",
    "notice_until": "公示至",
    "should_attend": "应到会",
    "present": "实到会",
    "candidates": "候选人",
    "person": "人员",
}
WAITS_ABOVE = (ElectionState.SUBMITTED, ElectionState.REPORTED)
BEFORE_COUNTING = frozenset({"draft", "agreed", "submitted", "permitted", "nominated"})


def steps(election: Election, request: Any) -> dict[str, Any]:
    """Every step with its day, or that it is still to come."""
    taken = {step.name: step for step in election.steps.all()}
    return {"steps": [(label, taken.get(name)) for name, label in STEPS.items()]}


def races(election: Election, request: Any) -> dict[str, Any]:
    """What is elected, who stands, and what came out."""
    may = ELECTION_RULES["nominate"].allows(request.actor, election)
    rows = list(election.races.prefetch_related("candidates__person").order_by("pk"))
    counted = {found.race.pk: found for found in results_of(election)}
    add = reverse("elections:race-add", args=[election.pk])
    lines = [(race, list(race.candidates.all()), counted.get(race.pk)) for race in rows]
    return {"lines": lines, "add_url": add if may else ""}


def checks(election: Election, request: Any) -> dict[str, Any]:
    """What agrees with the standards, on the day of the meeting or today."""
    open_ = election.state not in (ElectionState.CANCELLED,)
    day = election.held_on or timezone.localdate()
    return {"checks": checks_of(election, day) if open_ else []}


def drafts(election: Election, request: Any) -> dict[str, Any]:
    """The papers that can be written now; each is filled from the record."""
    found = [
        (label, reverse("elections:election-paper", args=[election.pk, name]))
        for name, (label, _) in PAPERS.items()
        if name not in AFTERWARDS or election.held_on
    ]
    return {"papers": found}


def seating(election: Election, request: Any) -> dict[str, Any]:
    """Before the result is approved: who will be seated and whose posts end."""
    if election.state not in (ElectionState.SETTLED, ElectionState.REPORTED):
        return {"seats": []}
    seats = seats_of(election)
    day = election.held_on or timezone.localdate()
    ending = [(post, last_day(post, day)) for post in ending_posts(election, seats, day)]
    return {"seats": seats, "ending": ending, "since": day, "election": election}


class ElectionScreens(Screens):
    """Elections of the chosen place and below."""

    model = Election
    lead = "换届、成立选举和届中补选：一步一步办，到了日期有提醒，文书从记录里生成。"
    table = ElectionTable
    filterset = ElectionFilters
    form = ElectionForm
    rules = ELECTION_RULES
    flow = LIFE
    create_capability = "elections.write"
    export = ELECTIONS
    panels = (
        Facts(
            "org", "kind", "number", "years", "meeting", "mode", "chair_by", "planned_on",
            "standards", "notice_from", "notice_until", "held_on", "should_attend", "present",
        ),
        Custom("批复后将就任", "elections/panel_seating.html", seating),
        Custom("选举项目", "elections/panel_races.html", races),
        Custom("对照标准", "elections/panel_checks.html", checks),
        Custom("步骤", "elections/panel_steps.html", steps),
        Custom("文书（示例模板）", "elections/panel_papers.html", drafts),
        Attachments(),
    )  # fmt: skip

    def queryset(self) -> models.QuerySet[Any]:
        return super().queryset().select_related("org__parent", "term")

    def form_kwargs(self, obj: Any) -> dict[str, Any]:
        given: dict[str, Any] = {"actor": self.actor}
        return given if obj.pk else given | {"initial": self._filled_in()}

    def _filled_in(self) -> dict[str, Any]:
        """The next term of the chosen union, with the length of the running one."""
        said = self.request.GET.get("org", "")
        org = self.place.org
        pk = int(said) if said.isdigit() else getattr(org, "pk", None)
        running = running_term(pk)
        allowed = terms_of(org, timezone.localdate()) if org else None
        usual = allowed.value[0] if allowed else None
        number = running.number + 1 if running else 1
        return {"org": pk, "number": number, "years": running.years if running else usual}

    def write(self, form: Any) -> models.Model:
        election: Election = super().write(form)  # type: ignore[assignment]  # our own model
        if "chair_by" in form.changed_data:
            follow_plan(election)
        return election

    def waiting(self, obj: Any) -> str:
        if obj.org.until and obj.state not in FINISHED:
            return "工会已经撤销或者并入别的工会，这次选举不能再办下去。"
        if obj.state in WAITS_ABOVE:
            upper = obj.org.parent
            return f"等「{upper}」批复。" if upper else "等上级批复，由本级登记批复。"
        if obj.state == ElectionState.CONVENED:
            return "由两个人分别录入每个项目的计票，一致以后宣布结果。"
        return ""

    def actions(self, obj: Any) -> list[tuple[str, str]]:
        found = [("看工会", door(obj.org))]
        if obj.term_id:
            found.append(("届次", reverse("elections:term-detail", args=[obj.term_id])))
        return [(label, url) for label, url in found if url]


urlpatterns = [
    *ElectionScreens.urls(),
    path("election/<int:pk>/paper/<slug:paper>/", papers.paper_of, name="election-paper"),
]
