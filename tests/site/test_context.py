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
from tests.factories.organisation import OrgFactory, PostFactory
from tests.factories.plans import DirectiveFactory, ItemFactory, PlanFactory

pytestmark = pytest.mark.slow


def page(cast, name, url="", **cookies):
    client = cast.client(name)
    client.cookies.load(cookies)
    return client.get(url or reverse("home"))


def words(response):
    menu = response.context["shell"].navigation
    return {group.label: [entry.label for entry in group.entries] for group in menu}


WORDS_OF_PLANS = ["工作计划", "我的任务", "逾期", "上级下达", "日历"]


def test_menu_offers_the_chair_what_a_chair_does(cast):
    menu = words(page(cast, "frank"))

    assert "工作台" in menu[""]
    assert menu["计划"] == WORDS_OF_PLANS
    assert {"组织", "任职"} <= set(menu["工会"])
    assert {"人员", "入会申请"} <= set(menu["会员"])
    assert {"授权", "角色", "历史"} <= set(menu["设置"])


def test_who_works_from_the_desk_comes_to_their_own_study_and_reads_the_briefs(cast):
    menu = words(page(cast, "frank"))
    leader = words(page(cast, "grace"))

    assert {"我的学习", "我的活动"} <= set(menu[""])
    assert {"我的学习", "我的活动"} <= set(leader[""])
    assert menu["宣传"] == ["工会简报", "简报信息"]
    assert "工会简报" in leader["宣传"]


def test_menu_of_a_leader_holds_only_what_is_read(cast):
    menu = words(page(cast, "grace"))

    assert menu["计划"] == WORDS_OF_PLANS
    assert {"组织", "任职"} <= set(menu["工会"])
    assert {"人员", "会员统计"} <= set(menu["会员"])
    assert not {"授权", "角色", "历史"} & set(menu.get("设置", []))


def test_menu_of_a_member_is_the_portals(cast):
    response = page(cast, "alice")

    entries = ["首页", "学习", "活动", "通知", "我的"]
    assert words(response) == {"": entries}
    assert [tab.label for tab in response.context["shell"].tabs] == entries
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


def offered(response):
    return [(str(org), depth, current) for org, depth, current in response.context_data["choices"]]


def test_place_offers_where_one_holds_a_role_and_one_level_below(cast):
    opened = cast.client("carol").get(
        page(cast, "carol").context["shell"].place["choices_url"], headers={"HX-Request": "true"}
    )

    assert offered(opened) == [("安澜市总工会", 0, True), ("安澜机械公司工会", 1, False)]
    assert "<html" not in opened.content.decode()


def test_place_is_offered_on_a_page_of_its_own_without_a_script(cast):
    html = page(cast, "carol", f"{reverse('place')}?next=/plans/plan/").content.decode()

    assert "<html" in html
    assert 'name="next" value="/plans/plan/"' in html
    assert f'name="org" value="{cast.company.pk}"' in html


@pytest.mark.parametrize(("name", "status"), [("bob", 200), ("alice", 404), ("mallory", 404)])
def test_place_is_offered_to_officers_only(cast, name, status):
    assert cast.client(name).get(reverse("place")).status_code == status


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
    client = cast.client("carol")
    client.get(reverse("place"), {"org": cast.company.pk, "scope": "below"})

    assert "place_org" not in client.session


def test_frame_of_an_officer_costs_three_queries(cast, django_assert_num_queries):
    PlanFactory(org=cast.company, state=PlanState.RUNNING)
    client = cast.client("frank")
    client.get(reverse("place"))

    with django_assert_num_queries(5):  # session, account with all it holds, menu; two choices
        client.get(reverse("place"))


def test_frame_of_a_member_costs_three_queries(cast, django_assert_num_queries):
    client = cast.client("alice")
    client.get("/nowhere/")

    with django_assert_num_queries(3):  # session, account with all it holds, menu
        client.get("/nowhere/")


def test_the_menu_opens_where_one_is_and_for_the_daily_work(cast):
    menu = cast.client("frank").get("/watch/finding/").context["shell"].navigation
    people = cast.client("frank").get("/membership/person/").context["shell"].navigation

    assert [group.label for group in menu if group.is_open] == ["", "计划"]
    assert [group.label for group in people if group.is_open] == ["", "计划", "会员"]


def test_a_member_with_a_post_alone_has_a_frame(cast):
    """Whoever sits on a committee and holds no role works on its tasks, as far as they see them."""
    body = OrgFactory(parent=cast.company, kind="committee")
    PostFactory(person=cast.mallory, org=body)

    assert page(cast, "mallory").status_code == 200
