"""A membership handed over: nobody is without one, and nobody has two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.membership.actions.people import move_person
from gonghui.apps.membership.actions.transfers import ask_transfer, change_transfer
from gonghui.apps.membership.flow import HANDOVER
from gonghui.apps.membership.models import Transfer
from gonghui.apps.membership.notices import tell_referees
from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Role
from gonghui.core.flow.life import Refused
from gonghui.core.notices.models import Notice
from gonghui.core.people.ledger import Said, current, enter, wrong_people
from gonghui.core.people.models import Identity, Person
from gonghui.kit.errors import DomainError
from tests.factories.organisation import AccountFactory, GrantFactory, OrgFactory, PersonFactory


@pytest.fixture
def sides(cast):
    """Another union of the city with its own chair, 海伦."""
    cast.union = OrgFactory(name="安澜纺织公司工会", parent=cast.city)
    helen = PersonFactory(name="海伦", org=cast.union)
    GrantFactory(person=helen, role=Role.objects.get(name="工会主席"), org=cast.union)
    AccountFactory(username="helen", person=helen, mobile=None)
    cast.people["helen"] = helen
    return cast


def ask(cast, by="frank", **said):
    return ask_transfer(cast.alice, cast.union, by=cast.actor(by), reason="调动工作", **said)


def memberships(person):
    return [(m.org.name, m.standing) for m in person.memberships.filter(until=None)]


def today():
    return timezone.localdate()


def test_a_membership_goes_when_both_have_agreed(sides):
    transfer = ask(sides)
    assert memberships(sides.alice) == [("一分会", "member")]

    HANDOVER.perform(transfer, "release", by=sides.actor("frank"), day=today())
    assert memberships(sides.alice) == [("一分会", "member")]

    HANDOVER.perform(transfer, "accept", by=sides.actor("helen"), day=today())
    assert memberships(sides.alice) == [("安澜纺织公司工会", "member")]
    transfer.refresh_from_db()
    assert (transfer.state, transfer.accepted_on) == ("accepted", today())
    sides.alice.refresh_from_db()
    assert sides.alice.org == sides.union
    assert list(sides.alice.ledger.values_list("act", flat=True)) == ["enter", "transfer"]


@pytest.mark.parametrize(
    ("step", "who"), [("hold", "frank"), ("decline", "helen"), ("withdraw", "alice")]
)
def test_whatever_ends_it_otherwise_leaves_the_membership_where_it_was(sides, step, who):
    transfer = ask(sides, by="alice")
    if step == "decline":
        HANDOVER.perform(transfer, "release", by=sides.actor("frank"), day=today())
    said = {} if step == "withdraw" else {"reason": "人事未定"}

    HANDOVER.perform(transfer, step, by=sides.actor(who), **said)

    assert memberships(sides.alice) == [("一分会", "member")]
    assert ask(sides).state == "asked"


def test_each_side_decides_only_for_itself(sides):
    transfer = ask(sides)

    for who, step in (("helen", "release"), ("dave", "release"), ("alice", "release")):
        with pytest.raises(Refused):
            HANDOVER.perform(transfer, step, by=sides.actor(who), day=today())
    HANDOVER.perform(transfer, "release", by=sides.actor("frank"), day=today())
    with pytest.raises(Refused):
        HANDOVER.perform(transfer, "accept", by=sides.actor("frank"), day=today())


def test_the_referee_waits_until_time_is_up(sides):
    transfer = ask(sides)
    assert transfer.due_on == today() + timedelta(days=15)
    decided = {"by": sides.actor("carol"), "day": today(), "document": "裁定1号"}
    with pytest.raises(Refused):
        HANDOVER.perform(transfer, "settle", **decided)

    Transfer.objects.update(due_on=today() - timedelta(days=1))
    with pytest.raises(Refused):
        HANDOVER.perform(transfer, "settle", **decided | {"by": sides.actor("dave")})
    HANDOVER.perform(transfer, "settle", **decided)

    assert memberships(sides.alice) == [("安澜纺织公司工会", "member")]


def test_a_kept_membership_is_whole_again_where_the_person_works(sides):
    enter(sides.alice, Said("retain", date(2025, 1, 1)))
    transfer = ask(sides)
    HANDOVER.perform(transfer, "release", by=sides.actor("frank"), day=today())

    HANDOVER.perform(transfer, "accept", by=sides.actor("helen"), day=today())

    assert memberships(sides.alice) == [("安澜纺织公司工会", "member")]


@pytest.mark.parametrize(("step", "who"), [("accept", "helen"), ("settle", "carol")])
def test_who_has_no_work_yet_keeps_the_membership_elsewhere(sides, step, who):
    """The union of the place they live in takes care of it, without its rights (MEM-06)."""
    enter(sides.alice, Said("retain", date(2025, 1, 1)))
    transfer = ask(sides)
    HANDOVER.perform(transfer, "release", by=sides.actor("frank"), day=today())
    said = {"day": today(), "keeps": True}
    if step == "settle":
        Transfer.objects.update(due_on=today() - timedelta(days=1))
        said["document"] = "裁定1号"

    HANDOVER.perform(transfer, step, by=sides.actor(who), **said)

    assert memberships(sides.alice) == [("安澜纺织公司工会", "retained")]
    entry = sides.alice.ledger.latest("pk")
    assert (entry.act, entry.standing) == ("transfer", "retained")
    assert wrong_people([sides.alice.pk]) == []


def test_only_a_kept_membership_goes_on_being_kept(sides):
    transfer = ask(sides)
    HANDOVER.perform(transfer, "release", by=sides.actor("frank"), day=today())
    address = reverse("membership:transfer-transition", args=[transfer.pk, "accept"])
    client = sides.client("helen")
    assert "会籍继续保留" in client.get(address).content.decode()

    refused = client.post(address, {"day": today().isoformat(), "keeps": "on"}, follow=True)

    assert "没有保留，不能作为保留会籍转接" in refused.content.decode()
    assert memberships(sides.alice) == [("一分会", "member")]


def test_what_makes_no_sense_is_refused_in_words(sides):
    worker = Person.objects.create(name="未入会", org=sides.branch)
    Transfer.objects.all().delete()

    with pytest.raises(DomainError, match="还不是会员"):
        ask_transfer(worker, sides.union, by=SYSTEM, reason="x")
    with pytest.raises(DomainError, match="同属一个工会"):
        ask_transfer(sides.alice, sides.second_branch, by=SYSTEM, reason="x")
    transfer = ask(sides)
    with pytest.raises(DomainError, match="正在办理"):
        ask(sides)
    early = today() - timedelta(days=1)
    with pytest.raises(DomainError, match="不能早于发起日期"):
        HANDOVER.perform(transfer, "release", by=sides.actor("frank"), day=early)
    HANDOVER.perform(transfer, "release", by=sides.actor("frank"), day=today())
    with pytest.raises(DomainError, match="请撤回重新发起"):
        change_transfer(transfer, by=SYSTEM, reason="改")


def test_a_member_is_not_moved_to_another_union_without_the_handshake(sides):
    with pytest.raises(DomainError, match="请办会籍转接"):
        move_person(sides.alice, sides.union, by=SYSTEM)

    assert current(sides.alice).org == sides.branch


def test_each_side_hears_when_it_is_its_turn(sides):
    transfer = ask(sides, by="bob")
    HANDOVER.perform(transfer, "release", by=sides.actor("frank"), day=today())
    HANDOVER.perform(transfer, "accept", by=sides.actor("helen"), day=today())

    told = list(Notice.objects.order_by("pk").values_list("person__name", "title"))
    moved = "艾丽的会籍已转到安澜纺织公司工会"
    assert told[:2] == [
        ("方兰", "会籍转出：艾丽 转往 安澜纺织公司工会"),
        ("海伦", "会籍转入：艾丽 来自 一分会"),
    ]
    assert sorted(told[2:]) == [("艾丽", moved), ("鲍博", moved)]


def test_the_union_above_both_hears_once_when_time_is_up(sides):
    transfer = ask(sides)
    Notice.objects.all().delete()

    for day in (transfer.due_on, *[transfer.due_on + timedelta(days=1)] * 2):
        tell_referees(day)

    assert list(Notice.objects.values_list("person__name", flat=True)) == ["柯洛"]


def at(name, *args):
    return reverse(f"membership:transfer-{name}", args=args)


def text(response):
    return response.content.decode()


def test_the_new_union_finds_a_member_by_their_number_only(sides):
    Identity.objects.create(person=sides.alice, number="11010519491231002X")
    client = sides.client("helen")
    said = {"to": "安澜纺织公司工会", "reason": "入职"}

    wrong = client.post(at("create"), said | {"number": "110101199003070011"})
    assert "没有找到这个证件号码的会员" in text(wrong)
    by_name = client.post(at("create"), said | {"person": "艾丽"})
    assert "没有找到「艾丽」" in text(by_name)
    elsewhere = sides.client("dave").post(at("create"), said | {"number": "11010519491231002X"})
    assert "只能转入您管理的组织" in text(elsewhere)
    client.post(at("create"), said | {"number": "11010519491231002X"})

    transfer = Transfer.objects.get()
    assert (transfer.person, transfer.asked_by) == (sides.alice, sides.person("helen"))
    page = text(client.get(at("detail", transfer.pk)))
    assert "等一分会办理" in page


def test_the_lists_tell_out_from_in(sides):
    transfer = ask(sides)

    def rows(who, side):
        page = sides.client(who).get(at("list") + f"?scope=below&side={side}")
        return [row.pk for row in page.context["table"].page.object_list.data]

    assert (rows("frank", "out"), rows("frank", "in")) == ([transfer.pk], [])
    assert (rows("helen", "out"), rows("helen", "in")) == ([], [transfer.pk])
    late = sides.client("frank").get(at("list") + "?scope=below&state=late")
    assert not late.context["table"].page.object_list.data
    assert rows("dave", "") == []


def test_the_whole_handshake_through_the_screens(sides):
    frank, helen = sides.client("frank"), sides.client("helen")
    frank.post(at("create"), {"person": "艾丽", "to": "安澜纺织公司工会", "reason": "调动"})
    transfer = Transfer.objects.get()

    frank.post(at("update", transfer.pk), {"reason": "工作调动"})
    frank.post(at("transition", transfer.pk, "release"), {"day": today().isoformat()})
    helen.post(at("transition", transfer.pk, "accept"), {"day": today().isoformat()})

    transfer.refresh_from_db()
    assert (transfer.state, transfer.reason) == ("accepted", "工作调动")
    assert "已接收" in text(helen.get(at("detail", transfer.pk)))
