"""A union that is dissolved: what becomes of its people and its bodies (工会法 §13, ORG-03)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.care.models import Hardship
from gonghui.apps.membership.actions.people import add_person
from gonghui.apps.membership.actions.transfers import ask_transfer
from gonghui.apps.membership.flow import HANDOVER
from gonghui.apps.organisation.actions.closing import close_org
from gonghui.apps.organisation.queries import touched_by_close
from gonghui.apps.plans.models import Plan
from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Grant, Role
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.people.ledger import Said, current, enter, wrong_people
from gonghui.core.people.models import Person, Post
from gonghui.kit.errors import DomainError
from tests.factories.care import HardshipFactory
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory, PostFactory
from tests.factories.plans import PlanFactory

GROUND = {"ground": "单位终止", "reason": "安工复〔2026〕8号"}


@pytest.fixture
def ending(cast):
    """The company with a worker who never joined, one who retired, and a committee."""
    cast.worker = add_person(cast.branch, name="吴未", by=SYSTEM)
    cast.retired = PersonFactory(name="田退", org=cast.second_branch)
    enter(cast.retired, Said("retain", date(2025, 5, 1)))
    cast.women = OrgFactory(name="女职工委员会", kind=Kind.COMMITTEE, parent=cast.company)
    cast.post = PostFactory(person=cast.alice, org=cast.women, title="主任")
    return cast


def close(cast, **said):
    return close_org(cast.company, by=cast.actor("carol"), **GROUND | said)


def stand(person):
    here = current(person)
    return (here.org.name, here.standing) if here else None


def text(response):
    return response.content.decode()


def today():
    return timezone.localdate()


def test_members_keep_their_membership_in_the_care_of_the_union_above(ending):
    close(ending)

    for one in (ending.alice, ending.bob, ending.frank, ending.retired):
        assert stand(one) == (ending.city.name, "retained")
    assert stand(ending.worker) is None
    ending.worker.refresh_from_db()
    assert ending.worker.left_on == today()
    entries = [(one.act, one.day, one.reason) for one in ending.alice.ledger.order_by("pk")][1:]
    why = "单位终止：安工复〔2026〕8号"
    assert entries == [("retain", today(), why), ("move", today(), why)]
    assert wrong_people(Person.objects.values_list("pk", flat=True)) == []


def test_what_the_union_had_within_ends_with_it(ending):
    close(ending)

    gone = Org.objects.below(ending.company)
    assert set(gone.values_list("until", flat=True)) == {today()}
    assert not Post.objects.filter(org__in=gone, until=None).exists()
    assert not Grant.objects.filter(org__in=gone, until=None).exists()
    told = history_of(ending.company)[0].changes
    assert (told["retained"], told["kept"], told["left"], told["children"]) == (4, 1, 1, 3)
    assert history_of(ending.women)[0].changes["posts"] == 1


def test_who_is_on_nobodys_books_holds_no_post_anywhere(ending):
    elsewhere = PostFactory(person=ending.worker, org=ending.city, title="委员")
    kept = PostFactory(person=ending.alice, org=ending.city, title="委员")

    close(ending)

    assert Post.objects.get(pk=elsewhere.pk).until == today()
    assert Post.objects.get(pk=kept.pk).until is None


def test_another_union_below_goes_first(ending):
    OrgFactory(name="安澜铸造厂工会", kind=Kind.GRASSROOTS, parent=ending.company)

    with pytest.raises(DomainError, match="安澜铸造厂工会」，那是另一个工会"):
        close(ending)

    assert stand(ending.alice) == ("一分会", "member")


def test_an_entry_of_today_comes_before_the_end(ending):
    enter(ending.alice, Said("employ", today(), employment="hired"))

    close(ending)

    assert stand(ending.alice) == (ending.city.name, "retained")


def test_an_entry_can_be_corrected_afterwards(ending):
    """She had asked to leave before: the two entries are taken back one by one."""
    close(ending)
    move, retain = ending.alice.ledger.order_by("-pk")[:2]

    enter(ending.alice, *(Said("revoke", today(), revokes=one.pk) for one in (move, retain)),
          Said("quit", today()))  # fmt: skip

    assert stand(ending.alice) == ("一分会", "worker")


def test_from_there_a_membership_goes_on_where_the_person_works(ending):
    """Who leads both is no referee here: nobody else could let the membership go."""
    new = OrgFactory(name="安澜纺织公司工会", parent=ending.city)
    helen = PersonFactory(name="海伦", org=new)
    GrantFactory(person=helen, role=Role.objects.get(name="工会主席"), org=new)
    ending.people["helen"] = helen
    under_way = ask_transfer(ending.bob, new, by=SYSTEM, reason="调动")
    close(ending)
    asked = ask_transfer(Person.objects.get(pk=ending.alice.pk), new, by=SYSTEM, reason="再就业")

    for transfer in (asked, under_way):
        HANDOVER.perform(transfer, "release", by=ending.actor("carol"), day=today())
        HANDOVER.perform(transfer, "accept", by=ending.actor("helen"), day=today())

    assert stand(ending.alice) == stand(ending.bob) == (new.name, "member")


def test_the_preview_says_what_becomes_of_whom(ending):
    touched = touched_by_close(ending.company, today(), ending.actor("carol"))

    assert touched.standings == {"member": 4, "retained": 1, "worker": 1}
    assert (touched.orgs, touched.people, touched.posts) == (3, 6, 1)
    address = reverse("organisation:org-close", args=[ending.company.pk])
    page = ending.client("carol").post(address, GROUND)
    shown = text(page)
    assert f"会员 4 人从今天起保留会籍，由上一级工会「{ending.city}」代管" in shown
    assert "还没有入会的职工 1 人登记离开" in shown
    counts = {label: said for label, *said in page.context["preview"]["counts"]}
    number, unit, url = counts["其中在籍"]
    assert unit == "人"
    assert number == ending.client("carol").get(url).context["table"].paginator.count == 4
    assert stand(ending.alice) == ("一分会", "member")


def test_the_preview_counts_no_record_one_may_not_know_of(ending):
    """That somebody there is on the register of hardship is told to those alone who keep it."""
    keeps = Role.objects.create(name="组织干事", capabilities=["organisation.write", "plans.write"])
    GrantFactory(person=ending.people["mallory"], role=keeps, org=ending.city)
    HardshipFactory(person=ending.alice)
    PlanFactory(org=ending.company)
    day = today()

    knows = touched_by_close(ending.company, day, ending.actor("carol"))
    keeps_bodies = touched_by_close(ending.company, day, ending.actor("mallory"))

    assert dict(knows.records) == {Hardship: 1, Plan: 1}
    assert dict(keeps_bodies.records) == {Plan: 1}


def test_it_is_confirmed_with_its_ground_by_who_leads_it(ending):
    address = reverse("organisation:org-close", args=[ending.company.pk])

    assert ending.client("frank").post(address, GROUND | {"confirmed": "1"}).status_code == 404
    assert ending.client("dave").post(address, GROUND | {"confirmed": "1"}).status_code == 404
    without = ending.client("carol").post(address, {"reason": "文", "confirmed": "1"})
    assert without.status_code == 422
    assert stand(ending.alice) == ("一分会", "member")

    ending.client("carol").post(address, GROUND | {"confirmed": "1"})
    assert stand(ending.alice) == (ending.city.name, "retained")
