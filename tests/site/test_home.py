"""Home through its door: the officer's desk, the leader's four numbers, the member's portal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import escape

from gonghui.apps.plans.models import ItemState, PlanState
from gonghui.core.notices.inbox import tell
from tests.factories.activities import ActivityFactory
from tests.factories.credits import CreditFactory
from tests.factories.learning import StudyItemFactory
from tests.factories.organisation import OrgFactory, PostFactory, RoleFactory
from tests.factories.plans import DirectiveFactory, ItemFactory, PlanFactory
from tests.factories.signing import RegistrationFactory

# A Saturday morning in Shanghai, 农历十月十三.
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def year(cast):
    """The company's running plan: done, late, due today, due later, without a day, dropped."""
    plan = PlanFactory(org=cast.company, title="2026 年工作计划", state=PlanState.RUNNING)
    common = {"plan": plan, "org": cast.company}
    ItemFactory(**common, text="已办的", state=ItemState.DONE, due_on=date(2026, 3, 31))
    ItemFactory(**common, text="晚了的", due_on=date(2026, 11, 19), owner=cast.frank)
    ItemFactory(**common, text="今天的", due_on=date(2026, 11, 21), owner=cast.frank)
    ItemFactory(**common, text="下周的", due_on=date(2026, 11, 25), owner=cast.bob)
    ItemFactory(**common, text="没定日子的", has_blank=True)
    ItemFactory(**common, text="不办了的", state=ItemState.DROPPED, due_on=date(2026, 5, 1))
    return plan


def home(cast, name, **query):
    return cast.client(name).get(reverse("home"), query)


def test_greeting_names_the_person_and_the_lunar_day(cast):
    html = home(cast, "frank").content.decode()

    assert "上午好，方兰" in html
    assert "11 月 21 日 星期六 · 农历十月十三 · 安澜机械公司工会" in html


def test_figures_count_the_tasks_that_are_still_to_be_done(cast, year):
    figures = {one.label: one for one in home(cast, "frank").context["figures"]}

    assert figures["年度计划完成"].number == 1
    assert figures["年度计划完成"].unit == "/ 5 项"
    assert figures["年度计划完成"].note == "按进度应完成 2 项 · 逾期 1 项"
    assert figures["本月要办"].number == 3
    assert figures["逾期"].note == "最久的已逾期 2 天"
    assert figures["上级下达待办"].number == 0


def test_every_figure_is_a_door_that_opens(cast, year):
    client = cast.client("frank")

    for one in client.get(reverse("home")).context["figures"]:
        opened = client.get(one.url)
        assert opened.context["table"].page.paginator.count == one.number, one.label


def test_today_shows_late_first_and_what_is_due(cast, year):
    titles = [row[0].title for row in home(cast, "frank").context["matters"]]

    assert titles == ["晚了的", "今天的"]


def test_reviewer_finds_the_plan_that_waits(cast):
    PlanFactory(org=cast.company, title="等着审的计划", state=PlanState.SUBMITTED)
    PlanFactory(org=cast.other_company, title="外人的计划", state=PlanState.SUBMITTED)

    titles = [row[0].title for row in home(cast, "frank").context["matters"]]

    assert titles == ["等着审的计划"]


def test_returned_plan_goes_back_to_its_author(cast):
    PlanFactory(org=cast.company, title="退回的", state=PlanState.RETURNED, author=cast.frank)

    matters = home(cast, "frank").context["matters"]

    assert [(row[0].title, row[1]) for row in matters] == [("退回的", "被退回")]


def test_task_of_a_body_one_holds_a_post_in_is_ones_own(cast, year):
    group = OrgFactory(name="劳动竞赛委员会", kind="committee", parent=cast.company)
    PostFactory(person=cast.frank, org=group, since=date(2025, 1, 1))
    ItemFactory(plan=year, org=cast.company, text="委员会的", owner_org=group, due_on="2026-11-20")

    titles = [row[0].title for row in home(cast, "frank").context["matters"]]

    assert titles == ["晚了的", "委员会的", "今天的"]


def test_task_passed_down_waits_to_be_accepted(cast, year):
    task = ItemFactory(org=cast.city, text="报困难职工名单")
    DirectiveFactory(item=task, org=cast.company, due_on=date(2026, 12, 20))

    response = home(cast, "frank")

    assert ("报困难职工名单", "待接收") in [
        (row[0].title, row[1]) for row in response.context["matters"]
    ]
    shown = response.context["figures"][3]
    assert shown.number == 1
    DirectiveFactory(item__org=cast.city, org=cast.company, state="finished")
    behind = cast.client("frank").get(shown.url).context["table"].page
    assert [row.record.item for row in behind] == [task]


