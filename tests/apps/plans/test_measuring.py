"""Promised figures: what counts them, how they stand, where they may end, who may say so."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gonghui.apps.plans import actions
from gonghui.apps.plans.engine.binding import SUGGESTED
from gonghui.apps.plans.models import Reading, Target
from gonghui.apps.plans.queries.measuring import grows, measured, suggestion, written_words
from gonghui.core.indicators.registry import indicators
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory
from tests.factories.communication import PublicationFactory
from tests.factories.plans import ItemFactory, PlanFactory, TargetFactory

TODAY = date(2026, 7, 10)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-07-10T10:00:00+08:00", tick=False)


@pytest.fixture
def plan(cast):
    return PlanFactory(org=cast.company, state="running", title="2026 年工作计划")


def promise(plan, text, op, value, unit):
    item = ItemFactory(org=plan.org, plan=plan, text=text, position=plan.items.count() + 1)
    return TargetFactory(item=item, op=op, value=Decimal(value), unit=unit)


def held(cast, *days):
    for day in days:
        start = datetime.fromisoformat(f"{day}T14:00+08:00")
        ActivityFactory(org=cast.company, kind="forum", state="filed", starts_at=start)


def one(target):
    item = target.item
    return measured(item.plan, [(item, target)], TODAY)[0]


def test_every_line_of_the_table_names_an_indicator():
    assert [code for _, code in SUGGESTED if code not in indicators] == []


@pytest.mark.parametrize(
    ("text", "op", "value", "unit", "code", "words"),
    [
        ("职工参训率达到80%以上", ">=", 80, "%", "site.training_share", "达到80%以上"),
        ("50%以上的班组参加创建活动", ">=", 50, "%", "teams.share", "50%以上"),
        ("举办培训班不少于4期", ">=", 4, "期", "training.courses", "不少于4期"),
        ("全年发展会员超过200人", ">", 200, "人", "", "超过200人"),
        ("编印工会简报22期", "=", 22, "期", "communication.briefs", "22期"),
        ("向上级报送信息30条以上", ">=", 30, "条", "communication.news", "30条以上"),
        ("撰写经验材料不少于5篇", ">=", 5, "篇", "communication.experiences", "不少于5篇"),
        ("完成商函200万件", "=", 2000000, "件", "", "200万件"),
        ("会员评家满意率不低于85%", ">=", 85, "%", "evaluation.home_share", "不低于85%"),
        ("职工对工会工作满意率95%以上", ">=", 95, "%", "evaluation.content_share", "95%以上"),
        ("发放宣传单2000份", "=", 2000, "份", "communication.leaflets", "2000份"),
        ("悬挂横幅30幅", "=", 30, "幅", "communication.banners", "30幅"),
        ("新增学习型班组10个", "=", 10, "个", "titles.learning_teams", "10个"),
        ("评选知识型职工20名", "=", 20, "名", "titles.learners", "20名"),
        ("培训农民工1000人次", "=", 1000, "人次", "training.times", "1000人次"),
        ("职工人均学时不少于40学时", ">=", 40, "学时", "site.hours_each", "不少于40学时"),
        ("全年培训4000学时", "=", 4000, "学时", "site.hours", "4000学时"),
        ("职工人均读书2本以上", ">=", 2, "本", "site.books_each", "2本以上"),
    ],
)
def test_words_of_a_promise_suggest_what_counts_it(plan, text, op, value, unit, code, words):
    target = promise(plan, text, op, value, unit)

    found = suggestion(target, target.item)

    if code:
        assert found is indicators[code]
    assert written_words(target, target.item) == words


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("每人每年学习不少于40学时", 40, "学时"),
        ("每名职工撰写心得2篇", 2, "篇"),
        ("人均撰写学习心得2篇", 2, "篇"),
        ("职工人手读书3本", 3, "本"),
    ],
)
def test_what_each_shall_have_is_no_sum_of_all(plan, text, value, unit):
    target = promise(plan, text, ">=", value, unit)

    assert suggestion(target, target.item) is None


@pytest.mark.parametrize(
    ("code", "is_so"),
    [
        ("training.times", True), ("membership.members", False), ("participation.came", True),
        ("site.training_share", True), ("participation.share", True), ("teams.share", False),
        ("training.pass_rate", False), ("membership.rate", False), ("site.hours_each", True),
    ],
)  # fmt: skip
def test_a_share_of_what_was_done_grows_and_a_rate_does_not(code, is_so):
    assert grows(indicators[code]) is is_so


def test_promised_briefs_are_counted_from_what_was_issued(plan):
    for number, state in ((1, "issued"), (2, "issued"), (3, "withdrawn")):
        PublicationFactory(org=plan.org, number=number, state=state)
    PublicationFactory(org=plan.org, kind="news", number=None)
    target = promise(plan, "编印工会简报22期", "=", 22, "期")
    target.indicator = suggestion(target, target.item).code
    target.save()

    found = one(target)

    assert (found.actual, found.what) == (2, indicators["communication.briefs"])
    assert "communication.briefs/records/" in found.url


def test_figure_is_suggested_by_its_own_clause(plan):
    words = "95%以上的建会单位参加创建，学习型班组达到班组总数的80%以上"
    units, teams = (promise(plan, words, ">=", value, "%") for value in (95, 80))
    founded = promise(plan, "联合工会组建，年内新建6家", "=", 6, "家")

    assert suggestion(units, units.item) is None
    assert suggestion(teams, teams.item) is None  # titled teams, which are not those taking part
    assert suggestion(founded, founded.item).code == "organisation.founded"


def test_promise_no_record_counts_is_suggested_nothing(plan):
    for text, value, unit in (
        ("编印职工画册22期", 22, "期"),
        ("完成商函200万件", 2000000, "件"),
        ("女职工入会率95%", 95, "%"),  # the rate of all would mislead
    ):
        target = promise(plan, text, "=", value, unit)
        assert suggestion(target, target.item) is None


def test_bound_figure_needs_nobody(cast, plan):
    target = promise(plan, "召开座谈会4次", "=", 4, "次")
    held(cast, "2026-02-03", "2026-05-06")

    actions.bind_target(target, code="activities.forums", by=cast.actor("frank"), today=TODAY)
    held(cast, "2026-07-01")
    found = one(target)

    assert (found.actual, found.what) == (Decimal(3), indicators["activities.forums"])
    assert found.standing == "ahead"  # of 4 in a year, 2.3 are due by the end of July
    target.refresh_from_db()
    assert target.actual == 2  # what lists show, until the day's work counts it anew
    assert actions.count_anew(TODAY) == 1
    target.refresh_from_db()
    assert (target.actual, target.actual_on) == (Decimal(3), TODAY)


def test_figure_behind_the_door_is_the_figure(cast, plan):
    target = promise(plan, "召开座谈会4次", "=", 4, "次")
    held(cast, "2026-02-03", "2026-05-06")
    actions.bind_target(target, code="activities.forums", by=cast.actor("frank"), today=TODAY)

    found = one(target)
    page = cast.client("frank").get(found.url)

    assert page.context["page"].paginator.count == found.actual


def test_member_reads_the_figure_and_is_led_nowhere(cast, plan):
    """The records are for who looks after them; a door that is shut is not drawn."""
    target = promise(plan, "召开座谈会4次", "=", 4, "次")
    held(cast, "2026-02-03", "2026-05-06")
    actions.bind_target(target, code="activities.forums", by=cast.actor("frank"), today=TODAY)
    page = reverse("plans:plan-targets", args=[plan.pk])

    frank, alice = (cast.client(name).get(page) for name in ("frank", "alice"))

    assert [one.reached for one in alice.context["figures"]] == ["2次"]
    assert [one.found.url for one in alice.context["figures"]] == [""]
    assert cast.client("frank").get(frank.context["figures"][0].found.url).status_code == 200
    summary = cast.client("alice").get(reverse("plans:summary", args=[plan.pk])).content.decode()
    assert "2次" in summary
    assert "/indicators/" not in summary


def test_nothing_known_stays_unknown(cast, plan):
    target = promise(plan, "召开座谈会4次", "=", 4, "次")

    actions.bind_target(target, code="activities.forums", by=cast.actor("frank"), today=TODAY)

    found = one(target)
    assert (found.actual, found.standing, found.forecast) == (None, "", None)
    assert target.actual is None


def test_units_are_never_mixed(cast, plan):
    target = promise(plan, "召开座谈会4次", "=", 4, "次")

    with pytest.raises(DomainError, match="计数单位"):
        actions.bind_target(target, code="membership.members", by=cast.actor("frank"), today=TODAY)


def test_what_the_system_counts_is_not_typed(cast, plan):
    target = promise(plan, "召开座谈会4次", "=", 4, "次")
    frank = cast.actor("frank")
    actions.set_actual(target, value=Decimal(1), on=date(2026, 3, 1), by=frank)
    actions.bind_target(target, code="activities.forums", by=frank, today=TODAY)

    with pytest.raises(DomainError, match="不用填报"):
        actions.set_actual(target, value=Decimal(2), on=TODAY, by=frank)

    actions.bind_target(target, code="", by=frank, today=TODAY)
    assert (target.actual, target.actual_on) == (Decimal(1), date(2026, 3, 1))


def test_a_month_has_one_reading_and_a_range_is_made_of_them(cast, plan):
    target = promise(plan, "完成商函200万件", "=", 2000000, "件")
    frank = cast.actor("frank")

    for month, value in ((1, 100000), (3, 300000), (6, 900000), (6, 910000)):
        day = date(2026, month, 28)
        actions.set_actual(target, value=Decimal(value), on=day, by=frank, note="邮局报表")

    found = one(target)
    assert [reading.value for reading in found.readings] == [910000, 300000, 100000]
    assert found.standing == "behind"
    assert found.forecast.low < 2000000 < found.forecast.high
    assert "最近一段的日均" in found.forecast.how


def test_range_of_a_counted_figure_has_last_years_rest(cast, plan):
    target = promise(plan, "召开座谈会4次", "=", 4, "次")
    held(cast, "2025-03-01", "2025-09-01", "2025-10-01", "2026-02-03")

    actions.bind_target(target, code="activities.forums", by=cast.actor("frank"), today=TODAY)
    found = one(target)

    assert found.forecast.low == 1  # none in the last ninety days
    assert found.forecast.high == 3  # as many again as came after this day last year
    assert "去年同期以后的实际" in found.forecast.how


def test_promises_of_a_plan_cost_the_same_however_many(cast, plan, django_assert_max_num_queries):
    for n in range(12):
        target = promise(plan, f"召开第{n}次座谈会4次", "=", 4, "次")
        actions.bind_target(target, code="activities.forums", by=cast.actor("frank"), today=TODAY)
    rows = [(t.item, t) for t in Target.objects.select_related("item__plan__org")]

    with django_assert_max_num_queries(18):
        assert len(measured(plan, rows, TODAY)) == 12


def test_officer_confirms_what_is_suggested(cast, plan):
    promise(plan, "召开座谈会4次", "=", 4, "次")
    promise(plan, "完成商函200万件", "=", 2000000, "件")
    client, address = cast.client("frank"), reverse("plans:plan-targets", args=[plan.pk])

    before = client.get(address).content.decode()
    client.post(address)
    after = client.get(address).content.decode()

    assert "有 1 个指标系统里已经有数" in before
    assert "全部确认" not in after
    assert [t.indicator for t in Target.objects.order_by("pk")] == ["activities.forums", ""]


def test_only_who_leads_the_plan_confirms(cast, plan):
    target = promise(plan, "召开座谈会4次", "=", 4, "次")
    said = {"target": target.pk, f"bind{target.pk}-code": "activities.forums"}
    address = reverse("plans:item-bind", args=[target.item_id])

    assert cast.client("grace").post(address, said).status_code == 404
    assert cast.client("dave").post(address, said).status_code == 404
    cast.client("grace").post(reverse("plans:plan-targets", args=[plan.pk]))
    target.refresh_from_db()
    assert target.indicator == ""
    assert cast.client("frank").post(address, said).status_code == 302
    target.refresh_from_db()
    assert target.indicator == "activities.forums"


def test_month_is_written_down_with_its_proof(cast, plan):
    target = promise(plan, "完成商函200万件", "=", 2000000, "件")
    prefix = f"target{target.pk}"
    proof = SimpleUploadedFile("六月报表.pdf", b"%PDF-1.7 sample")
    said = {
        "target": target.pk, f"{prefix}-value": "900000", f"{prefix}-on": "2026-06-30",
        f"{prefix}-note": "邮局报表", f"{prefix}-files": proof,
    }  # fmt: skip
    client = cast.client("frank")

    client.post(reverse("plans:item-actual", args=[target.item_id]), said)
    page = client.get(reverse("plans:item-detail", args=[target.item_id])).content.decode()

    reading = Reading.objects.get()
    assert (reading.month, reading.by) == (date(2026, 6, 1), cast.frank)
    assert "六月报表.pdf" in page
    assert "邮局报表" in page
