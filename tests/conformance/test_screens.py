"""Every declared screen and every address: who gets in, at what cost, and in which dress."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

import gonghui
from gonghui.core.files.store import attachments_of
from gonghui.core.jobs.models import Job, Stage
from gonghui.core.screens.screens import Screens, registry
from gonghui.site.navigation import DESK, MEMBER
from tests.conformance.exemptions import check
from tests.conformance.rows import row
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.archive import CommentFactory, PieceFactory, RecommendationFactory
from tests.factories.bodies import ClosingFactory
from tests.factories.communication import PublicationFactory
from tests.factories.core import AttachmentFactory, NoticeFactory, SavedViewFactory
from tests.factories.elections import CandidateFactory, RaceFactory, convened_race
from tests.factories.evaluation import (
    BandFactory,
    ContenderFactory,
    CriterionFactory,
    PollFactory,
    RaterFactory,
    ReviewFactory,
    RoundFactory,
    SheetLineFactory,
)
from tests.factories.evaluation import SchemeFactory as EvaluationFactory
from tests.factories.feeds import FeedFactory
from tests.factories.goals import GoalFactory, GrowthPlanFactory, PromiseFactory, StepFactory
from tests.factories.indicators import KeptFactory
from tests.factories.mentoring import GoingFactory, LessonFactory, OfferFactory, PairFactory
from tests.factories.organisation import PersonFactory
from tests.factories.plans import TargetFactory
from tests.factories.reading import CopyFactory, ReservationFactory
from tests.factories.records import CertificateFactory, PhotoFactory
from tests.factories.signing import DelegationFactory, QuotaFactory, RegistrationFactory
from tests.factories.statistics import CellFactory, RelationFactory
from tests.factories.statistics import FormFactory as StatisticalFormFactory
from tests.factories.teams import PlanStepFactory
from tests.factories.training import (
    AttemptFactory,
    LearnerFactory,
    QuizFactory,
    ReplyFactory,
    SquadFactory,
)
from tests.factories.volunteering import ShiftFactory

SOURCE = Path(gonghui.__file__).parent
SCREENS = [pytest.param(screens, id=label) for label, screens in registry.items()]
LOGIN = reverse("account_login")
HTMX = {"HTTP_HX_REQUEST": "true"}

# Which record an address with a number is about, where its name does not begin with the model's.
ABOUT = {
    "elections:race-add": "elections.election",
    "organisation:branch": "orgs.org",
    "activities:sessions": "activities.activity",
    "activities:join": "activities.activity",
    "activities:clone": "activities.activity",
    "records:certificates": "activities.activity",
    "records:brief": "activities.activity",
    "goals:own-goal-step": "goals.goal",
    "teams:board": "orgs.org",
    "teams:board-print": "orgs.org",
    "teams:note": "orgs.org",
    "goals:own-plan-step": "goals.growthplan",
    "signing:places": "activities.activity",
    "signing:people": "activities.activity",
    "signing:delegations": "activities.activity",
    "signing:invitations": "activities.activity",
    "signing:remind": "activities.activity",
    "signing:portal-answer": "activities.activity",
    "signing:portal-withdraw": "activities.activity",
    "signing:portal-complete": "activities.activity",
    "signing:portal-items": "activities.activity",
    "reading:my-book": "reading.book",
    "reading:my-wait": "reading.book",
    "reading:my-act": "reading.loan",
    "statistics:fill": "statistics.filing",
    "statistics:paper": "statistics.filing",
    "statistics:upload": "statistics.filing",
    "statistics:extend": "statistics.filing",
    "statistics:remind": "statistics.collection",
    "statistics:due": "statistics.collection",
    "statistics:remind-below": "statistics.filing",
    "statistics:matrix": "statistics.collection",
    "plans:send-down": "plans.item",
    "plans:remind": "plans.item",
    "plans:portal-task": "plans.item",
    "plans:carry-over": "plans.plan",
    "plans:summary": "plans.plan",
    "plans:brief": "plans.plan",
}
# Addresses anybody may open.
PUBLIC = {
    "records:check": "a stranger checks a paper; it tells what the paper says, and is slowed down",
    "titles:check": "a stranger checks a certificate; it tells what the paper says, slowed down",
    "archive:check": "a stranger checks a frozen archive; name, union, year, sums, slowed down",
    "account_login": "the log-in itself",
    "account_logout": "leaving needs no log-in",
    "health": "a monitor has no account; it tells nothing about anybody",
    "attendance:worker": "a service worker is fetched by the browser itself; it tells nothing",
    "feeds:calendar": "a calendar has no account; its secret is in the address",
    "plans:feed": "the same, for who subscribed before",
}
# Addresses the walk below cannot open, each with the test that does.
REACHED_ELSEWHERE: dict[str, str] = {
    "statistics:filing-cell": "test_a_figure_opens_to_units_and_records",
}
# Records that are the same for whoever may open them at all.
SHARED = {"access.role"}


def label_of(screens: type[Screens]) -> str:
    return screens.model._meta.label_lower


def roles_of(screens: type[Screens], pk: int) -> dict[str, str]:
    """Role → address, of the roles this declaration has."""
    found = {"list": screens.url("list"), "detail": screens.url("detail", None, pk=pk)}
    if screens.creates():
        found["create"] = screens.url("create")
    if screens.form is not None:
        found["update"] = screens.url("update", None, pk=pk)
    if screens.flow is not None:
        first = screens.flow.transitions[0].name
        found["transition"] = screens.url("transition", None, pk=pk, name=first)
    return found


@pytest.mark.parametrize("screens", SCREENS)
def test_anonymous_is_sent_to_the_login(cast, screens):
    pk = row(label_of(screens), cast).pk

    for role, url in roles_of(screens, pk).items():
        response = Client().get(url)

        assert (response.status_code, response.url.split("?")[0]) == (302, LOGIN), role


@pytest.mark.parametrize("screens", SCREENS)
def test_stranger_finds_nothing(cast, screens):
    """Mallory belongs to another company and holds no role."""
    label = label_of(screens)
    pk = row(label, cast).pk
    stranger = cast.client("mallory")

    for role, url in roles_of(screens, pk).items():
        response = stranger.get(url)
        if role == "list":
            assert response.status_code in (200, 404)
            assert response.status_code == 404 or pk not in listed(response)
        else:
            assert response.status_code == 404, role
            assert role in ("detail", "create") or stranger.post(url).status_code == 404, role


def listed(response) -> set[int]:
    table = response.context.get("table")
    return {one.record.pk for one in table.page} if table and table.page else set()


@pytest.mark.parametrize("screens", SCREENS)
def test_same_role_elsewhere_finds_nothing(cast, screens):
    """Dave holds in the other city what Carol holds here."""
    if label_of(screens) in SHARED:
        return
    pk = row(label_of(screens), cast).pk
    dave = cast.client("dave")

    urls = roles_of(screens, pk)

    statuses = {role: dave.get(url).status_code for role, url in urls.items()}
    assert {s for role, s in statuses.items() if role not in ("list", "create")} == {404}
    assert pk not in listed(dave.get(urls["list"], {"scope": "below"}))


@pytest.mark.slow
@pytest.mark.parametrize("screens", SCREENS)
def test_rows_of_a_place_are_those_its_rule_and_the_place_both_let_through(rf, cast, screens):
    """Where the place lies within one's reach the rule is not asked (``Place.lies_within``)."""
    if not screens.org_field:
        return
    keys = {row(label_of(screens), cast, org).pk for org in (cast.branch, cast.other_company)}

    for who, org in (("alice", "branch"), ("frank", "branch"), ("carol", "city")):
        for scope in ("own", "below"):
            request = rf.get("/", {"org": getattr(cast, org).pk, "scope": scope})
            request.actor, request.session = cast.actor(who), {}
            one = screens(request)
            both = one.place.narrow(one.visible(), one.org_field).filter(pk__in=keys)
            found = Screens.listed(one).filter(pk__in=keys)
            assert {it.pk for it in found} == {it.pk for it in both}, (who, org, scope)