def test_sender_sees_who_has_not_accepted(cast):
    task = ItemFactory(org=cast.city, text="报困难职工名单")
    DirectiveFactory(item=task, org=cast.company, due_on=date(2026, 11, 1))

    ItemFactory(org=cast.city)
    done = DirectiveFactory(item__org=cast.city, org=cast.company, state="finished")

    response = home(cast, "carol")
    shown = response.context["figures"][3]

    assert (shown.label, shown.number, shown.tone) == ("下达未接收", 1, "late")
    warning = {one.text: one for one in response.context["warnings"]}["1 件下达任务过期未报"]
    for door, word in ((shown.url, "还没有接收"), (warning.url, "过期没有接收或上报")):
        opened = cast.client("carol").get(door)
        assert [row.record for row in opened.context["table"].page] == [task]
        assert f"有单位：{word}" in opened.content.decode()
    everything = cast.client("carol").get(reverse("plans:directive-sent")).context["table"]
    assert {row.record for row in everything.page} == {task, done.item}


def test_warnings_say_their_reason_worst_first(cast, year):
    warnings = home(cast, "frank").context["warnings"]

    assert [one.text for one in warnings] == [
        "1 项任务逾期",
        "1 项任务有数字待填",
        "1 项任务没有责任人",
        "1 项任务没有日期",
    ]
    assert all(one.why for one in warnings)


def test_every_warning_opens_to_what_it_counts(cast, year):
    client = cast.client("frank")

    for one in client.get(reverse("home")).context["warnings"]:
        assert client.get(one.url).context["table"].page.paginator.count == 1, one.text


def test_upper_union_sees_units_without_a_plan(cast):
    second = OrgFactory(name="安澜燃气公司工会", parent=cast.city)
    PlanFactory(org=cast.city, state=PlanState.RUNNING)
    PlanFactory(org=second, state=PlanState.SUBMITTED)

    warnings = home(cast, "carol").context["warnings"]

    assert [(one.text, one.why) for one in warnings] == [
        ("1 个下级工会还没有送审 2026 年的计划", "安澜机械公司工会")
    ]


def test_strip_begins_on_monday_and_marks_what_is_late(cast, year):
    strip = home(cast, "frank").context["strip"]

    assert [entry.day.day for entry in strip] == list(range(16, 30))
    assert {entry.day.day: entry.is_late for entry in strip if entry.count} == {
        19: True,
        21: False,
        25: False,
    }


def test_newcomer_is_told_the_first_step(cast):
    html = home(cast, "frank").content.decode()

    assert "先把今年的计划传上来" in html
    assert reverse("plans:plan-create") in html
    assert "今天要办" in html


def test_leader_reads_four_numbers_and_one_problem(cast, year):
    response = home(cast, "grace")

    assert len(response.context["figures"]) == 4
    assert [one.text for one in response.context["warnings"]] == ["1 项任务逾期"]
    html = response.content.decode()
    assert "今天要办" not in html
    assert "上传计划" not in html
    assert "查看" in html


def test_team_without_a_plan_works_from_its_unions(cast, year):
    ItemFactory(plan=year, org=cast.company, text="鲍博月底的", owner=cast.bob, due_on="2026-11-30")
    role = RoleFactory(capabilities=["plans.view", "plans.work"])
    cast.bob.grants.update(role=role)

    html = home(cast, "bob").content.decode()

    for words in ("今天没有要您办的事", "鲍博月底的", "2026 年工作计划"):
        assert words in html
    assert "先把今年的计划传上来" not in html


def test_who_plans_nothing_is_shown_the_first_doors(cast):
    role = RoleFactory(capabilities=["organisation.view", "organisation.write", "access.grant"])
    cast.frank.grants.update(role=role)

    response = home(cast, "frank")

    assert response.context["figures"] == []
    assert [label for label, _, _ in response.context["doors"]] == ["建立组织", "授予角色"]
    assert "先做这几件" in response.content.decode()


def test_member_gets_the_portal_at_the_same_address(cast, year):
    ItemFactory(plan=year, org=cast.company, text="交给艾丽的", owner=cast.alice)
    ItemFactory(plan=year, org=cast.company, text="艾丽帮忙的").helpers.add(cast.alice)
    tell([cast.alice], kind="assigned", title="有一项任务交给您")

    html = home(cast, "alice").content.decode()

    assert "艾丽，上午好" in html
    assert "一分会 · 安澜机械公司工会" in html
    for words in ("交给艾丽的", "艾丽帮忙的", "2026 年工作计划", "有一项任务交给您"):
        assert words in html
    assert "晚了的" not in html
    assert "没有责任人" not in html


def gathering(org, title: str, **more):
    facts = {"starts_at": NOW + timedelta(hours=5), "ends_at": NOW + timedelta(hours=7)}
    return ActivityFactory(org=org, title=title, **({"state": "open"} | facts | more))


