"""The pages of figures: who may open them, what they show, where their numbers lead."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from gonghui.core.access.models import Role
from gonghui.core.history.models import Entry
from gonghui.core.indicators.models import Closing, Kept
from gonghui.core.indicators.registry import all_parts, areas, indicators
from gonghui.core.jobs.models import Job
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import GrantFactory

PAGE = reverse("indicators:page")
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("_in_november")]


@pytest.fixture
def _in_november():
    with time_machine.travel("2026-11-20T10:00:00+08:00"):
        yield


def one(code: str) -> str:
    return reverse("indicators:one", args=[code])


def records(code: str) -> str:
    return reverse("indicators:records", args=[code])


def hold(org, said: str, **facts):
    start = timezone.make_aware(datetime.fromisoformat(said))
    facts = {"state": "held", **facts}
    return ActivityFactory(org=org, starts_at=start, ends_at=start + timedelta(hours=2), **facts)


@pytest.mark.parametrize(
    "url", [PAGE, one("membership.members"), records("membership.members"),
            reverse("indicators:closings"), reverse("indicators:close")]
)  # fmt: skip
def test_pages_are_for_who_may_look_at_figures(cast, client, url):
    assert client.get(url).status_code == 302
    assert cast.client("frank").get(url).status_code == 200
    assert cast.client("alice").get(url).status_code == 404
    assert cast.client("mallory").get(url).status_code == 404


def test_nobody_looks_where_they_may_not_stand(cast):
    found = cast.client("frank").get(PAGE, {"org": cast.other_company.pk})

    assert found.context["org"] == cast.company


def test_who_only_reads_closes_nothing(cast):
    assert cast.client("grace").get(reverse("indicators:closings")).status_code == 200
    assert cast.client("grace").get(reverse("indicators:close")).status_code == 404


@pytest.mark.parametrize("area", [code for code, _ in areas.items()])
@pytest.mark.parametrize("view", ["", "units"])
def test_every_area_is_shown_in_few_queries(cast, area, view, django_assert_max_num_queries):
    hold(cast.branch, "2026-03-08")
    client = cast.client("carol")
    client.get(PAGE)

    counted = {part.source for part in all_parts(one for one in indicators if one.area == area)}
    # The body and those below it, this year and last: no more however many units there are.
    with django_assert_max_num_queries(40 + 7 * len(counted)):
        page = client.get(PAGE, {"area": area, "view": view, "org": cast.city.pk})

    shown = [one.title for one in indicators if one.area == area]
    assert all(title in page.content.decode() for title in shown)


def test_units_stand_in_the_order_of_the_tree_until_one_asks(cast):
    for org, times in ((cast.branch, 1), (cast.second_branch, 3)):
        for _ in range(times):
            hold(org, "2026-03-08")
    client = cast.client("frank")
    said = {"area": "activities", "view": "units"}

    plain = client.get(PAGE, said).context["rows"]
    sorted_ = client.get(PAGE, said | {"sort": "-activities.held"}).context["rows"]

    assert [row["name"] for row in plain] == ["一分会", "二分会", "本级直属"]
    assert [row["name"] for row in sorted_] == ["二分会", "一分会", "本级直属"]
    feet = client.get(PAGE, said).context["feet"]
    held = [o.code for o in indicators if o.area == "activities"].index("activities.held")
    assert [(word, values[held][0]) for word, values in feet] == [
        ("最高", "3"), ("中位数", "2"), ("最低", "1"),
    ]  # fmt: skip


def test_the_spread_opens_to_the_units_it_lies_between(cast):
    for org, times in ((cast.branch, 1), (cast.second_branch, 3)):
        for _ in range(times):
            hold(org, "2026-03-08")
    client = cast.client("frank")

    page = client.get(one("activities.held"))
    low, middle, high = page.context["spread"]
    rising, falling = (client.get(url).context["rows"] for _, url in (low, high))

    assert [word for word, _ in (low, middle, high)] == ["1", "2", "3"]
    assert [row["name"] for row in rising] == ["一分会", "二分会", "本级直属"]
    assert [row["name"] for row in falling] == ["二分会", "一分会", "本级直属"]
    listed = client.get(PAGE, {"area": "activities"}).context["rows"]
    assert next(row for row in listed if row["one"].code == "activities.held")["spread"] == [
        low, middle, high,
    ]  # fmt: skip


def test_both_parts_of_a_ratio_open_to_their_records(cast):
    hold(cast.branch, "2026-03-08")
    hold(cast.branch, "2026-04-08", state="postponed")
    client = cast.client("frank")

    page = client.get(one("activities.held_share"))
    march = next(told for month, told in page.context["points"] if month.start.month == 3)
    listed = client.get(PAGE, {"area": "activities"}).context["rows"]
    share = next(row["figure"] for row in listed if row["one"].code == "activities.held_share")

    assert march.parts_words == "1 ÷ 1"
    assert share.parts_words == "1 ÷ 2"
    counts = [client.get(url).context["page"].paginator.count for _, url in share.parts]
    assert counts == [1, 2]
    assert client.get(march.parts[1][1]).context["page"].paginator.count == 1


def test_a_bodys_own_part_opens_to_its_own_records(cast):
    hold(cast.company, "2026-03-08", title="公司年会")
    hold(cast.branch, "2026-03-08", title="春季长跑")
    client = cast.client("frank")

    own = client.get(one("activities.held")).context["own"]
    page = client.get(own.url)
    rows = client.get(PAGE, {"area": "activities", "view": "units"}).context["rows"]
    held = next(cell for cell in rows[-1]["cells"] if cell.url == own.url)

    assert (own.words, page.context["page"].paginator.count) == ("1", 1)
    assert "公司年会" in page.content.decode()
    assert "春季长跑" not in page.content.decode()
    assert "本级直属" in page.content.decode()
    assert held.words == "1"
    done = client.post(f"{page.context['export']}")
    job = Job.objects.get(kind="indicators.records")
    assert (done.status_code, job.arguments["own"]) == (302, "1")
    assert "共 1 条" in str(job.result)


def test_one_indicator_opens_to_its_records(cast):
    activity = hold(cast.branch, "2026-03-08", title="春季长跑")
    hold(cast.branch, "2025-03-08")
    client = cast.client("frank")

    page = client.get(one("activities.held"))
    door = page.context["figure"].url
    behind = client.get(door)

    assert (page.context["figure"].words, page.context["change"]) == ("1", "持平")
    assert behind.context["page"].paginator.count == 1
    assert "春季长跑" in behind.content.decode()
    assert reverse("activities:activity-detail", args=[activity.pk]) in behind.content.decode()


def test_what_is_not_known_is_said_and_leads_nowhere(cast):
    page = cast.client("frank").get(one("activities.held"))

    assert page.context["figure"].words == "暂无"
    assert page.context["figure"].url == ""
    assert page.context["chart"] is None


def test_a_slice_opens_to_its_own_records(cast):
    hold(cast.branch, "2026-03-08", kind="sport")
    hold(cast.branch, "2026-04-08", kind="lecture")
    client = cast.client("frank")
    (kind, *_) = client.get(one("activities.held")).context["splits"]

    page = client.get(kind["rows"][-1]["figure"].url)

    assert [row["word"] for row in kind["rows"]] == ["讲座", "体育活动"]
    assert page.context["slice"] == "类别：体育活动"
    assert page.context["page"].paginator.count == 1


def test_records_one_may_not_see_are_counted_and_not_shown(cast):
    role = Role.objects.create(name="看数的人", capabilities=["indicators.view"])
    GrantFactory(person=cast.alice, role=role, org=cast.company)

    page = cast.client("alice").get(records("membership.members"), {"org": cast.company.pk})

    assert page.context["figure"].words == "4"
    assert [line.cells[0][1] for line in page.context["lines"]] == ["艾丽"]
    assert page.context["hidden"] == 3
    assert "鲍博" not in page.content.decode()


@pytest.mark.parametrize("said", ["2026H1", "2026Q3", "2026-05", "S2026", "nonsense"])
def test_periods_are_asked_by_name(cast, said):
    page = cast.client("frank").get(PAGE, {"period": said})

    words = {"2026H1": "2026 年上半年", "2026Q3": "2026 年第三季度", "2026-05": "2026 年 5 月",
             "S2026": "2026 统计年度", "nonsense": "2026 年"}  # fmt: skip
    assert page.context["period_words"] == words[said]


def test_own_days_are_put_in_order(cast):
    said = {"period": "own", "since": "2026-05-20", "until": "2026-05-01"}

    page = cast.client("frank").get(PAGE, said)

    assert page.context["period_words"] == "2026-05-01 至 2026-05-20"


def test_the_table_of_units_is_written_as_a_sheet(cast):
    hold(cast.branch, "2026-03-08")

    page = cast.client("frank").get(PAGE, {"area": "activities", "export": "xlsx"})
    rows = list(load_workbook(BytesIO(page.content)).active.iter_rows(values_only=True))

    heads = next(row for row in rows if row[0] == "单位")
    line = next(row for row in rows if row[0] == "一分会")
    assert line[heads.index("举办的活动（次）")] == 1
    assert next(row for row in rows if row[0] == "二分会")[1:] == (None,) * (len(heads) - 1)


def test_peoples_records_are_written_for_a_purpose_alone(cast):
    client, url = cast.client("frank"), records("membership.members") + "?export=xlsx"

    asked = client.get(url)
    refused = client.post(url, {"purpose": ""})
    done = client.post(url, {"purpose": "核对会员人数"})

    assert (asked.status_code, refused.status_code, done.status_code) == (200, 422, 302)
    job = Job.objects.get(kind="indicators.records")
    assert job.stage == "done"
    assert job.arguments["purpose"] == "核对会员人数"
    entry = Entry.objects.get(verb="export_records")
    assert entry.changes["count"] == 4


@pytest.mark.slow
def test_a_closed_period_keeps_its_figures_and_shows_later_corrections(cast):
    hold(cast.branch, "2025-03-08")
    client = cast.client("frank")
    said = {"since": "2025-01-01", "until": "2025-12-31", "standard": "年报", "note": ""}

    made = client.post(reverse("indicators:close"), said)
    closing = Closing.objects.get()
    hold(cast.branch, "2025-04-08")
    page = client.get(reverse("indicators:closing", args=[closing.pk]))
    again = client.post(reverse("indicators:close"), said)

    assert made.status_code == 302
    lines = {line.one.code: line for _, rows in page.context["areas"] for line, _ in rows}
    held = lines["activities.held"]
    assert (held.then.value, held.now.value, held.has_changed) == (1, 2, True)
    assert held.difference == "+1 次"
    assert "+1 次" in page.content.decode()
    assert not lines["membership.members"].has_changed
    assert Kept.objects.get(org=cast.branch, indicator="activities.held").value == 1
    assert (again.status_code, Closing.objects.count()) == (422, 1)
    told = client.get(one("activities.held")).context["kept"]
    assert [(line.then_words, line.now_words) for line in told] == [("1", "2")]


def test_a_period_that_still_runs_is_not_closed(cast):
    said = {"since": "2026-01-01", "until": "2026-12-31"}

    refused = cast.client("frank").post(reverse("indicators:close"), said)

    assert refused.status_code == 422
    assert not Closing.objects.exists()


def test_records_of_a_slice_one_may_not_see_are_counted_too(cast):
    role = Role.objects.create(name="看数的人", capabilities=["indicators.view"])
    GrantFactory(person=cast.alice, role=role, org=cast.company)
    said = {"org": cast.company.pk, "split": "sex", "value": cast.alice.sex}

    page = cast.client("alice").get(records("membership.members"), said)

    everybody = cast.client("frank").get(records("membership.members"), said)
    count = everybody.context["page"].paginator.count
    assert everybody.context["hidden"] == 0
    assert page.context["page"].paginator.count == 1
    assert (page.context["hidden"], count > 1) == (count - 1, True)
