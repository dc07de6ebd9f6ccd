"""The officer's screens: who sees what, what they write, and every change of the tree confirmed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.models import Role
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Kind, Org
from gonghui.core.people.models import Post
from tests.factories.organisation import (
    AccountFactory,
    GrantFactory,
    OrgFactory,
    PersonFactory,
    PostFactory,
)

pytestmark = pytest.mark.slow


def at(name, *args, **query):
    tail = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"organisation:{name}", args=args) + (f"?{tail}" if tail else "")


def text(response):
    return response.content.decode()


# Seeing

WHY = "单位终止，已报上一级工会"
ORG_PAGES = ("org-detail", "org-update", "org-move", "org-second", "org-merge", "org-close")


@pytest.mark.parametrize("who", ["mallory", "dave", "alice"])
def test_a_person_from_another_subtree_or_without_a_role_gets_404(cast, who):
    client = cast.client(who)
    post = PostFactory(person=cast.bob)
    pages = [at(name, cast.branch.pk) for name in (*ORG_PAGES, "branch")]
    pages += [at("post-detail", post.pk), at("post-update", post.pk)]
    pages += [at("tree", at=cast.branch.pk), at("org-create", parent=cast.branch.pk)]

    for address in pages:
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("who", ["bob", "grace"])
def test_who_may_look_may_not_change(cast, who):
    client = cast.client(who)

    assert client.get(at("org-detail", cast.branch.pk)).status_code == 200
    for name in ORG_PAGES[1:]:
        assert client.get(at(name, cast.branch.pk)).status_code == 404
    assert client.get(at("post-create")).status_code == 404


def test_lists_show_the_reach_and_nothing_else(cast):
    page = text(cast.client("carol").get(at("org-list")))
    assert "一分会" in page
    assert "临江" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=一分", 1), ("q=yfh", 1), ("kind=branch", 2), ("state=closed", 1), ("state=all", 4)],
)
def test_bodies_are_filtered(cast, query, found):
    OrgFactory(name="旧分会", kind=Kind.BRANCH, parent=cast.company)
    Org.objects.filter(name="旧分会").update(until="2024-12-31")

    page = cast.client("frank").get(at("org-list") + f"?{query}")

    assert page.context["table"].page.paginator.count == found


def test_posts_are_filtered_by_who_holds_them_today(cast):
    PostFactory(person=cast.bob, title="主席")
    PostFactory(person=cast.alice, title="旧委员", until=date(2024, 6, 1))
    client = cast.client("bob")

    def titles(query):
        rows = client.get(at("post-list") + query).context["table"].page.object_list.data
        return {row.title for row in rows}

    assert titles("") == {"主席"}
    assert titles("?state=ended") == {"旧委员"}
    assert titles("?state=all&q=艾") == {"旧委员"}


def queries_of(client, address):
    client.get(address)  # the first visit of a session notes that it is in use
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize("name", ["org-list", "post-list", "branch"])
def test_a_list_costs_the_same_for_few_and_many(cast, name):
    client = cast.client("frank")
    address = at(name, *([cast.company.pk] if name == "branch" else []))
    PostFactory(person=PersonFactory(org=cast.company))
    few = queries_of(client, address)

    for number in range(5):
        PostFactory(person=PersonFactory(org=cast.company))
        OrgFactory(name=f"{number}分会", kind=Kind.BRANCH, parent=cast.company)

    assert queries_of(client, address) == few


# The tree


def test_the_tree_begins_where_reach_begins(cast):
    page = cast.client("carol").get(at("tree"))

    assert page.context["at"] == cast.city
    assert "安澜机械公司工会" in text(page)
    assert "云泽省总工会" not in text(page)


def test_several_tops_are_listed(cast):
    GrantFactory(person=cast.frank, role=Role.objects.get(name="党政领导"), org=cast.other_company)

    page = cast.client("frank").get(at("tree"))

    assert set(page.context["tops"]) == {cast.company, cast.other_company}


def test_without_reach_the_tree_says_what_to_do(cast):
    assert "这里还看不到组织" in text(cast.client("alice").get(at("tree")))


def test_a_branch_comes_when_it_is_opened(cast):
    fragment = text(cast.client("erin").get(at("branch", cast.company.pk)))

    assert fragment.count('class="node"') == 2
    assert "<html" not in fragment


def test_a_wide_branch_comes_in_parts(cast, monkeypatch):
    monkeypatch.setattr("gonghui.apps.organisation.queries.MOST_CHILDREN", 3)
    for number in range(5):
        OrgFactory(name=f"{number}公司工会", parent=cast.other_city)
    client = cast.client("dave")

    first = text(client.get(at("branch", cast.other_city.pk)))
    second = text(client.get(at("branch", cast.other_city.pk, page=2)))

    assert (first.count('class="node"'), second.count('class="node"')) == (3, 3)
    assert "再显示 3 个，共 6 个" in first
    assert "再显示" not in second


def test_the_tree_works_without_a_script(cast):
    page = cast.client("carol").get(at("tree", at=cast.company.pk))

    assert list(page.context["above"]) == [cast.city]
    assert "一分会" in text(page)


# Bodies


def test_a_body_is_created_below_the_chosen_one(cast):
    client = cast.client("frank")
    page = client.get(at("org-create", parent=cast.company.pk))
    assert "设在「安澜机械公司工会」之下" in text(page)
    assert 'value="federation"' not in text(page)

    response = client.post(
        at("org-create", parent=cast.company.pk), {"name": "三分会", "kind": "branch"}
    )

    org = Org.objects.get(name="三分会")
    assert response.url == at("org-detail", org.pk)
    assert (org.parent, history_of(org).count()) == (cast.company, 1)


def test_a_kind_that_may_not_stand_there_is_not_taken(cast):
    response = cast.client("frank").post(
        at("org-create", parent=cast.company.pk), {"name": "错", "kind": "federation"}
    )

    assert response.status_code == 422
    assert not Org.objects.filter(name="错").exists()


def test_a_body_is_changed_with_one_entry(cast):
    response = cast.client("frank").post(
        at("org-update", cast.branch.pk), {"name": "机加分会", "kind": "branch"}
    )

    assert response.status_code == 302
    assert history_of(cast.branch).get().changes == {"name": ["一分会", "机加分会"]}


def test_a_root_is_changed_in_place(cast):
    client = cast.client("erin")
    said = {"name": "云泽省总", "kind": "federation"}

    assert client.get(at("org-update", cast.province.pk)).status_code == 200
    client.post(at("org-update", cast.province.pk), said)

    assert Org.objects.get(pk=cast.province.pk).name == "云泽省总"


def test_an_officer_does_not_restructure_the_body_they_stand_at(cast):
    client = cast.client("frank")

    for name in ORG_PAGES[2:]:
        assert client.get(at(name, cast.company.pk)).status_code == 404
        assert client.get(at(name, cast.branch.pk)).status_code == 200


def test_a_move_is_asked_shown_and_only_then_made(cast):
    client = cast.client("erin")
    address, said = at("org-move", cast.company.pk), {"parent": "临江市总工会", "reason": "划转"}

    shown = client.post(address, said)
    assert Org.objects.get(pk=cast.company.pk).parent == cast.city
    assert shown.context["preview"]["to"] == cast.other_city
    counts = {label: (number, url) for label, number, _, url in shown.context["preview"]["counts"]}
    people, door = counts["人员"]
    assert (people, client.get(door).context["table"].page.paginator.count) == (4, 4)

    done = client.post(address, said | {"confirmed": "1"})
    assert done.url == at("org-detail", cast.company.pk)
    assert Org.objects.get(pk=cast.company.pk).parent == cast.other_city


def test_the_new_parent_must_be_in_reach_too(cast):
    response = cast.client("carol").post(
        at("org-move", cast.company.pk),
        {"parent": f"临江市总工会 #{cast.other_city.pk}", "confirmed": "1"},
    )

    assert response.status_code == 422
    assert "没有找到" in text(response)
    assert Org.objects.get(pk=cast.company.pk).parent == cast.city


def test_what_the_action_refuses_is_said_on_the_page(cast):
    response = cast.client("frank").post(
        at("org-move", cast.branch.pk), {"parent": "安澜机械公司工会", "confirmed": "1"}
    )

    assert response.status_code == 422
    assert "已经在「安澜机械公司工会」之下" in text(response)


def test_a_merge_is_confirmed_and_leads_to_the_history(cast):
    client = cast.client("frank")
    address, said = (
        at("org-merge", cast.branch.pk),
        {"into": "二分会", "keep_posts": "on", "reason": WHY},
    )

    shown = client.post(address, said)
    assert ("keep_posts", "on") in shown.context["preview"]["hidden"]

    client.post(address, said | {"confirmed": "1"})
    assert Org.objects.get(pk=cast.branch.pk).merged_into == cast.second_branch


def test_a_body_merges_only_into_one_whose_parent_is_in_reach(cast):
    response = cast.client("frank").post(
        at("org-merge", cast.branch.pk),
        {"into": "安澜机械公司工会", "reason": WHY, "confirmed": "1"},
    )

    assert "没有找到" in text(response)


@pytest.mark.parametrize(("step", "said"), [("close", {}), ("merge", {"into": "二分会"})])
def test_a_union_ends_only_with_its_ground(cast, step, said):
    """工会法 §13: nobody dissolves or merges a union at will (ORG-03)."""
    page = cast.client("frank").post(at(f"org-{step}", cast.branch.pk), said | {"confirmed": "1"})

    assert page.status_code == 422
    assert "工会组织不得随意撤销、合并" in text(page)
    assert Org.objects.get(pk=cast.branch.pk).until is None


def test_a_group_is_closed_without_a_ground(cast):
    group = OrgFactory(parent=cast.company, kind="leading_group", function="leading")

    cast.client("frank").post(at("org-close", group.pk), {"confirmed": "1"})

    assert Org.objects.get(pk=group.pk).until == timezone.localdate()


def test_second_leadership_and_closing_go_the_same_way(cast):
    erin, frank = cast.client("erin"), cast.client("frank")

    erin.post(at("org-second", cast.company.pk), {"second": "临江市总工会", "confirmed": "1"})
    assert Org.objects.get(pk=cast.company.pk).second_parent == cast.other_city
    shown = erin.post(at("org-second", cast.company.pk), {"second": ""})
    assert (shown.context["preview"]["from"], shown.context["preview"]["to"]) == (
        cast.other_city,
        None,
    )

    frank.post(at("org-close", cast.second_branch.pk), {"reason": WHY, "confirmed": "1"})
    assert Org.objects.get(pk=cast.second_branch.pk).until == timezone.localdate()
    assert frank.get(at("org-update", cast.second_branch.pk)).status_code == 404
    assert frank.get(at("org-detail", cast.second_branch.pk)).status_code == 200


def test_a_closed_body_offers_nothing_to_change(cast):
    Org.objects.filter(pk=cast.second_branch.pk).update(until="2024-01-01")

    page = cast.client("frank").get(at("org-detail", cast.second_branch.pk))

    assert page.context["doors"] == []
    assert "登记人员" not in text(page)


def test_a_page_offers_what_may_be_done_and_what_it_means(cast):
    page = text(cast.client("frank").get(at("org-detail", cast.branch.pk)))

    assert at("org-create", parent=cast.branch.pk) in page
    for name in ORG_PAGES[2:]:
        assert at(name, cast.branch.pk) in page
    assert at("org-move", cast.company.pk) not in text(
        cast.client("frank").get(at("org-detail", cast.company.pk))
    )


def test_a_long_panel_leads_to_the_whole_list(cast):
    for number in range(12):
        PersonFactory(name=f"钱{number}", org=cast.branch)

    page = text(cast.client("frank").get(at("org-detail", cast.branch.pk)))

    assert "看全部 14 人" in page


def test_each_kind_below_opens_to_as_many_bodies(cast):
    frank = cast.client("frank")
    listed = f"{at('org-list')}?org={cast.company.pk}&amp;scope=below&amp;kind=branch"

    page = text(frank.get(at("org-detail", cast.company.pk)))
    rows = frank.get(listed.replace("&amp;", "&")).context["table"].rows

    assert f'<a href="{listed}">{len(rows)} 个</a>' in page
    assert len(rows) == 2


def test_a_page_of_a_body_shows_people_only_to_who_may_see_them(cast):
    PostFactory(person=cast.bob, title="主席")
    viewer = PersonFactory(name="看客", org=cast.company)
    GrantFactory(
        person=viewer,
        role=Role.objects.create(name="只看组织", capabilities=["organisation.view"]),
        org=cast.company,
    )
    cast.people["viewer"] = viewer
    AccountFactory(username="viewer", person=viewer)

    assert "鲍博" not in text(cast.client("viewer").get(at("org-detail", cast.branch.pk)))
    assert "鲍博" in text(cast.client("grace").get(at("org-detail", cast.branch.pk)))


# Posts


def test_a_post_is_given_and_ended(cast):
    client = cast.client("frank")
    page = client.get(at("post-create", person=cast.bob.pk, org=cast.branch.pk))
    assert 'value="鲍博（一分会）"' in text(page)
    said = {"person": "鲍博", "org": "一分会", "title": "主席", "since": "2024-03-01"}

    client.post(at("post-create"), said)
    post = Post.objects.get()
    assert post.since == date(2024, 3, 1)

    client.post(
        at("post-update", post.pk), {"title": "主席", "since": "2024-03-01", "until": "2025-03-01"}
    )
    post.refresh_from_db()
    assert post.until == date(2025, 3, 1)
    assert [entry.verb for entry in history_of(post)] == ["update", "create"]


def test_a_post_is_not_given_twice(cast):
    PostFactory(person=cast.bob, title="主席")

    response = cast.client("frank").post(
        at("post-create"),
        {"person": "鲍博", "org": "一分会", "title": "主席", "since": "2024-03-01"},
    )

    assert response.status_code == 422
    assert Post.objects.count() == 1


def test_a_page_without_anything_to_the_right_takes_the_whole_width(cast):
    client = cast.client("frank")
    page = at("org-detail", cast.branch.pk)
    assert 'class="record"' not in text(client.get(page))

    client.post(at("org-update", cast.branch.pk), {"name": "机加分会", "kind": "branch"})

    shown = text(client.get(page))
    assert ('id="history"' in shown, 'class="record"' in shown) == (True, True)