@pytest.mark.parametrize("screens", SCREENS)
def test_list_costs_the_same_for_one_row_and_for_three(cast, screens):
    label = label_of(screens)
    erin = cast.client("erin")
    url = f"{screens.url('list')}?org={cast.province.pk}&scope=below"

    row(label, cast)
    erin.get(url)  # what is kept between requests is warm from here on
    one = queries(erin, url)
    row(label, cast)
    row(label, cast, cast.branch)
    three = queries(erin, url)

    assert len(listed(erin.get(url))) >= 3
    assert len(three) == len(one), "\n".join(three)


def queries(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in caught.captured_queries]


@pytest.mark.parametrize("screens", SCREENS)
def test_list_is_a_whole_page_or_a_bare_fragment(cast, screens):
    row(label_of(screens), cast)
    url = f"{screens.url('list')}?org={cast.province.pk}&scope=below"
    erin = cast.client("erin")

    page, fragment = erin.get(url), erin.get(url, **HTMX)

    assert b"<html" in page.content
    assert not re.search(rb"<(html|head|body|header|nav)\b", fragment.content)
    assert "HX-Request" in page["Vary"]
    assert "HX-Request" in fragment["Vary"]


@pytest.mark.parametrize("screens", SCREENS)
def test_no_filter_takes_a_word_of_the_list_itself(screens):
    """Else a column that is sorted is read as a filter nobody chose."""
    filters = screens.filterset.base_filters if screens.filterset else {}

    assert not {"sort", "page", "per_page", "columns", "view", "export", "scope"} & set(filters)


