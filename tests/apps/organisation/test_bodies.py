"""What happens to bodies, and what it leaves in the history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gonghui.apps.organisation.actions import bodies, merging
from gonghui.apps.organisation.actions.closing import close_org
from gonghui.apps.organisation.queries import touched_by_merge, touched_by_move
from gonghui.apps.plans.models.plan import Plan
from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Grant
from gonghui.core.activities.models import Activity
from gonghui.core.history.trail import broken_link, history_of
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.orgs.tree import wrong_paths
from gonghui.core.people.models import Person, Post
from gonghui.kit.errors import DomainError
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory, PostFactory


def last(subject):
    return history_of(subject)[0]


def reread(obj):
    return type(obj).objects.get(pk=obj.pk)


def test_adding_plants_and_records(cast):
    org = bodies.add_org(
        cast.company, name="三分会", kind=Kind.BRANCH, by=cast.actor("frank"), short_name="三会"
    )

    assert org.path.startswith(cast.company.path)
    assert (last(org).verb, last(org).by) == ("create", cast.frank)
    assert last(org).changes["name"] == [None, "三分会"]


def test_adding_a_root_and_one_led_twice(cast):
    root = bodies.add_org(None, name="另一省总工会", kind=Kind.FEDERATION, by=SYSTEM)
    led = bodies.add_org(
        cast.city, name="双管公司工会", kind=Kind.GRASSROOTS, by=SYSTEM, second_parent=root
    )

    assert (root.depth, led.second_parent) == (0, root)
    with pytest.raises(DomainError, match="不能与上级相同"):
        bodies.add_org(
            cast.city, name="错", kind=Kind.GRASSROOTS, by=SYSTEM, second_parent=cast.city
        )


def test_a_new_name_brings_its_reading_along(cast):
    org = bodies.change_org(
        cast.branch,
        name="铸造分会",
        kind=Kind.BRANCH,
        by=cast.actor("frank"),
        since=date(2020, 1, 1),
    )

    assert (org.pinyin, org.initials) == ("zhuzaofenhui", "zzfh")
    assert last(org).changes == {"name": ["一分会", "铸造分会"], "since": [None, "2020-01-01"]}


def test_a_kind_changes_only_where_the_new_one_may_stand(cast):
    OrgFactory(name="甲班", kind=Kind.TEAM, parent=cast.branch)

    changed = bodies.change_org(cast.branch, name="一车间", kind=Kind.WORKSHOP, by=SYSTEM)
    assert changed.kind == Kind.WORKSHOP

    with pytest.raises(DomainError, match="不能设在"):
        bodies.change_org(cast.branch, name="一", kind=Kind.FEDERATION, by=SYSTEM)
    with pytest.raises(DomainError, match="它的下级「甲班」不能设在「协会」之下"):
        bodies.change_org(cast.branch, name="一", kind=Kind.ASSOCIATION, by=SYSTEM)


def test_moving_records_from_where_to_where_and_why(cast):
    moved = bodies.move_org(cast.branch, cast.other_company, by=cast.actor("erin"), reason="改制")

    assert reread(cast.branch).parent == cast.other_company
    assert last(moved).changes == {
        "parent": ["安澜机械公司工会", "临江邮政工会"],
        "reason": "改制",
    }
    assert wrong_paths() == []


def test_moving_below_the_second_parent_says_that_it_ends(cast):
    bodies.set_second_parent(cast.company, cast.other_city, by=SYSTEM)

    moved = bodies.move_org(cast.company, cast.other_city, by=SYSTEM)

    assert last(moved).changes["second_parent"] == ["临江市总工会", None]


@pytest.mark.parametrize(
    ("org", "parent", "sentence"),
    [
        ("province", "city", "最高一级"),
        ("branch", "company", "已经在「安澜机械公司工会」之下"),
        ("company", "branch", "自己或自己的下级"),
    ],
)
def test_moves_that_make_no_sense_are_refused(cast, org, parent, sentence):
    with pytest.raises(DomainError, match=sentence):
        bodies.move_org(getattr(cast, org), getattr(cast, parent), by=SYSTEM)


def test_second_leadership_is_given_and_ended(cast):
    bodies.set_second_parent(cast.company, cast.other_city, by=cast.actor("erin"))
    assert last(cast.company).changes == {"second_parent": [None, "临江市总工会"]}
    assert cast.actor("dave").can("people.view", at=reread(cast.branch))

    bodies.set_second_parent(cast.company, None, by=cast.actor("erin"))
    assert last(cast.company).changes == {"second_parent": ["临江市总工会", None]}
    assert not cast.actor("dave").can("people.view", at=reread(cast.branch))


@pytest.fixture
def merged(cast):
    """The first branch has a team, a post, a grant; it goes into the second."""
    cast.team = OrgFactory(name="甲班", kind=Kind.TEAM, parent=cast.branch)
    cast.post = PostFactory(person=cast.bob, title="主席", since=date(2024, 1, 1))
    cast.worker = PersonFactory(name="钱进", org=cast.team)
    return cast


def test_merging_hands_people_and_bodies_over(merged):
    gone = merging.merge_org(
        merged.branch, merged.second_branch, by=merged.actor("frank"), reason="机构调整"
    )

    today = timezone.localdate()
    assert (gone.until, gone.merged_into) == (today, merged.second_branch)
    assert {p.org for p in Person.objects.filter(name__in=["艾丽", "鲍博"])} == {
        merged.second_branch
    }
    assert reread(merged.worker).org == merged.team
    assert reread(merged.team).parent == merged.second_branch
    assert wrong_paths() == []


def test_merging_is_in_both_histories_and_the_children(merged):
    merging.merge_org(merged.branch, merged.second_branch, by=merged.actor("frank"))

    told = {"children": 1, "people": 2, "posts": 1, "grants": 2}
    assert last(merged.branch).verb == "merge"
    assert last(merged.branch).changes == {"merged_into": [None, "二分会"], **told}
    assert last(merged.second_branch).verb == "absorb"
    assert last(merged.second_branch).changes == {"absorbed": "一分会", **told}
    assert last(merged.team).changes == {"parent": ["一分会", "二分会"]}
    assert broken_link(merged.branch) is None


def test_merging_ends_posts_and_grants(merged):
    merging.merge_org(merged.branch, merged.second_branch, by=merged.actor("frank"))

    today = timezone.localdate()
    assert reread(merged.post).until == today
    assert {g.until for g in Grant.objects.filter(org=merged.branch)} == {today}
    assert not Post.objects.filter(org=merged.second_branch).exists()


def test_merging_may_let_posts_go_on_once(merged):
    PostFactory(person=merged.bob, org=merged.second_branch, title="主席")
    facts = {"full_time": True, "way": "elected", "duty": "first", "approval": "安工〔2026〕3号"}
    PostFactory(person=merged.alice, org=merged.branch, title="委员", **facts)

    merging.merge_org(merged.branch, merged.second_branch, by=SYSTEM, keep_posts=True)

    held = Post.objects.filter(org=merged.second_branch, until=None)
    assert sorted((p.person.name, p.title) for p in held) == [("艾丽", "委员"), ("鲍博", "主席")]
    going_on = held.get(person=merged.alice)
    assert {name: getattr(going_on, name) for name in facts} == facts


def test_records_of_a_merged_body_stay_its_own_within_reach_of_its_successor(merged):
    merging.merge_org(merged.branch, merged.second_branch, by=SYSTEM)
    GrantFactory(person=merged.mallory, org=merged.second_branch)

    gone = reread(merged.branch)
    assert gone.parent == merged.second_branch
    assert merged.actor("mallory").can("organisation.view", at=gone)


def test_merging_hands_second_leadership_over_where_it_may(cast):
    old = OrgFactory(name="机械工会", kind=Kind.INDUSTRY, parent=cast.province)
    new = OrgFactory(name="机冶工会", kind=Kind.INDUSTRY, parent=cast.province)
    inside = OrgFactory(name="厂办联合会", kind=Kind.JOINT, parent=new)
    for led in (cast.company, inside):
        bodies.set_second_parent(led, old, by=SYSTEM)

    merging.merge_org(old, new, by=SYSTEM)

    assert reread(cast.company).second_parent == new
    assert reread(inside).second_parent is None


@pytest.mark.parametrize(
    ("org", "into", "sentence"),
    [
        ("province", "city", "最高一级"),
        ("company", "branch", "自己或自己的下级"),
        ("branch", "branch", "自己或自己的下级"),
        ("branch", "committee", "工会只能并入工会"),
        ("company", "second_branch", "自己或自己的下级"),
    ],
)
def test_merges_that_make_no_sense_are_refused(cast, org, into, sentence):
    cast.committee = OrgFactory(name="经审委", kind=Kind.COMMITTEE, parent=cast.company)

    with pytest.raises(DomainError, match=sentence):
        merging.merge_org(getattr(cast, org), getattr(cast, into), by=SYSTEM)


def test_a_merge_refused_half_way_leaves_everything_as_it_was(merged):
    with pytest.raises(DomainError, match="「班组」不能设在「地方总工会」之下"):
        merging.merge_org(merged.branch, merged.other_city, by=SYSTEM)

    assert reread(merged.alice).org == merged.branch
    assert reread(merged.branch).until is None


def test_a_grant_to_come_ends_before_it_begins_to_matter(merged):
    later = timezone.localdate() + timedelta(days=40)
    grant = GrantFactory(person=merged.mallory, org=merged.branch, since=later)

    merging.merge_org(merged.branch, merged.second_branch, by=SYSTEM)

    assert reread(grant).until == later


def test_closing_an_empty_body(cast):
    team = OrgFactory(name="甲班", kind=Kind.TEAM, parent=cast.branch)
    PostFactory(person=cast.bob, org=team, title="班组长")
    Org.objects.filter(pk=cast.other_company.pk).update(second_parent=cast.company)

    closed = close_org(team, by=cast.actor("bob"), reason="撤并")

    today = timezone.localdate()
    assert closed.until == today
    assert not Post.objects.filter(org=team, until=None).exists()
    assert last(closed).changes == {
        "until": [None, today.isoformat()],
        "posts": 1,
        "reason": "撤并",
    }


@pytest.mark.parametrize(
    ("org", "sentence"),
    [
        ("province", "最高一级"),
        ("city", "它的下级还有「安澜机械公司工会」"),
        ("branch", "还有艾丽等人员"),
    ],
)
def test_closing_says_what_is_still_there(cast, org, sentence):
    with pytest.raises(DomainError, match=sentence):
        close_org(getattr(cast, org), by=SYSTEM)


def test_a_closed_body_is_not_changed_any_more(cast):
    close_org(cast.second_branch, by=SYSTEM)

    for act in (
        lambda org: bodies.change_org(org, name="x", kind=Kind.BRANCH, by=SYSTEM),
        lambda org: bodies.move_org(org, cast.other_company, by=SYSTEM),
        lambda org: merging.merge_org(org, cast.branch, by=SYSTEM),
        lambda org: merging.merge_org(cast.branch, org, by=SYSTEM),
        lambda org: close_org(org, by=SYSTEM),
        lambda org: bodies.set_second_parent(org, cast.city, by=SYSTEM),
    ):
        with pytest.raises(DomainError, match="已经撤销"):
            act(cast.second_branch)


def test_the_preview_counts_a_record_that_names_other_bodies_once(cast):
    activity = Activity.objects.create(org=cast.branch, title="健步走", kind="sport")
    activity.partners.set([cast.company, cast.second_branch])

    found = touched_by_move(cast.branch, timezone.localdate(), cast.actor("carol"))

    assert found.records == ((Activity, 1),)


def test_the_preview_counts_what_a_move_takes_along_and_a_merge_hands_over(merged):
    day, carol = timezone.localdate(), merged.actor("carol")
    PostFactory(person=merged.worker, org=merged.team, title="班组长")
    year = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    Plan.objects.create(org=merged.branch, title="计划", **year)

    moved = touched_by_move(merged.branch, day, carol)
    handed = touched_by_merge(merged.branch, day, carol)

    assert (moved.orgs, moved.people, moved.posts, moved.grants) == (1, 3, 2, 2)
    assert (moved.records, handed.records) == (((Plan, 1),), ((Plan, 1),))
    assert (handed.orgs, handed.people, handed.posts, handed.grants) == (1, 2, 1, 2)
