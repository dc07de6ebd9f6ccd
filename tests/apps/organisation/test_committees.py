"""Committees are set up with their members, adjusted together, and shown on the union's page."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.organisation.actions import committees
from gonghui.apps.organisation.actions.committees import Basis, Joining
from gonghui.apps.organisation.queries import moved_away
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Function, Kind, Org
from gonghui.core.people.ledger import move_all
from gonghui.core.people.models import Post
from gonghui.kit.errors import DomainError
from tests.factories.organisation import OrgFactory, PersonFactory, PostFactory

DAY = date(2026, 3, 2)
NO_LINES = {"members-TOTAL_FORMS": 2, "members-INITIAL_FORMS": 0}


def body(cast, **facts):
    given = {"name": "女职工委员会", "kind": Kind.COMMITTEE, "function": Function.WOMEN}
    return Org(parent=cast.company, since=DAY, **(given | facts))


def said(**facts):
    given = {
        "name": "素质工程协调小组", "kind": "leading_group", "function": "leading",
        "since": "2026-03-02", "approval": "2026年第2次常委会",
    }  # fmt: skip
    return given | NO_LINES | facts


def text(response) -> str:
    return response.content.decode()


def test_a_group_is_set_up_with_its_members_on_one_form(cast):
    """A party secretary answers first, the chair in particular; the office sits in the union."""
    PersonFactory(name="书记甲", org=cast.company)
    lines = {
        "members-0-person": "书记甲", "members-0-title": "组长", "members-0-duty": "first",
        "members-1-person": "方兰", "members-1-title": "副组长", "members-1-duty": "specific",
        "members-1-full_time": "yes",
    }  # fmt: skip

    made = cast.client("frank").post(
        f"/organisation/org/{cast.company.pk}/committee/", said(office="协调小组办公室") | lines
    )

    group = Org.objects.get(function=Function.LEADING)
    assert made.url == f"/organisation/org/{group.pk}/"
    assert (group.parent, group.kind, group.since) == (cast.company, Kind.LEADING_GROUP, DAY)
    posts = Post.objects.filter(org=group).order_by("pk")
    assert [(p.person.name, p.title, p.duty, p.full_time, p.approval) for p in posts] == [
        ("书记甲", "组长", "first", None, "2026年第2次常委会"),
        ("方兰", "副组长", "specific", True, "2026年第2次常委会"),
    ]
    assert Org.objects.get(function=Function.OFFICE).parent == cast.company
    page = text(cast.client("frank").get(f"/organisation/org/{cast.company.pk}/?part=seats"))
    assert "书记甲 组长（第一责任人）" in page
    assert "方兰 副组长（具体责任人）（专职）" in page


def test_a_line_is_a_person_and_a_title(cast):
    url = f"/organisation/org/{cast.company.pk}/committee/"

    no_title = cast.client("frank").post(url, said() | {"members-0-person": "方兰"})
    no_person = cast.client("frank").post(url, said() | {"members-0-title": "组长"})

    assert (no_title.status_code, "请填写职务" in text(no_title)) == (422, True)
    assert (no_person.status_code, "请填写人员" in text(no_person)) == (422, True)
    assert not Org.objects.filter(function=Function.LEADING).exists()


def test_two_of_one_name_and_unions_are_refused(cast):
    frank = cast.actor("frank")
    committees.found_committee(body(cast), members=[], by=frank)

    with pytest.raises(DomainError, match="之下已有「女职工委员会」"):
        committees.found_committee(body(cast), members=[], by=frank)
    with pytest.raises(DomainError, match="这里只建立"):
        committees.found_committee(body(cast, kind=Kind.BRANCH), members=[], by=frank)


def test_some_leave_and_others_join_on_one_paper(cast):
    women = OrgFactory(parent=cast.company, kind=Kind.COMMITTEE, function=Function.WOMEN)
    old = PostFactory(person=cast.grace, org=women, title="主任", since=date(2023, 1, 1))
    stays = PostFactory(person=cast.frank, org=women, title="委员", since=date(2023, 1, 1))
    given = {
        "ending": [old.pk],
        "day": "2026-03-02",
        "approval": "安机工〔2026〕3号",
        "reason": "工作调动",
    }
    lines = {"members-0-person": "艾丽", "members-0-title": "主任"}

    done = cast.client("frank").post(
        f"/organisation/org/{women.pk}/adjust/", given | NO_LINES | lines
    )

    assert done.status_code == 302
    old.refresh_from_db()
    stays.refresh_from_db()
    assert (old.until, stays.until) == (DAY, None)
    new = Post.objects.get(person=cast.alice)
    assert (new.title, new.since, new.approval) == ("主任", DAY, "安机工〔2026〕3号")
    entry = history_of(women)[0]
    assert (entry.verb, entry.changes) == (
        "adjust",
        {"ended": "葛瑞（主任）", "joined": "艾丽（主任）", "reason": "工作调动"},
    )


def test_an_adjustment_adjusts_something_and_only_this_body(cast):
    women = OrgFactory(parent=cast.company, kind=Kind.COMMITTEE)
    elsewhere = PostFactory(person=cast.frank, title="主席")
    frank = cast.actor("frank")

    with pytest.raises(DomainError, match="没有要调整的成员"):
        committees.adjust_members(women, ending=[], joining=[], day=DAY, by=frank)
    with pytest.raises(DomainError, match="自己的成员"):
        committees.adjust_members(women, ending=[elsewhere], joining=[], day=DAY, by=frank)
    twice = [Joining(cast.alice, "委员")] * 2
    with pytest.raises(DomainError, match="已在"):
        committees.adjust_members(
            women, ending=[], joining=twice, day=DAY, by=frank, basis=Basis(reason="换人")
        )
    assert Post.objects.filter(org=women).count() == 0


def test_who_moved_away_is_marked(cast):
    """R-457: the record of a committee is stale when its members work elsewhere."""
    women = OrgFactory(parent=cast.company, kind=Kind.COMMITTEE, function=Function.WOMEN)
    PostFactory(person=cast.alice, org=women, title="委员", since=date(2023, 1, 1))
    PostFactory(person=cast.frank, org=women, title="主任", since=date(2023, 1, 1))
    assert moved_away(women, DAY) == set()

    move_all([cast.alice], cast.other_company.pk, day=DAY)

    assert moved_away(women, DAY) == {cast.alice.pk}
    frank = cast.client("frank")
    assert "有 1 名成员已调出或离开" in text(frank.get(f"/organisation/org/{women.pk}/"))
    assert "艾丽 委员（已调出或离开）" in text(frank.get(f"/organisation/org/{women.pk}/adjust/"))


def test_strangers_and_readers_set_up_and_adjust_nothing(cast):
    women = OrgFactory(parent=cast.company, kind=Kind.COMMITTEE)

    for name in ("dave", "grace", "mallory"):
        assert (
            cast.client(name).get(f"/organisation/org/{cast.company.pk}/committee/").status_code
            == 404
        )
        assert cast.client(name).get(f"/organisation/org/{women.pk}/adjust/").status_code == 404
