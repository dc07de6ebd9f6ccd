"""A merger made in error is taken back as a whole: as if it had never been."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.elections.models import Departure
from gonghui.apps.organisation.actions.bodies import move_org, rename_org, set_second_parent
from gonghui.apps.organisation.actions.closing import close_org, reopen_org
from gonghui.apps.organisation.actions.merging import merge_org, unmerge_org
from gonghui.apps.organisation.models import Closing
from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Grant
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Kind, Org, OrgVersion
from gonghui.core.orgs.tree import wrong_paths
from gonghui.core.people.ledger import Said, current, enter, spans_in_books, wrong_people
from gonghui.core.people.models import LedgerEntry, Person, Post
from gonghui.kit.errors import DomainError
from tests.factories.elections import DepartureFactory
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory

WHY = {"reason": "并错了单位"}


@pytest.fixture
def company(cast):
    """A company with all that a merger touches, and a successor in another city."""
    cast.taker = OrgFactory(name="临江纺织公司工会", kind=Kind.GRASSROOTS, parent=cast.other_city)
    cast.team = OrgFactory(name="甲班", kind=Kind.TEAM, parent=cast.branch)
    cast.worker = PersonFactory(name="钱进", org=cast.company)
    cast.post = PostFactory(person=cast.worker, org=cast.company, title="委员")
    PostFactory(person=cast.carol, org=cast.company, title="顾问")
    Grant.objects.create(
        person=cast.worker, org=cast.company, role=Grant.objects.first().role,
        since=date(2025, 1, 1), until=date(2030, 1, 1),
    )  # fmt: skip
    return cast


def merge(cast, **said):
    merge_org(cast.company, cast.taker, by=SYSTEM, keep_posts=True, reason="文", **said)


def unmerge(cast, by="erin"):
    return unmerge_org(cast.company, by=cast.actor(by), **WHY)


def state(cast):
    """All that a merger touches, as the tables have it."""
    people = list(Person.objects.order_by("pk").values_list("pk", "org", "left_on"))
    said = ("org", "since", "until", "name", "parent", "second_parent", "path")
    facts = ("pk", "until", "parent", "second_parent", "merged_into", "path")
    return (
        list(Org.objects.order_by("pk").values_list(*facts)),
        list(Post.objects.order_by("pk").values_list("person", "org", "title", "until")),
        list(Grant.objects.order_by("pk").values_list("pk", "until")),
        list(OrgVersion.objects.order_by("org", "since", "pk").values_list(*said)),
        list(LedgerEntry.objects.order_by("pk").values_list("pk", "act")),
        people,
        {pk: spans_in_books([pk]) for pk, *_ in people},
    )


@pytest.mark.parametrize("days", [0, 8])
@pytest.mark.parametrize("ago", [0, 3])
def test_everything_is_as_it_was_the_same_day_and_next_week(company, days, ago):
    before, day = state(company), timezone.localdate() - timedelta(days=ago)

    merge(company, day=day)
    assert state(company) != before
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        back = unmerge(company)

    assert state(company) == before
    assert back.parent == company.city
    assert wrong_paths() == []
    assert wrong_people(Person.objects.values_list("pk", flat=True)) == []
    assert [one.verb for one in history_of(company.company)[:2]] == ["unmerge_body", "merge"]
    assert [one.verb for one in history_of(company.taker)[:2]] == ["release", "absorb"]
    assert history_of(company.company)[0].changes["reason"] == "并错了单位"


def test_second_leaderships_of_all_sorts_come_back(company):
    old = OrgFactory(name="机械产业工会", kind=Kind.INDUSTRY, parent=company.province)
    new = OrgFactory(name="机冶产业工会", kind=Kind.INDUSTRY, parent=company.province)
    inside = OrgFactory(name="厂办联合会", kind=Kind.JOINT, parent=new)
    within = OrgFactory(name="电机公司工会", kind=Kind.GRASSROOTS, parent=old)
    for led, leader in ((company.company, old), (inside, old), (within, new), (old, new)):
        set_second_parent(led, leader, by=SYSTEM)
    before = state(company)

    merge_org(old, new, by=SYSTEM, reason="文")
    assert not Org.objects.filter(second_parent=old).exists()
    unmerge_org(old, by=SYSTEM, **WHY)

    assert state(company) == before


def test_who_and_what_went_on_since_stays(company):
    merge(company)
    enter(company.worker, Said("move", timezone.localdate(), company.city.pk))
    move_org(company.branch, company.other_company, by=SYSTEM)

    unmerge(company)

    assert current(company.worker).org == company.city
    assert Post.objects.filter(person=company.worker, org=company.taker, until=None).exists()
    assert Org.objects.get(pk=company.branch.pk).parent == company.other_company
    assert Org.objects.get(pk=company.second_branch.pk).parent == company.company
    assert wrong_people(Person.objects.values_list("pk", flat=True)) == []
    assert wrong_paths() == []


def test_what_was_renamed_since_keeps_its_new_name_and_stood_where_it_stands(company):
    day = timezone.localdate()
    merge(company)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        rename_org(company.branch, name="第一分会", by=SYSTEM)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        unmerge(company)

    said = company.branch.versions.order_by("pk").values_list("since", "until", "name", "parent")
    turned = day + timedelta(days=3)
    assert [one for one in said if one[1] is None or one[1] >= day] == [
        (None, turned - timedelta(days=1), "一分会", company.company.pk),
        (turned, None, "第一分会", company.company.pk),
    ]


def test_a_post_that_more_hangs_on_ends_instead(company):
    merge(company)
    begun = Post.objects.get(person=company.worker, org=company.taker)
    DepartureFactory(org=company.taker, post=begun)

    unmerge(company)

    begun.refresh_from_db()
    assert begun.until == timezone.localdate()
    assert Departure.objects.count() == 1
    assert not Post.objects.filter(org=company.taker, person=company.carol).exists()


def test_it_stands_where_what_was_above_it_has_gone_since(company):
    merge(company)
    move_org(company.city, company.other_city, by=SYSTEM)

    unmerge(company)

    version = company.branch.versions.get(until=None)
    assert version.path == Org.objects.get(pk=company.branch.pk).path
    assert version.since == timezone.localdate()
    assert wrong_paths() == []


def test_what_cannot_be_taken_back_says_why(company):
    with pytest.raises(DomainError, match="没有可以收回的合并"):
        unmerge(company)
    merge(company)
    with pytest.raises(DomainError, match="没有可以收回的撤销"):
        reopen_org(company.company, by=SYSTEM, **WHY)
    close_org(company.taker, by=SYSTEM, ground="单位终止", reason="文")
    with pytest.raises(DomainError, match="「临江纺织公司工会」也已经撤销或并入别处"):
        unmerge(company)

    reopen_org(company.taker, by=SYSTEM, **WHY)
    unmerge(company)

    with pytest.raises(DomainError, match="没有可以收回的合并"):
        unmerge(company)
    assert Closing.objects.filter(taken_back_on=None).count() == 0


def test_it_is_asked_shown_and_only_then_taken_back(company):
    """Only by who leads where it stood and where it went: here the province."""
    address = reverse("organisation:org-unmerge", args=[company.company.pk])
    assert company.client("erin").get(address).status_code == 404
    merge(company)
    page = reverse("organisation:org-detail", args=[company.company.pk])
    shown = company.client("erin").get(page).content.decode()
    assert address in shown
    assert "收回撤销" not in shown
    for who in ("frank", "carol", "dave", "grace"):
        assert company.client(who).post(address, WHY | {"confirmed": "1"}).status_code == 404
    erin = company.client("erin")
    assert erin.post(address, {"confirmed": "1"}).status_code == 422

    preview = erin.post(address, WHY).context["preview"]

    counts = {label: number for label, number, *_ in preview["counts"]}
    assert (counts["下级组织"], counts["在任职务"]) == (2, 2)
    assert counts["人员"] == Person.objects.filter(org=company.taker).count() > 0
    assert Org.objects.get(pk=company.company.pk).until
    erin.post(address, WHY | {"confirmed": "1"})
    assert Org.objects.get(pk=company.company.pk).until is None
    assert address not in erin.get(page).content.decode()
