"""The frame of every page: what the menu offers to whom, where one looks from, what it costs."""

from __future__ import annotations

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse

from gonghui.apps.plans.models import PlanState
from gonghui.core.access.actor import Actor
from gonghui.core.notices.inbox import tell
from gonghui.site.context import shell
from tests.factories.plans import DirectiveFactory, ItemFactory, PlanFactory


def page(cast, name, url="", **cookies):
    client = cast.client(name)
    client.cookies.load(cookies)
    return client.get(url or reverse("home"))


def words(response):
    menu = response.context["shell"].navigation
    return {group.label: [entry.label for entry in group.entries] for group in menu}


def test_menu_offers_the_chair_everything_but_shaping_what_is_not_theirs(cast):
    assert words(page(cast, "frank")) == {
        "": ["工作台"],
        "计划": ["工作计划", "我的任务", "逾期", "上级下达", "日历"],
        "工会": ["组织", "人员"],
        "设置": ["授权", "角色", "历史"],
    }


def test_menu_of_a_leader_holds_only_what_is_read(cast):
    assert words(page(cast, "grace")) == {
        "": ["工作台"],
        "计划": ["工作计划", "我的任务", "逾期", "上级下达", "日历"],
        "工会": ["组织", "人员"],
    }


def test_menu_of_a_member_is_the_portals(cast):
    response = page(cast, "alice")

    assert words(response) == {"": ["首页", "计划", "通知", "我的"]}
    assert [tab.label for tab in response.context["shell"].tabs] == ["首页", "计划", "通知", "我的"]
    assert response.context["shell"].place is None


@pytest.mark.parametrize("name", ["alice", "bob", "carol", "erin", "frank", "grace", "mallory"])
def test_every_entry_of_the_menu_opens(cast, name):
    PlanFactory(org=cast.company, state=PlanState.RUNNING)
    client = cast.client(name)
    menu = client.get(reverse("home")).context["shell"].navigation

    for entry in [entry for group in menu for entry in group.entries]:
        response = client.get(entry.url, follow=True)
        assert response.status_code == 200, entry.label
        shown = [e for g in response.context["shell"].navigation for e in g.entries if e.current]
        assert [e.label for e in shown] == [entry.label]


def test_menu_counts_what_waits(cast):
    ItemFactory(org=cast.company, owner=cast.frank, due_on="2026-01-31")
    ItemFactory(org=cast.company, owner=cast.frank)
    DirectiveFactory(org=cast.company)
    tell([cast.frank], kind="system", title="欢迎")

    frame = page(cast, "frank").context["shell"]
    counts = {entry.label: entry.count for group in frame.navigation for entry in group.entries}

    assert counts["我的任务"] == 1
    assert counts["上级下达"] == 1
    assert frame.inbox["count"] == 1


def test_look_comes_from_the_cookies_and_from_nothing_else(cast):
    dark = page(cast, "alice", theme="dark", large="1").content.decode()
    odd = page(cast, "alice", theme='"><script>', large="yes").content.decode()

    assert 'data-bs-theme="dark" class="large"' in dark
    assert "<script>" not in odd
    assert "data-bs-theme" not in odd.split("<head>")[0]


def test_login_page_has_no_frame(client, db):
    html = client.get(reverse("account_login")).content.decode()

    assert 'class="gate"' in html
    assert "主菜单" not in html


def test_frame_asks_the_database_only_where_it_is_drawn(cast, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user, request.actor = cast.account("frank"), Actor(cast.frank)
    template = engines["django"].from_string("<p>{{ shell.theme }}</p>")

    with django_assert_num_queries(0):
        template.render(shell(request), request)


def test_frame_holds_without_an_actor(rf):
    frame = shell(rf.get("/nowhere/"))["shell"]

    assert (frame.person, frame.inbox, frame.place, frame.navigation, frame.tabs) == (
        None,
        None,
        None,
        [],
        [],
    )
    assert frame.search_url == ""


def test_missing_page_keeps_the_frame(cast):
    response = page(cast, "frank", "/nowhere/")

    assert response.status_code == 404
    assert "主菜单" in response.content.decode()


def choose(cast, name, **said):
    client = cast.client(name)
    return client, client.post(reverse("place"), said)


def test_place_is_kept_and_stands_in_the_address(cast):
    client, response = choose(
        cast, "carol", org=cast.company.pk, scope="below", next="/plans/plan/?state=draft&page=3"
    )

    assert response.url == (f"/plans/plan/?state=draft&org={cast.company.pk}&scope=below")
    place = client.get(reverse("home")).context["shell"].place
    assert (place["id"], place["scope"]) == (cast.company.pk, "below")


def test_place_offers_where_one_holds_a_role_and_one_level_below(cast):
    choices = page(cast, "carol").context["shell"].place["choices"]

    assert [(c["name"], c["depth"], c["current"]) for c in choices] == [
        ("安澜市总工会", 0, True),
        ("安澜机械公司工会", 1, False),
    ]


@pytest.mark.parametrize("name", ["alice", "dave", "mallory"])
def test_foreign_body_does_not_exist(cast, name):
    client, response = choose(cast, name, org=cast.company.pk, scope="own", next="/")

    assert response.status_code == 404
    assert "place_org" not in client.session


@pytest.mark.parametrize("said", ["", "x", "0", "999999", "²"])
def test_nonsense_is_no_place(cast, said):
    _, response = choose(cast, "carol", org=said, scope="own")

    assert response.status_code == 404


def test_odd_scope_is_ones_own(cast):
    client, _ = choose(cast, "carol", org=cast.company.pk, scope="all")

    assert client.session["place_scope"] == "own"


@pytest.mark.parametrize(
    "said",
    ["", "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"],
)
def test_way_back_never_leads_outside(cast, said):
    _, response = choose(cast, "carol", org=cast.company.pk, scope="own", next=said)

    assert response.url.startswith("/")
    assert "evil" not in response.url
    assert "javascript" not in response.url


def test_place_is_chosen_by_post_alone(cast):
    assert cast.client("carol").get(reverse("place")).status_code == 405
