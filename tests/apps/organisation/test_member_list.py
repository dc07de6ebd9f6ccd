"""Delegates of a congress by list: whom a name means, who sits there already, taken back whole."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from gonghui.apps.organisation.actions.member_list import MemberClerk
from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import Order, Row, kinds
from gonghui.core.exchange.models import Rule
from gonghui.core.exchange.queries import rows_with
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Function, Kind, Org
from gonghui.core.people.models import Post
from gonghui.core.people.tags import words_on
from gonghui.kit.errors import DomainError
from tests.factories.elections import DepartureFactory
from tests.factories.exchange import BatchFactory
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory

pytestmark = pytest.mark.django_db

FOUNDED, DAY = date(2026, 1, 10), date(2026, 3, 2)


@pytest.fixture
def congress(cast) -> Org:
    return OrgFactory(
        name="公司会员代表大会", parent=cast.company, kind=Kind.COMMITTEE,
        function=Function.CONGRESS, since=FOUNDED,
    )  # fmt: skip


def clerk_of(cast, body: Org, by: str = "frank") -> MemberClerk:
    batch = BatchFactory(org=cast.company, kind="members", about=body.pk)
    return MemberClerk(batch, cast.actor(by))


def row(line: int, name: str, **more: str) -> Row:
    return Row(line, {"name": name, "title": "会员代表", "since": f"{DAY}"} | more, [], [])


def test_names_are_held_against_the_roster_and_those_seated(cast, congress):
    PostFactory(person=cast.bob, org=congress, title="会员代表", since=FOUNDED)
    twins = [PersonFactory(org=cast.branch, name="周敏") for _ in range(2)]
    rows = [
        row(2, "艾丽"), row(3, "鲍博"), row(4, "鲍博", title="主席团成员"), row(5, "周敏"),
        row(6, "何人"), row(7, "艾丽"), row(8, "艾丽", unit="不在的分会"),
    ]  # fmt: skip
    clerk = clerk_of(cast, congress)

    found = clerk.judge(rows)

    assert "".join(one.verdict for one in found) == "nsndwww"
    assert found[1].reasons == ["自 2026-01-10 起已任会员代表，不重复登记。"]
    assert found[3].candidates == [one.pk for one in twins]
    assert "没有「何人」" in found[4].reasons[0]
    assert found[5].reasons == ["表里这个人任会员代表写了两次。"]
    rows[3].decision = f"same:{twins[1].pk}"
    assert [one.verdict for one in clerk.judge(rows[3:4])] == ["n"]
    assert clerk.meant[5] == twins[1]


def test_a_row_by_itself_is_filled_up_or_refused_in_words(cast, congress):
    group = OrgFactory(parent=cast.company, kind=Kind.LEADING_GROUP, function="", since=FOUNDED)
    plain, late, early = Row(2, {"name": "艾丽"}, [], []), row(3, "艾丽"), row(4, "艾丽")
    late.values["since"], early.values["since"] = "2999-01-01", "2026-01-09"
    untitled = Row(5, {"name": "艾丽"}, [], [])

    for one in (plain, late, early):
        clerk_of(cast, congress).prepare(one)
    clerk_of(cast, group).prepare(untitled)

    assert (plain.values["title"], plain.problems) == ("会员代表", [])
    assert plain.values["since"] == f"{timezone.localdate()}"
    assert late.problems == ["任职日期还没有到。"]
    assert early.problems == ["任职日期早于「公司会员代表大会」成立的 2026-01-10。"]
    assert untitled.problems == ["请填写职务，例如主任、委员、组长、成员。"]


def test_pasted_names_are_looked_at_seated_and_taken_back(cast, congress):
    frank = cast.actor("frank")
    text = (
        "姓名\t单位\t当选日期\n艾丽\t一分会\t2026年3月2日\n鲍博\t\t2026-03-02\n何人\t\t2026-03-02\n"
    )

    batch = actions.paste(kinds["members"], cast.company, text, by=frank, about=congress)
    batch.refresh_from_db()
    assert "".join(one.finding.verdict for one in rows_with(batch, "").lines) == "nnw"
    actions.commit(batch, Rule.OVERWRITE, by=frank)

    seated = Post.objects.filter(org=congress).order_by("pk")
    assert [(one.person, one.title, one.since) for one in seated] == [
        (cast.alice, "会员代表", DAY),
        (cast.bob, "会员代表", DAY),
    ]
    assert "会员代表" in words_on(cast.alice, DAY, frank)
    assert history_of(congress)[0].changes["joined"] == "按名单 2 人"
    batch.refresh_from_db()
    actions.undo(batch, by=frank)
    assert not seated.all().exists()


def test_who_has_left_the_seat_since_keeps_the_record(cast, congress):
    clerk, rows = clerk_of(cast, congress), [row(2, "艾丽"), row(3, "鲍博"), row(4, "方兰")]
    clerk.judge(rows)
    written = clerk.write([Order(one, None, {}) for one in rows])
    ended, leaving, free = (Post.objects.get(pk=pk) for pk, _ in written)

    Post.objects.filter(pk=ended.pk).update(until=DAY)
    DepartureFactory(org=cast.company, post=leaving)

    changed = "导入以后又改过，保留不动。"
    assert clerk.take_back(written) == [changed, changed, ""]
    assert set(Post.objects.filter(org=congress)) == {ended, leaving}
    assert history_of(leaving)[0].verb == "create"
    assert not Post.objects.filter(pk=free.pk).exists()


def test_only_who_keeps_the_body_may_hand_in_a_list_of_it(cast, congress):
    committee = OrgFactory(
        parent=cast.company, kind=Kind.COMMITTEE, function=Function.UNION, since=FOUNDED
    )
    page = f"/exchange/members/?about={congress.pk}&amp;org={cast.company.pk}"
    frank = cast.client("frank")

    shown = frank.get(f"/organisation/org/{congress.pk}/").content.decode()
    assert page in shown
    assert frank.get(page.replace("&amp;", "&")).status_code == 200
    for name in ("alice", "dave"):
        assert cast.client(name).get(page.replace("&amp;", "&")).status_code == 404
    assert frank.get(f"/exchange/members/?about={committee.pk}").status_code == 404
    with pytest.raises(DomainError, match="不归您管理"):
        clerk_of(cast, congress, by="dave")
