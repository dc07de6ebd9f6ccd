"""A closing made in error is taken back as a whole: as if it had never been."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.membership.actions.people import add_person
from gonghui.apps.membership.actions.transfers import ask_transfer
from gonghui.apps.membership.flow import HANDOVER
from gonghui.apps.organisation.actions.bodies import move_org, set_second_parent
from gonghui.apps.organisation.actions.closing import close_org, reopen_org
from gonghui.apps.organisation.models import Closing
from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Grant, Role
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Kind, Org, OrgVersion
from gonghui.core.people.ledger import Said, current, enter, spans_in_books, wrong_people
from gonghui.core.people.models import LedgerEntry, Person, Post
from gonghui.kit.errors import DomainError
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory, PostFactory

WHY = {"reason": "点错了单位"}


@pytest.fixture
def company(cast):
    """A worker, somebody retired, a committee, posts and a grant that would have run on."""
    cast.worker = add_person(cast.branch, name="吴未", by=SYSTEM)
    retired = PersonFactory(name="田退", org=cast.second_branch)
    enter(retired, Said("retain", date(2025, 5, 1)))
    women = OrgFactory(name="女职工委员会", kind=Kind.COMMITTEE, parent=cast.company)
    PostFactory(person=cast.alice, org=women, title="主任")
    PostFactory(person=cast.worker, org=cast.city, title="委员")
    Grant.objects.filter(person=cast.bob).update(until=date(2030, 1, 1))
    return cast


def close(cast):
    close_org(cast.company, by=cast.actor("carol"), ground="单位终止", reason="文")


def reopen(cast):
    return reopen_org(cast.company, by=cast.actor("carol"), **WHY)


def state(cast):
    """All that a closing touches, as the tables have it."""
    people = list(Person.objects.order_by("pk").values_list("pk", "org", "left_on"))
    versions = OrgVersion.objects.order_by("org", "since", "pk")
    return (
        list(Org.objects.order_by("pk").values_list("pk", "until", "second_parent", "path")),
        list(Post.objects.order_by("pk").values_list("pk", "until")),
        list(Grant.objects.order_by("pk").values_list("pk", "until")),
        list(versions.values_list("org", "since", "until")),
        list(LedgerEntry.objects.order_by("pk").values_list("pk", "act")),
        people,
        {pk: spans_in_books([pk]) for pk, *_ in people},
    )  # fmt: skip


def page(cast, who="carol"):
    return cast.client(who).get(reverse("organisation:org-detail", args=[cast.company.pk]))


def test_everything_is_as_it_was(company):
    before = state(company)

    close(company)
    assert state(company) != before
    back = reopen(company)

    assert state(company) == before
    assert back.until is None
    assert wrong_people(Person.objects.values_list("pk", flat=True)) == []
    assert [one.verb for one in history_of(company.company)[:2]] == ["reopen", "close"]
    assert history_of(company.company)[0].changes["reason"] == "点错了单位"


def test_who_went_on_since_stays_and_is_given_nothing_back(company):
    new = OrgFactory(name="安澜纺织公司工会", parent=company.city)
    helen = PersonFactory(name="海伦", org=new)
    GrantFactory(person=helen, role=Role.objects.get(name="工会主席"), org=new)
    company.people["helen"] = helen
    close(company)
    today = timezone.localdate()
    asked = ask_transfer(Person.objects.get(pk=company.bob.pk), new, by=SYSTEM, reason="再就业")
    HANDOVER.perform(asked, "release", by=company.actor("carol"), day=today)
    HANDOVER.perform(asked, "accept", by=company.actor("helen"), day=today)

    reopen(company)

    assert current(company.bob).org == new
    assert current(company.alice).org == company.branch
    assert not Grant.objects.filter(person=company.bob, until=date(2030, 1, 1)).exists()
    assert wrong_people(Person.objects.values_list("pk", flat=True)) == []


def test_second_leadership_comes_back_unless_another_has_it(company):
    trade = OrgFactory(name="纺织产业工会", kind=Kind.INDUSTRY, parent=company.city)
    other = OrgFactory(name="机械产业工会", kind=Kind.INDUSTRY, parent=company.city)
    units = [OrgFactory(name=name, parent=company.city) for name in ("甲工会", "乙工会")]
    for unit in units:
        set_second_parent(unit, trade, by=SYSTEM)
    Person.objects.filter(org=trade).delete()
    close_org(trade, by=SYSTEM, reason="文")
    set_second_parent(units[1], other, by=SYSTEM)

    reopen_org(trade, by=SYSTEM, **WHY)

    led = [Org.objects.get(pk=unit.pk).second_parent for unit in units]
    assert led == [trade, other]
    assert units[0].versions.get(until=None).second_parent == trade


def test_a_post_given_anew_since_is_not_doubled(company):
    close(company)
    again = PostFactory(person=company.worker, org=company.city, title="委员")

    reopen(company)

    held = Post.objects.filter(person=company.worker, org=company.city, until=None)
    assert list(held) == [again]


def test_it_stands_where_what_is_above_it_has_gone_since(company):
    close(company)
    move_org(company.city, company.other_city, by=SYSTEM)

    reopen(company)

    version = company.company.versions.get(until=None)
    assert version.path == Org.objects.get(pk=company.company.pk).path
    assert version.since == timezone.localdate()


def test_what_cannot_be_taken_back_says_why(company):
    with pytest.raises(DomainError, match="没有可以收回的撤销"):
        reopen(company)
    team = OrgFactory(name="甲班", kind=Kind.TEAM, parent=company.branch)
    close_org(team, by=SYSTEM)
    close(company)
    with pytest.raises(DomainError, match="它的上级「一分会」也已经撤销"):
        reopen_org(team, by=SYSTEM, **WHY)

    reopen(company)
    reopen_org(team, by=SYSTEM, **WHY)

    with pytest.raises(DomainError, match="没有可以收回的撤销"):
        reopen_org(team, by=SYSTEM, **WHY)
    assert Closing.objects.filter(taken_back_on=None).count() == 0


def test_a_body_taken_back_may_be_closed_again(company):
    close(company)
    reopen(company)
    close(company)

    assert Closing.objects.filter(org=company.company).count() == 2
    assert current(company.alice).standing == "retained"


def test_it_is_asked_shown_and_only_then_taken_back(company):
    address = reverse("organisation:org-reopen", args=[company.company.pk])
    assert company.client("carol").get(address).status_code == 404
    close(company)
    assert address in page(company).content.decode()
    for who in ("frank", "dave", "grace"):
        assert company.client(who).post(address, WHY | {"confirmed": "1"}).status_code == 404
    carol = company.client("carol")
    assert carol.post(address, {"confirmed": "1"}).status_code == 422

    shown = carol.post(address, WHY)

    counts = {label: number for label, number, *_ in shown.context["preview"]["counts"]}
    wanted = {"下级组织": 3, "人员": 6, "在任职务": 2}
    assert {label: counts[label] for label in wanted} == wanted
    assert current(company.alice).standing == "retained"
    carol.post(address, WHY | {"confirmed": "1"})
    assert current(company.alice).standing == "member"
    assert address not in page(company).content.decode()


def test_a_body_inside_is_not_taken_back_alone_nor_one_closed_before(company):
    """The bodies within come back with the union; older closings left nothing to go by."""
    close(company)
    inside = reverse("organisation:org-reopen", args=[company.branch.pk])
    assert company.client("carol").get(inside).status_code == 404

    Closing.objects.all().delete()

    address = reverse("organisation:org-reopen", args=[company.company.pk])
    assert company.client("carol").get(address).status_code == 404


def test_a_closing_of_another_day_comes_back_too(company):
    before = state(company)
    day = timezone.localdate() - timedelta(days=3)
    close_org(company.company, by=company.actor("carol"), day=day, ground="单位终止", reason="文")

    reopen(company)

    assert state(company) == before
