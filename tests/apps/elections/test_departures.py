"""A chair leaves early only with the votes and the consents the law asks for."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.elections.actions.departures import check_post
from gonghui.apps.elections.flow import DEPARTURE
from gonghui.apps.elections.models import Departure
from gonghui.core.flow.life import Refused
from gonghui.core.people.models import Post
from gonghui.kit.errors import DomainError
from tests.factories.elections import DepartureFactory
from tests.factories.organisation import OrgFactory, PostFactory

VOTE = {"decided_on": date(2026, 3, 5), "meeting": "会员代表大会"}
CONSENT = {
    "approved_on": date(2026, 3, 9),
    "approval": "安工〔2026〕7号",
    "left_on": date(2026, 3, 10),
}


@pytest.fixture
def post(cast):
    return PostFactory(person=cast.frank, title="主席", since=date(2024, 1, 1))


def perform(departure, name, by, **said):
    return DEPARTURE.perform(Departure.objects.get(pk=departure.pk), name, by=by, **said)


@pytest.mark.parametrize(("yes", "passed"), [(51, True), (50, False)])
def test_a_removal_is_by_more_than_half_of_all(cast, post, yes, passed):
    departure = DepartureFactory(post=post, way="removal")
    vote = VOTE | {"eligible": 100, "yes": yes}

    if passed:
        assert perform(departure, "decide", cast.actor("frank"), **vote).state == "decided"
    else:
        with pytest.raises(
            DomainError, match=r"全体 100 人，赞成 50 票，没有过半数.*二分之一.*第十八条"
        ):
            perform(departure, "decide", cast.actor("frank"), **vote)


def test_a_transfer_needs_the_committee_and_the_union_above(cast, post):
    departure = DepartureFactory(post=post, way="transfer")
    frank, carol = cast.actor("frank"), cast.actor("carol")
    with pytest.raises(DomainError, match="须征得本级委员会同意"):
        perform(departure, "decide", frank, eligible=7, yes=3, **VOTE)
    perform(departure, "decide", frank, eligible=7, yes=4, **VOTE)
    perform(departure, "submit", frank)
    with pytest.raises(Refused):
        perform(departure, "consent", frank, **CONSENT)

    perform(departure, "consent", carol, **CONSENT)

    assert Post.objects.get(pk=post.pk).until == date(2026, 3, 10)
    done = Departure.objects.get()
    assert (done.state, done.approval, done.left_on) == (
        "done",
        "安工〔2026〕7号",
        date(2026, 3, 10),
    )


def test_dates_follow_each_other(cast, post):
    departure = DepartureFactory(post=post, proposed_on=date(2026, 3, 6))

    with pytest.raises(DomainError, match="不能早于提出的日期"):
        perform(departure, "decide", cast.actor("frank"), eligible=7, yes=6, **VOTE)
    late = VOTE | {"decided_on": date(2026, 3, 10)}
    perform(departure, "decide", cast.actor("frank"), eligible=7, yes=6, **late)
    perform(departure, "submit", cast.actor("frank"))
    with pytest.raises(DomainError, match="不能早于本级表决"):
        perform(departure, "consent", cast.actor("carol"), **CONSENT)


def test_more_votes_than_people_are_refused(cast, post):
    departure = DepartureFactory(post=post)

    with pytest.raises(DomainError, match="不能多于全体人数"):
        perform(departure, "decide", cast.actor("frank"), eligible=7, yes=8, **VOTE)


def test_only_chairs_who_are_in_office_leave_this_way(cast, post):
    check_post(post)
    member = PostFactory(person=cast.grace, title="委员")
    gone = PostFactory(person=cast.grace, title="副主席", until=date(2025, 1, 1))

    with pytest.raises(DomainError, match="只办理主席"):
        check_post(member)
    with pytest.raises(DomainError, match="已经终止"):
        check_post(gone)


def test_it_is_proposed_on_the_form_and_lies_with_the_union(cast, post):
    body = OrgFactory(name="工会委员会", kind="committee", function="union", parent=cast.company)
    vice = PostFactory(person=cast.grace, org=body, title="副主席")
    said = {"way": "resignation", "reason": "工作变动", "proposed_on": "2026-03-01"}

    page = cast.client("frank").post("/elections/departure/new/", said | {"post": f"#{vice.pk}"})

    assert page.status_code == 302
    assert Departure.objects.get().org == cast.company
    again = cast.client("frank").post("/elections/departure/new/", said | {"post": f"#{vice.pk}"})
    assert again.status_code == 422
    assert "正在办理" in again.content.decode()
