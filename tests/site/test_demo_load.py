"""The demo loads whole, once, lets its people in, and shows plans at every point of their lives."""

from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from gonghui.apps.cadres.models import OfficeTime
from gonghui.apps.care.models import Dismissal, Grade, Hardship
from gonghui.apps.honours.models import Honour, Level, Sort
from gonghui.apps.plans.flow import LIFE
from gonghui.apps.plans.models import Directive, Item, Occurrence, Plan, Progress, Target
from gonghui.apps.plans.queries import draft_of
from gonghui.core.access.actor import Actor
from gonghui.core.access.granting import lacking
from gonghui.core.access.models import Role
from gonghui.core.flow.life import awaiting
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Org
from gonghui.core.orgs.tree import wrong_paths
from gonghui.core.people.consents import has_agreed
from gonghui.core.people.models import Account, Person, Scope, logs_in_with
from gonghui.core.people.tags import tags, words_on
from gonghui.core.regulations.models import Standard
from gonghui.core.search.models import SearchCard
from gonghui.core.watch.models import Finding
from gonghui.site.demo.city import BODIES, DEMO_PASSWORD
from gonghui.site.demo.load import load_demo
from gonghui.site.demo.passing import PASSED_DOWN
from gonghui.site.demo.people import SHOWCASE, people
from gonghui.site.demo.plans import PLANS
from gonghui.site.demo.seed import found_city