@pytest.mark.parametrize("screens", SCREENS)
def test_list_is_written_out_as_it_is_shown(cast, screens):
    """At once where it tells nothing of people, else for a purpose and on record."""
    row(label_of(screens), cast)
    url = f"{screens.url('list')}?org={cast.province.pk}&scope=below&export=xlsx"
    erin = cast.client("erin")

    if not screens.personal:
        content = erin.get(url).content
    else:
        assert "purpose" in erin.get(url).context["form"].fields
        assert erin.post(url, {"purpose": "核对名单"}).status_code == 302
        job = Job.objects.latest("pk")
        assert job.stage == Stage.DONE
        with attachments_of(job, "result").get().file.open() as file:
            content = file.read()

    assert openpyxl.load_workbook(io.BytesIO(content)).active.max_row >= 3


# Addresses


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, space: str = ""
) -> Iterator[tuple[str, set[str]]]:
    """Every name with the arguments its address wants."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{space}{pattern.name}", set(pattern.pattern.converters)


ADDRESSES = dict(addresses())


def subject_of(name: str) -> str:
    """The label of the model an address is about."""
    if name in ABOUT:
        return ABOUT[name]
    word = name.split(":")[-1].split("-")[0]
    labels = [label for label, _ in registry.items() if label.split(".")[1] == word]
    return labels[0] if labels else ""


def _meet(cast):
    return QuotaFactory(activity__org=cast.company, activity__state="held").activity


def _session(cast):
    return SessionFactory(activity__org=cast.company, activity__state="open")


def _open_round(cast):
    days = {"apply_from": date(2000, 1, 1), "apply_until": date(2100, 1, 1)}
    return RoundFactory(org=cast.city, state="applying", **days)


def _tied_round(cast):
    """Two sheets without an item that is open, and one place for both."""
    round_ = RoundFactory(org=cast.company, state="ranking", quotas=[["标兵", 1]])
    BandFactory(scheme=round_.scheme, title="标兵", at_least=0)
    for org in (cast.branch, cast.second_branch):
        ContenderFactory(round=round_, org=org, state="handed")
    return round_


def _sheet_line(cast, state, handed, filler="upper"):
    contender = ContenderFactory(
        round__org=cast.city, round__state=state, org=cast.company, state=handed
    )
    return SheetLineFactory(contender=contender, criterion__filler=filler)


# Addresses about something that has no screens of its own: how to make one Erin may see.
MADE = {
    "indicators:closing": lambda cast: KeptFactory(closing__org=cast.province).closing,
    "organisation:org-record": lambda cast: cast.company,
    "organisation:org-headcount": lambda cast: cast.company,
    "organisation:org-reopen": lambda cast: (
        ClosingFactory(org__parent=cast.company, org__until=date(2026, 3, 1)).org
    ),
    "organisation:org-unmerge": lambda cast: (
        ClosingFactory(
            org__parent=cast.company,
            org__merged_into=cast.company,
            org__until=date(2026, 3, 1),
            stood_below=cast.city,
        ).org
    ),
    "elections:race": lambda cast: RaceFactory(election__org=cast.company),
    "elections:race-change": lambda cast: RaceFactory(election__org=cast.company),
    "elections:race-drop": lambda cast: RaceFactory(election__org=cast.company),
    "elections:candidate-add": lambda cast: RaceFactory(election__org=cast.company),
    "elections:tally": lambda cast: convened_race(cast.company),
    "elections:recount": lambda cast: convened_race(cast.company),
    "elections:repeat": lambda cast: convened_race(cast.company),
    "elections:waive": lambda cast: convened_race(cast.company),
    "elections:candidate-change": lambda cast: CandidateFactory(race__election__org=cast.company),
    "elections:candidate-withdraw": lambda cast: CandidateFactory(race__election__org=cast.company),
    "attachment": lambda cast: AttachmentFactory(subject=cast.company),
    "attachment-remove": lambda cast: AttachmentFactory(subject=row("training.course", cast)),
    "inbox:open": lambda cast: NoticeFactory(person=cast.erin),
    "signing:team": lambda cast: DelegationFactory(
        activity__org=cast.company, activity__state="open", org=cast.branch
    ),
    "signing:take-out": lambda cast: RegistrationFactory(activity__org=cast.company),
    "signing:swap": lambda cast: RegistrationFactory(activity__org=cast.company),
    "signing:items": lambda cast: RegistrationFactory(activity__org=cast.company),
    "signing:leave": lambda cast: RegistrationFactory(activity__org=cast.company),
    "signing:paper": lambda cast: AttachmentFactory(
        subject=RegistrationFactory(activity__org=cast.company)
    ),
    "membership:entry-revoke": lambda cast: PersonFactory(org=cast.company).ledger.get(),
    "signing:portal-activity": lambda cast: ActivityFactory(org=cast.province, state="open"),
    "records:certificate": lambda cast: CertificateFactory(org=cast.company),
    "records:photo-drop": lambda cast: PhotoFactory(activity__org=cast.company),
    "records:photos": lambda cast: ActivityFactory(org=cast.company, state="held"),
    **dict.fromkeys(("records:results", "records:teams"), _meet),
    "records:record": lambda cast: ActivityFactory(org=cast.company, state="held"),
    "attendance:roll": _session,
    "attendance:scan": _session,
    "attendance:phone": _session,
    "attendance:carry": _session,
    "attendance:notes": _session,
    "attendance:manifest": _session,
    "attendance:doors": _session,
    "attendance:screen": _session,
    "attendance:poster": _session,
    "attendance:sheet": _session,
    "attendance:notice": lambda cast: ActivityFactory(org=cast.company, state="open"),
    "records:feedback": lambda cast: (
        RegistrationFactory(activity__org=cast.company, person=cast.erin).activity
    ),
    "teams:step-mark": lambda cast: PlanStepFactory(plan__org=cast.company),
    "goals:step-mark": lambda cast: StepFactory(goal__org=cast.company),
    "goals:promise-settle": lambda cast: PromiseFactory(
        plan__person=PersonFactory(org=cast.company)
    ),
    "goals:own-goal-edit": lambda cast: GoalFactory(org=cast.province, person=cast.erin),
    "goals:own-plan-edit": lambda cast: GrowthPlanFactory(person=cast.erin),
    "goals:own-goal-step": lambda cast: GoalFactory(org=cast.province, person=cast.erin),
    "goals:own-plan-step": lambda cast: GrowthPlanFactory(person=cast.erin),
    "evaluation:criterion-new": lambda cast: EvaluationFactory(org=cast.company),
    "statistics:cell-new": lambda cast: StatisticalFormFactory(org=cast.company),
    "statistics:relation-new": lambda cast: StatisticalFormFactory(org=cast.company),
    "statistics:version": lambda cast: StatisticalFormFactory(org=cast.company, state="issued"),
    "statistics:send": lambda cast: StatisticalFormFactory(org=cast.company, state="issued"),
    "statistics:cell": lambda cast: CellFactory(form__org=cast.company),
    "statistics:cell-drop": lambda cast: CellFactory(form__org=cast.company),
    "statistics:relation": lambda cast: RelationFactory(form__org=cast.company),
    "statistics:relation-drop": lambda cast: RelationFactory(form__org=cast.company),
    "evaluation:bands": lambda cast: EvaluationFactory(org=cast.company),
    "evaluation:version": lambda cast: EvaluationFactory(org=cast.company, state="issued"),
    "evaluation:trial": lambda cast: EvaluationFactory(org=cast.company),
    "evaluation:criterion": lambda cast: CriterionFactory(scheme__org=cast.company),
    "evaluation:criterion-drop": lambda cast: CriterionFactory(scheme__org=cast.company),
    "communication:publication-read": lambda cast: PublicationFactory(org=cast.province),
    "evaluation:round-apply": _open_round,
    "evaluation:round-apply-self": lambda cast: (
        ContenderFactory(round__org=cast.city, person=cast.erin).round
    ),
    "evaluation:round-tie": _tied_round,
    "evaluation:round-object": lambda cast: RoundFactory(org=cast.company, state="notice"),
    "evaluation:contender-binder": lambda cast: ContenderFactory(
        round__org=cast.city, round__state="visiting", org=cast.company, state="handed"
    ),
    "evaluation:sheet-check": lambda cast: _sheet_line(cast, "applying", "filling"),
    "evaluation:sheet-visit": lambda cast: _sheet_line(cast, "visiting", "handed"),
    "evaluation:sheet-count": lambda cast: _sheet_line(cast, "rating", "handed", "members"),
    "evaluation:contender-vote": lambda cast: (
        _sheet_line(cast, "rating", "handed", "members").contender
    ),
    "evaluation:contender-vote-move": lambda cast: (
        PollFactory(
            contender__round__org=cast.company,
            contender__round__state="rating",
            contender__org=cast.company,
            opened_on=timezone.localdate(),
            until=timezone.localdate(),
        ).contender
    ),
    "evaluation:my-vote": lambda cast: PollFactory(
        contender__round__org=cast.province,
        contender__round__state="rating",
        contender__org=cast.province,
        opened_on=timezone.localdate(),
        until=timezone.localdate(),
    ),
    "evaluation:rater": lambda cast: RaterFactory(round__org=cast.company),
    "evaluation:rater-drop": lambda cast: RaterFactory(round__org=cast.company),
    "evaluation:rater-let-go": lambda cast: RaterFactory(
        round__org=cast.company, round__state="rating"
    ),
    "evaluation:my-review": lambda cast: ReviewFactory(
        rater__person=cast.erin, contender__round__state="rating", contender__state="handed"
    ),
    "evaluation:my-rater": lambda cast: RaterFactory(
        person=cast.erin, round__org=cast.company, round__state="applying"
    ),
    "evaluation:my-step-back": lambda cast: ReviewFactory(
        rater__person=cast.erin, contender__round__state="rating", contender__state="handed"
    ),
    "mentoring:pair-pass": lambda cast: PairFactory(org=cast.company, state="running"),
    "mentoring:my-pair": lambda cast: PairFactory(org=cast.company, mentor=cast.erin),
    "mentoring:my-confirm": lambda cast: LessonFactory(pair__org=cast.company),
    "mentoring:my-lesson-drop": lambda cast: LessonFactory(pair__org=cast.company),
    "mentoring:my-going-drop": lambda cast: GoingFactory(offer__org=cast.company),
    "mentoring:my-offer": lambda cast: OfferFactory(org=cast.province),
    "mentoring:going-answer": lambda cast: GoingFactory(offer__org=cast.company),
    "reading:copy-drop": lambda cast: CopyFactory(book__bookroom__org=cast.company),
    "reading:my-turn-drop": lambda cast: ReservationFactory(book__bookroom__org=cast.company),
    "volunteering:shifts": lambda cast: ActivityFactory(org=cast.company, kind="volunteer"),
    "volunteering:shift-drop": lambda cast: ShiftFactory(session__activity__org=cast.company),
    "archive:my-piece": lambda cast: PieceFactory(person=cast.erin, state="draft"),
    "archive:my-keep": lambda cast: PieceFactory(person=cast.erin, state="draft"),
    "archive:my-show": lambda cast: PieceFactory(person=cast.erin),
    "archive:my-aside": lambda cast: PieceFactory(person=cast.erin, state="draft"),
    "archive:my-step": lambda cast: PieceFactory(person=cast.erin, state="draft"),
    "archive:my-paper-drop": lambda cast: PieceFactory(person=cast.erin, state="draft"),
    "archive:shown": lambda cast: PieceFactory(person=cast.erin),
    "archive:thank": lambda cast: PieceFactory(person=cast.erin),
    "archive:comment": lambda cast: PieceFactory(person=cast.erin),
    "archive:comment-hide": lambda cast: CommentFactory(piece__person=cast.erin),
    "archive:comment-drop": lambda cast: CommentFactory(person=cast.erin),
    "archive:book-read": lambda cast: RecommendationFactory(org=cast.province),
    "training:my-course": lambda cast: LearnerFactory(person=cast.erin).course,
    "training:my-quiz": lambda cast: QuizFactory(org=cast.province, state="open"),
    "training:my-attempt": lambda cast: AttemptFactory(person=cast.erin),
    "training:my-reply": lambda cast: ReplyFactory(attempt__person=cast.erin, place=1).attempt,
    "training:my-result": lambda cast: AttemptFactory(person=cast.erin),
    "training:squad-drop": lambda cast: SquadFactory(quiz__org=cast.company),
    "plans:target-actual": lambda cast: TargetFactory(item__org=cast.company),
    "lists:view-drop": lambda cast: SavedViewFactory(person=cast.erin),
    "end_session": lambda cast: cast.erin,  # the number of a session; it is ended by POST only
}
# Values of the other arguments; a step is the first of the life.
VALUES = {
    "indicator": "participation.times",
    "place": 1,
    "key": "committee_sizes",
    "paper": "request",
    "sort": "book",
    "step": "discard",
    "file": 1,
    "look": "tree",
    "kind": "xlsx",
    "year": 2026,
    "month": 3,
    "act": "leave",
    "scope": "record",
    "code": "roster",
    "part": "opening",
}


def arguments(name: str, wanted: set[str], cast) -> dict[str, object]:
    """Values for an address, of a record Erin may see."""
    label = subject_of(name)
    given: dict[str, object] = {key: value for key, value in VALUES.items() if key in wanted}
    if "pk" in wanted:
        given["pk"] = (MADE[name](cast) if name in MADE else row(label, cast)).pk
    if "other" in wanted:
        given["other"] = row("people.person", cast).pk
    if "token" in wanted:
        given["token"] = FeedFactory(person=cast.erin).token
    if "name" in wanted:
        given["name"] = registry[label].flow.transitions[0].name
    return given


@pytest.fixture
def walk(cast):
    """Name → status of every address as Erin opens it."""
    erin = cast.client("erin")
    call_command("tick")  # the health page asks when it last ran
    return {
        name: opened(erin, reverse(name, kwargs=arguments(name, wanted, cast)))
        for name, wanted in ADDRESSES.items()
        if name not in REACHED_ELSEWHERE and name != "account_logout"
    }


def opened(client: Client, url: str) -> int:
    response = client.get(url)
    if response.streaming:
        list(response.streaming_content)  # read to its end, a download lets go of its file
    return response.status_code


def test_every_address_opens(walk):
    broken = [f"{name}: {status}" for name, status in walk.items() if status not in (200, 302, 405)]

    assert broken == []


def test_what_the_walk_leaves_out_is_reached_by_a_test():
    tests = "\n".join(
        path.read_text("utf-8") for path in (SOURCE.parents[1] / "tests").rglob("test_*.py")
    )
    unknown = [name for name in REACHED_ELSEWHERE if name not in ADDRESSES]
    silent = [name for name, test in REACHED_ELSEWHERE.items() if f"def {test}" not in tests]

    assert (unknown, silent) == ([], [])


def test_only_public_addresses_open_without_a_login(cast):
    open_to_all = [
        name
        for name, wanted in ADDRESSES.items()
        if name not in REACHED_ELSEWHERE
        and not sent_to_login(Client().get(reverse(name, kwargs=arguments(name, wanted, cast))))
    ]

    check(open_to_all, PUBLIC, "opens without a log-in")


def sent_to_login(response) -> bool:
    return response.status_code == 302 and response.url.startswith(LOGIN + "?next=")


def test_menu_leads_to_pages(cast):
    entries = [entry for _, group in DESK for entry in group] + list(MEMBER)

    statuses = {e.name: cast.client("erin").get(reverse(e.name)).status_code for e in entries}

    assert set(statuses.values()) == {200}, statuses


TEMPLATES = sorted(
    str(path.relative_to(folder))
    for folder in SOURCE.rglob("templates")
    for path in folder.rglob("*.html")
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    get_template(name)