def test_member_sees_what_is_on_what_is_asked_and_what_is_open(cast):
    later = {"starts_at": NOW + timedelta(days=7), "ends_at": NOW + timedelta(days=7, hours=2)}
    today = gathering(cast.company, "班组长学习交流会", place="三号会议室")
    RegistrationFactory(activity=today, person=cast.alice)
    gathering(cast.company, "秋季职工运动会", **later)
    gathering(cast.other_city, "外市的晚会", **later)
    StudyItemFactory(rule__org=cast.company, label="笔记", least=Decimal(4))
    CreditFactory(person=cast.alice, kind="note", unit="piece", amount=1, on=NOW.date())

    html = home(cast, "alice").content.decode()

    on, study, offers = (html.index(f'id="{part}"') for part in ("on", "study", "offers"))
    assert on < study < offers
    assert html.count("班组长学习交流会") == 1
    assert reverse("attendance:check-in") in html[on:study]
    assert "今天 14:30–16:30 · 三号会议室" in html[on:study]
    assert "笔记 1 / 4" in html[study:offers]
    assert "还差 3" in html[study:offers]
    assert "秋季职工运动会" in html[offers:]
    assert "外市的晚会" not in html
    assert "没有交给您的任务" not in html  # said only where little else is


def test_member_of_whom_nothing_is_asked_is_told_what_will_stand_here(cast):
    assert "没有交给您的任务" in home(cast, "alice").content.decode()


def test_what_goes_on_for_days_says_when_it_begins(cast):
    course = gathering(cast.company, "三天的班", ends_at=NOW + timedelta(days=2))
    RegistrationFactory(activity=course, person=cast.alice)

    assert "今天 14:30 开始 ·" in home(cast, "alice").content.decode()


def test_what_was_put_off_is_on_no_day(cast):
    match = gathering(cast.company, "晚上的比赛", state="postponed")
    RegistrationFactory(activity=match, person=cast.alice)

    html = home(cast, "alice").content.decode()

    assert 'id="on"' not in html
    assert "延期，时间另行通知" in html[html.index('id="offers"') :]


def test_what_is_on_today_is_no_door_for_who_only_may_come(cast):
    gathering(cast.company, "晚上的电影")

    html = home(cast, "alice").content.decode()

    assert 'id="on"' not in html
    assert "晚上的电影" in html[html.index('id="offers"') :]


def test_stranger_sees_nothing_of_the_company(cast, year):
    html = home(cast, "mallory").content.decode()

    assert "2026 年工作计划" not in html
    assert "晚了的" not in html


def test_officer_elsewhere_cannot_look_from_the_company(cast, year):
    response = home(cast, "dave", org=cast.company.pk)

    assert response.context["desk"].tally.figures.total == 0
    assert "晚了的" not in response.content.decode()


def test_below_adds_what_stands_below(cast, year):
    ItemFactory(org=cast.city, text="市里的")
    own = home(cast, "carol", org=cast.city.pk, scope="own").context["figures"][0]
    below = home(cast, "carol", org=cast.city.pk, scope="below", figures="all").context["figures"][
        0
    ]

    assert (own.unit, below.unit) == ("/ 1 项", "/ 6 项")


def test_numbers_of_a_whole_city_come_after_the_page(cast, year):
    first = home(cast, "carol", org=cast.city.pk, scope="below")
    later = first.context["later_url"]

    assert first.context["figures"] == []
    assert f'href="{escape(later)}"' in first.content.decode()
    then = cast.client("carol").get(later)
    assert [one.label for one in then.context["figures"]][:2] == ["年度计划完成", "本月要办"]
    assert "1 项任务逾期" in [one.text for one in then.context["warnings"]]
    assert [e.day.day for e in then.context["strip"] if e.count] == [19, 21, 25]
    for part in ('id="figures"', 'id="notable"', 'id="strip"'):
        assert part in first.content.decode()
        assert part in then.content.decode()


def test_account_without_a_person_is_let_in_and_shown_nothing(cast, client):
    account = cast.account("mallory")
    account.person = None
    account.save()
    client.force_login(account)

    assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize(("name", "most"), [("frank", 16), ("carol", 17), ("alice", 12)])
def test_home_costs_the_same_for_any_number_of_tasks(
    cast, year, name, most, django_assert_max_num_queries
):
    ItemFactory(plan=year, org=cast.company, owner=cast.person(name), due_on="2026-11-20")
    client = cast.client(name)
    client.get(reverse("home"))
    with django_assert_max_num_queries(most) as few:
        client.get(reverse("home"))
    for number in range(8):
        ItemFactory(plan=year, org=cast.company, owner=cast.person(name), due_on="2026-11-22")
        ItemFactory(plan=year, org=cast.company, due_on=date(2026, 11, 18 + number))
        ItemFactory(plan=year, org=cast.company, owner=cast.person(name), due_on="2026-11-20")

    with django_assert_max_num_queries(most) as many:
        client.get(reverse("home"))

    assert len(many) == len(few)
