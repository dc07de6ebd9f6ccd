"""Two at once: applying, approving, transferring, entering and loading lose nothing."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gonghui.apps.membership.actions.applications import apply
from gonghui.apps.membership.actions.transfers import ask_transfer
from gonghui.apps.membership.flow import HANDOVER, JOINING
from gonghui.apps.membership.models import Application, Transfer
from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.access.models import Role
from gonghui.core.access.roles import ship_roles
from gonghui.core.people.ledger import Said, enter, enter_many, wrong_people
from gonghui.core.people.models import Act, LedgerEntry, Membership, Person
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory
from tests.together import AT_ONCE, together

pytestmark = AT_ONCE
DAY = date(2026, 3, 2)


def chair_of(org):
    ship_roles()
    chair = PersonFactory(org=org)
    GrantFactory(person=chair, role=Role.objects.get(name="工会主席"), org=org)
    return Actor(Person.objects.select_related("org").get(pk=chair.pk))


def all_is_well():
    return wrong_people(Person.objects.values_list("pk", flat=True)) == []


def test_of_two_applications_one_is_kept():
    person = PersonFactory(org=OrgFactory())
    enter(person, Said(Act.QUIT, DAY))

    refused = together(*[lambda: apply(person, by=SYSTEM, consent=True)] * 2)

    assert (Application.objects.count(), len(refused)) == (1, 1)


def test_of_two_approvals_one_makes_the_member():
    person = PersonFactory(org=OrgFactory())
    by = chair_of(person.org)
    enter(person, Said(Act.QUIT, DAY))
    application = apply(person, by=SYSTEM, consent=True)
    today = timezone.localdate()

    refused = together(*[lambda: JOINING.perform(application, "approve", by=by, day=today)] * 2)

    assert len(refused) == 1
    assert LedgerEntry.objects.filter(person=person, act=Act.JOIN).count() == 1
    assert all_is_well()


def test_accepting_and_withdrawing_at_once_leaves_one_membership():
    person, other = PersonFactory(org=OrgFactory()), OrgFactory()
    transfer = ask_transfer(person, other, by=Actor(person), reason="调动")
    today = timezone.localdate()
    HANDOVER.perform(transfer, "release", by=chair_of(person.org), day=today)
    new = chair_of(other)

    refused = together(
        lambda: HANDOVER.perform(transfer, "accept", by=new, day=today),
        lambda: HANDOVER.perform(transfer, "withdraw", by=Actor(person)),
    )

    held = Membership.objects.current().get(person=person)
    state = Transfer.objects.get().state
    assert len(refused) == 1
    assert (held.org == other) is (state == "accepted")
    assert all_is_well()


def test_two_loads_of_the_same_people_wait_for_each_other():
    org, other = OrgFactory(), OrgFactory()
    people = [PersonFactory(org=org) for _ in range(50)]
    moved = [(person, [Said(Act.MOVE, DAY, other.pk)]) for person in people]
    hired = [(p, [Said(Act.EMPLOY, DAY, employment="hired")]) for p in reversed(people)]

    refused = together(lambda: enter_many(moved), lambda: enter_many(hired))

    assert refused == []
    assert LedgerEntry.objects.count() == 150
    held = Membership.objects.current()
    assert set(held.values_list("org", "employment")) == {(other.pk, "hired")}
    assert all_is_well()
