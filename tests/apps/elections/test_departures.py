"""A chair leaves early only with the votes and the consents the law asks for."""

from __future__ import annotations

from datetime import date

import pytest

from gonghui.apps.elections.actions.departures import check_post
from gonghui.apps.elections.api import leave_office
from gonghui.apps.elections.flow import DEPARTURE
from gonghui.apps.elections.models import Departure
from gonghui.apps.organisation.actions.committees import adjust_members
from gonghui.apps.organisation.actions.posts import end_post
from gonghui.core.flow.life import Refused
from gonghui.core.people.models import Person, Post
from gonghui.kit.errors import DomainError
from tests.factories.elections import DepartureFactory, TermFactory
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
    with pytest.raises(DomainError, match="报上级不能早于本级表决"):
        perform(departure, "submit", frank, submitted_on=date(2026, 3, 4))
    perform(departure, "submit", frank, submitted_on=date(2026, 3, 6))
    with pytest.raises(Refused):
        perform(departure, "consent", frank, **CONSENT)

    with pytest.raises(DomainError, match="不能早于报上级"):
        perform(departure, "consent", carol, **CONSENT | {"approved_on": date(2026, 3, 5)})
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
    perform(departure, "submit", cast.actor("frank"), submitted_on=date(2026, 3, 10))
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


@pytest.fixture
def term(post):
    return TermFactory(org=post.org, since=date(2024, 1, 1), years=5, due_on=date(2029, 1, 1))


@pytest.mark.parametrize(
    ("until", "refused"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2028, 12, 31), True),
        (date(2029, 1, 1), False),
    ],
)
def test_within_the_term_a_chair_does_not_end_by_being_entered(cast, post, term, until, refused):
    Post.objects.filter(pk=post.pk).update(since=date(2023, 1, 1))

    if refused:
        with pytest.raises(DomainError, match=r"任期未满（本届到 2029-01-01）.*第十八条.*主席离任"):
            end_post(post, until=until, by=cast.actor("frank"))
    else:
        assert end_post(post, until=until, by=cast.actor("frank")).until == until


def test_others_end_as_they_did(cast, post, term):
    """Members, chairs of associations, who keeps the seat warm, and who left the unit."""
    frank, day = cast.actor("frank"), date(2026, 3, 1)
    choir = OrgFactory(parent=cast.company, kind="association")
    acting = PostFactory(person=cast.dave, org=cast.company, title="副主席", way="acting")
    gone = PostFactory(person=cast.bob, org=cast.company, title="副主席")
    Person.objects.filter(pk=cast.bob.pk).update(left_on=day)
    others = [
        PostFactory(person=cast.grace, org=cast.company, title="委员"),
        PostFactory(person=cast.grace, org=choir, title="主席"),
        acting,
        Post.objects.get(pk=gone.pk),
    ]

    for one in others:
        assert end_post(one, until=day, by=frank).until == day


def test_without_a_term_nobody_can_say_it_is_early(cast, post):
    assert end_post(post, until=date(2026, 3, 1), by=cast.actor("frank")).until


def test_the_form_says_where_it_is_done(cast, post, term):
    client, url = cast.client("frank"), f"/organisation/post/{post.pk}/edit/"
    said = {"title": "主席", "since": "2024-01-01", "approval": "安工〔2024〕1号"}

    early = client.post(url, said | {"until": "2026-03-01"})
    kept = client.post(url, said)
    demoted = client.post(url, said | {"title": "委员"})

    assert (early.status_code, kept.status_code, demoted.status_code) == (422, 302, 422)
    assert "请在「换届 → 主席离任」里办理" in early.content.decode()
    assert Post.objects.get(pk=post.pk).until is None
    page = client.get(f"/organisation/post/{post.pk}/").content.decode()
    assert f"/elections/departure/new/?post={post.pk}" in page


def test_the_post_shows_what_is_under_way_and_offers_no_second(cast, post, term):
    DepartureFactory(post=post)
    url = f"/organisation/post/{post.pk}/"

    page = cast.client("frank").get(url).content.decode()

    assert "辞职" in page
    assert "办理离任" not in page


def test_a_committee_is_not_adjusted_around_the_law(cast, post, term):
    body = OrgFactory(name="工会委员会", kind="committee", function="union", parent=cast.company)
    vice = PostFactory(person=cast.grace, org=body, title="副主席")

    with pytest.raises(DomainError, match="任期未满"):
        adjust_members(
            body, ending=[vice], joining=[], day=date(2026, 3, 1), by=cast.actor("frank")
        )


def test_leaving_office_at_one_go_takes_every_step(cast, post, term):
    facts = {"way": "transfer", "reason": "工作调动", "proposed_on": date(2026, 3, 1)}

    done = leave_office(
        post,
        by=cast.actor("carol"),
        decided=VOTE | {"eligible": 7, "yes": 6},
        submitted_on=date(2026, 3, 6),
        agreed=CONSENT,
        **facts,
    )

    assert (done.state, Post.objects.get(pk=post.pk).until) == ("done", CONSENT["left_on"])