TODAY = date(2026, 11, 21)
# The body whose plan each showcase person should find; their own where it has one.
PLAN_OF = {"admin": "city", "leader": "machinery", "officer": "machinery", "branch": "assembly",
           "team": "machinery", "member": "machinery", "zhou": "machinery", "bureau": "water",
           "chem": "chem-1"}  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def noon():
    """The doors ask the clock: it stands on the day the demo is loaded for."""
    with time_machine.travel(datetime(2026, 11, 21, 4, tzinfo=UTC)):
        yield


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, noon):
    """The demo, loaded once for the reading tests of this module and taken away after them."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        load_demo(today=TODAY)
        yield found_city()
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def test_bodies_and_people_stand_in_their_places(city) -> None:
    assert Org.objects.count() == len(BODIES)
    assert Person.objects.count() == len(people())
    assert wrong_paths() == []
    assert city.orgs["gas"].second_parent == city.orgs["district"]
    assert Org.objects.below(city.orgs["machinery"]).filter(kind="team").count() == 23
    assert str(history_of(city.orgs["city"]).get().by) == "沈志明"


def test_every_showcase_person_may_log_in_by_name_and_by_mobile(city) -> None:
    for one in SHOWCASE:
        account = authenticate(None, username=one.username, password=DEMO_PASSWORD)
        assert account is not None
        assert account.person.name == one.name
        assert Account.objects.get(logs_in_with(account.mobile.reveal())) == account


def test_chairs_reach_their_own_union_and_no_other(city) -> None:
    zhou = Actor(city.account_person("zhou"))
    assert zhou.can("plans.review", at=city.orgs["repair-2"])
    assert not zhou.can("plans.view", at=city.orgs["gas"])

    upper = Actor(city.account_person("energy"))
    assert upper.can("plans.send", at=city.orgs["gas-line-1"])
    assert not upper.can("plans.view", at=city.orgs["machinery"])

    assert Actor(city.account_person("member")).spans == {}


def test_the_administrator_may_appoint_a_chair(city) -> None:
    admin = Actor(city.account_person("admin"))

    for name in ("工会主席", "工会委员", "分会主席", "系统管理员"):
        assert (
            lacking(admin, Role.objects.get(name=name).capabilities, city.orgs["machinery"]) == []
        )


def test_plans_stand_at_every_point_of_a_life(city) -> None:
    begun = {unit for passed in PASSED_DOWN for unit, state in passed.units if state != "sent"}
    begun -= {plan.body for plan in PLANS if plan.state == "running"}

    states = Counter(Plan.objects.values_list("state", flat=True))

    assert len(begun) == 9
    assert states == Counter(plan.state for plan in PLANS) + Counter(running=len(begun))
    for plan in Plan.objects.filter(state__in=("running", "closed")):
        assert plan.items.tasks().count() >= 12
        assert plan.approved_by
        assert plan.approved_on <= TODAY


def test_the_plan_for_next_year_waits_for_the_chair(city) -> None:
    zhou = Actor(city.account_person("zhou"))

    waiting = awaiting(LIFE, zhou, ("approve",))

    assert [str(plan) for plan in waiting] == ["铸造车间分会2027年工作打算"]
    returned = Plan.objects.get(state="returned")
    assert "写明月份" in history_of(returned).first().changes["reason"]


def test_the_draft_is_read_and_still_to_be_corrected(city) -> None:
    plan = Plan.objects.get(state="draft")

    assert plan.items.count() == 0
    assert len(draft_of(plan).outline["nodes"]) >= 12
    assert draft_of(plan).source_name.endswith(".docx")


def test_two_unions_ask_of_themselves_what_their_plans_say(city) -> None:
    own = {row.key: (row.org, row.value) for row in Standard.objects.exclude(org=None)}

    assert own == {
        "rate_min_hired": (city.orgs["organs"], "80"),
        "rate_min_dispatched": (city.orgs["machinery"], "85"),
    }


def test_the_year_looks_lived_in_until_today(city) -> None:
    tasks = Item.objects.running()
    states = Counter(tasks.values_list("state", flat=True))

    assert set(states) == {"not_started", "doing", "done", "put_off", "dropped"}
    assert 0.4 < states["done"] / sum(states.values()) < 0.65
    assert 10 <= tasks.overdue(TODAY).count() <= 60
    assert not Progress.objects.filter(on__gt=TODAY).exists()
    assert not Occurrence.objects.filter(done_on__gt=TODAY).exists()
    assert Occurrence.objects.exclude(done_on=None).count() > 1000
    assert not tasks.filter(state="done", finished_on=None).exists()


def test_tasks_belong_to_people_bodies_and_some_to_nobody_yet(city) -> None:
    tasks = Item.objects.running()

    assert tasks.filter(owner_org=city.orgs["machinery-safety"]).exists()
    own = tasks.filter(owner=city.account_person("member"))
    assert own.filter(text__startswith="职工书屋").exists()
    assert own.unfinished().count() == 2
    named = tasks.filter(owner_words="生产委员", org=city.orgs["machinery"])
    assert {item.owner.posts.get().title for item in named} == {"生产委员"}
    assert 10 <= tasks.filter(owner=None, owner_org=None).count() <= tasks.count() / 5


def test_what_is_not_known_stays_empty_and_is_never_nought(city) -> None:
    blank = Item.objects.filter(has_blank=True)
    visits = blank.get(org=city.orgs["machinery"], text__contains="走访困难职工", depth=1)

    assert blank.count() > 30
    assert visits.targets.count() == 0
    assert not Target.objects.filter(value=0).exists()
    assert not Target.objects.filter(actual=0, indicator="").exists()
    assert Target.objects.filter(actual=None).exists()
    assert not Target.objects.filter(item__state="not_started").exclude(actual=None).exists()


def test_what_was_passed_down_was_answered_as_told(city) -> None:
    wanted = Counter(state for passed in PASSED_DOWN for _, state in passed.units)

    assert Counter(Directive.objects.values_list("state", flat=True)) == wanted
    for directive in Directive.objects.select_related("accepted_as"):
        assert (directive.accepted_as is None) == (directive.state == "sent")
        assert bool(directive.report) == (directive.state in {"reported", "returned", "finished"})
        assert directive.sent_at.date() <= TODAY
    choir = Directive.objects.filter(item__text__contains="合唱展演")
    assert {str(directive.sent_at.date()) for directive in choir} == {"2026-08-17"}
    assert {directive.item.state for directive in choir} == {"doing"}


def test_every_word_beside_a_name_is_read_from_a_record(city) -> None:
    by = Actor(city.account_person("city"))
    people = {tag.label: set(tag.held(TODAY, by).values_list("person", flat=True)) for tag in tags}

    assert all(people.values())
    assert len(people["会员代表"]) == len(people["职工代表"]) == 30
    chair = city.account_person("gas")
    assert words_on(chair, TODAY, by)[:2] == ["工会干部", "会员代表"]


def test_honours_and_hardship_are_of_every_sort(city) -> None:
    honours = Honour.objects.all()
    assert set(honours.values_list("sort", flat=True)) == set(Sort.values)
    assert set(honours.values_list("level", flat=True)) == set(Level.values)
    revoked = honours.exclude(revoked_on=None).get()
    assert revoked not in honours.held(TODAY)
    assert not honours.filter(granted_on__lt=F("person__birth_date")).exists()

    files = Hardship.objects.all()
    assert set(files.values_list("grade", flat=True)) == set(Grade.values)
    ill = files.get(illness__isnull=False)
    assert has_agreed(ill.person, Scope.HEALTH)
    assert files.exclude(until=None).get().ending == "overcome"
    assert Dismissal.objects.get().ends_on > TODAY


def test_one_chair_gives_more_working_time_than_the_law_protects(city) -> None:
    assert OfficeTime.objects.values("person").distinct().count() == 3
    assert Finding.objects.get(check_code="ORG-19").org == city.orgs["freight"]


@pytest.mark.parametrize("one", SHOWCASE, ids=lambda one: one.username)
def test_every_role_logs_in_and_opens_its_plan(city, client, one) -> None:
    client.force_login(Account.objects.get(username=one.username))
    plan = city.orgs[PLAN_OF.get(one.username, one.at)].plan_set.filter(state="running").first()

    page = client.get(reverse("plans:plan-detail", args=[plan.pk]))

    assert page.status_code == 200
    assert str(plan) in page.content.decode()


def test_everything_can_be_found(city) -> None:
    cards = SearchCard.objects.all()

    assert cards.filter(kind="plans.plan").count() == Plan.objects.count()
    assert cards.filter(kind="plans.item").count() == Item.objects.tasks().count()


def test_a_second_run_changes_nothing(city) -> None:
    tables = (Person, Plan, Item, Progress, Directive)
    before = [table.objects.count() for table in tables]

    summary = load_demo(today=TODAY)

    assert summary.was_there
    assert [table.objects.count() for table in tables] == before


def test_a_crowd_is_added_once(city) -> None:
    wanted = len(people()) + 450

    summary = load_demo(people=wanted, today=TODAY)
    again = load_demo(people=wanted, today=TODAY)

    assert summary.people == again.people == wanted
    assert summary.bodies == again.bodies > len(BODIES) + 25
    stocked = Plan.objects.exclude(org__in=city.orgs.values()).get()
    model = city.orgs["machinery"].plan_set.get(state="running")
    assert stocked.items.count() == model.items.count()
    assert [i.text for i in stocked.items.all()] == [i.text for i in model.items.all()]
    assert all(i.parent is None or i.parent.plan == stocked for i in stocked.items.all())
    assert Occurrence.objects.filter(item__plan=stocked).count() == (
        Occurrence.objects.filter(item__plan=model).count()
    )
    assert stocked.author.posts.get().title == "主席"
    assert wrong_paths() == []


def test_the_command_says_who_may_log_in(city, tmp_path) -> None:
    out = StringIO()

    call_command("demo", files=tmp_path, stdout=out, skip_checks=True)

    said = out.getvalue()
    assert "已经在了" in said
    assert DEMO_PASSWORD in said
    assert all(one.username in said for one in SHOWCASE)
    assert len(list(tmp_path.glob("*.docx"))) == 4
