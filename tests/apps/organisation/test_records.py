"""A union's record and headcounts, its versions, and lists as of an earlier day."""

from __future__ import annotations

import io
from datetime import date, timedelta
from importlib import import_module

import openpyxl
import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from gonghui.apps.organisation.actions import bodies, records
from gonghui.apps.organisation.actions.closing import close_org
from gonghui.apps.organisation.forms import bodies as forms
from gonghui.core.history.trail import history_of
from gonghui.core.orgs.models import Headcount, Kind, Org, OrgVersion, UnionRecord
from gonghui.core.orgs.tree import wrong_paths
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError
from gonghui.kit.identity import code_check
from tests.factories.organisation import (
    OrgFactory,
    PersonFactory,
    PostFactory,
    UnionRecordFactory,
)

GRASSROOTS = "81350100M000100Y4"
EMPLOYER = "91350100M000100Y43"
ACCOUNT = "6222020200012345678"


def code(first: str) -> str:
    return first + code_check(first)


def text(response) -> str:
    return response.content.decode()


def at(cast, name: str) -> str:
    return f"/organisation/org/{cast.company.pk}/{name}/"


def test_a_record_is_filed_and_shown(cast):
    said = {
        "code": code(GRASSROOTS).lower(), "employer": "安澜机械公司", "employer_code": EMPLOYER,
        "division": "350100", "industry": "C", "legal_person": "true", "account_number": ACCOUNT,
    }  # fmt: skip

    done = cast.client("frank").post(at(cast, "record"), said)

    assert done.status_code == 302
    kept = UnionRecord.objects.get()
    assert (kept.code, kept.industry, kept.legal_person) == (code(GRASSROOTS), "C", True)
    entry = history_of(cast.company)[0]
    assert entry.verb == "file"
    assert entry.changes["account_number"] == "已更新"
    assert ACCOUNT not in str(entry.changes)
    page = text(cast.client("frank").get(f"/organisation/org/{cast.company.pk}/"))
    assert "制造业" in page
    assert "**** 5678" in page
    assert ACCOUNT not in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("code", GRASSROOTS + "0", "校验码"),
        ("code", EMPLOYER, "以 81 开头"),
        ("employer_code", EMPLOYER[:-1] + "4", "校验码"),
        ("division", "3501", "六位数字"),
    ],
)
def test_wrong_codes_say_what_is_wrong(cast, field, value, words):
    page = cast.client("frank").post(at(cast, "record"), {field: value})

    assert (page.status_code, words in text(page)) == (422, True)
    assert not UnionRecord.objects.exists()


def test_an_upper_unions_code_begins_with_89(cast):
    url = f"/organisation/org/{cast.city.pk}/record/"

    assert "以 89 开头" in text(cast.client("carol").post(url, {"code": code(GRASSROOTS)}))
    assert cast.client("carol").post(url, {"code": code("89350100M000100Y4")}).status_code == 302


def test_the_account_is_only_for_those_who_may(cast):
    records.keep_record(cast.company, by=cast.actor("frank"), account_number=ACCOUNT, bank="工行")
    frank = cast.client("frank")

    seen = text(cast.client("grace").get(f"/organisation/org/{cast.company.pk}/"))
    assert "工行" not in seen
    assert "**** 5678" not in seen
    assert "**** 5678" in text(frank.get(f"/organisation/org/{cast.company.pk}/"))
    role = cast.frank.grants.get().role
    role.capabilities = [one for one in role.capabilities if one != "organisation.account"]
    role.save()
    assert frank.post(at(cast, "record"), {"employer": "新名"}).status_code == 302
    kept = UnionRecord.objects.get()
    assert (kept.employer, kept.account_number, kept.bank) == ("新名", ACCOUNT, "工行")


def test_headcounts_by_day_with_the_unknown_left_blank(cast):
    frank = cast.client("frank")

    assert (
        frank.post(
            at(cast, "headcount"), {"day": "2026-01-01", "workers": 120, "women": 40}
        ).status_code
        == 302
    )
    assert "农民工 待填" in text(frank.get(f"/organisation/org/{cast.company.pk}/"))
    wrong = frank.post(at(cast, "headcount"), {"day": "2026-02-01", "workers": 10, "women": 11})
    assert (wrong.status_code, Headcount.objects.count()) == (422, 1)
    records.keep_headcount(cast.company, day=date(2026, 1, 1), workers=125, by=cast.actor("frank"))
    assert Headcount.objects.get().workers == 125
    assert history_of(cast.company)[0].changes["workers"] == [120, 125]
    with pytest.raises(DomainError, match="其中数不能大于"):
        records.keep_headcount(
            cast.company, day=date(2026, 1, 2), workers=1, women=2, by=cast.actor("frank")
        )


def test_a_team_files_no_record(cast):
    team = OrgFactory(parent=cast.branch, kind=Kind.TEAM)

    assert cast.client("frank").get(f"/organisation/org/{team.pk}/record/").status_code == 404
    assert "工会登记" not in text(cast.client("frank").get(f"/organisation/org/{team.pk}/"))


def test_a_new_name_leaves_the_old_one_in_the_versions(cast):
    OrgVersion.objects.filter(org=cast.branch).update(since=date(2020, 1, 1))

    bodies.rename_org(
        cast.branch, name="铸造分会", by=cast.actor("frank"), reason="安机〔2026〕1号"
    )

    names = [(v.name, v.until is None) for v in OrgVersion.objects.filter(org=cast.branch)]
    assert names == [("一分会", False), ("铸造分会", True)]
    assert history_of(cast.branch)[0].changes == {
        "name": ["一分会", "铸造分会"],
        "reason": "安机〔2026〕1号",
    }
    page = text(cast.client("frank").get(f"/organisation/org/{cast.branch.pk}/"))
    assert "沿革" in page
    with pytest.raises(DomainError, match="名称没有改变"):
        bodies.rename_org(cast.branch, name="铸造分会", by=cast.actor("frank"))


def test_the_list_answers_for_an_earlier_day(cast):
    """As it was called and where it stood: a branch that moved is listed below its old union."""
    OrgVersion.objects.filter(org=cast.branch).update(since=date(2020, 1, 1))
    bodies.rename_org(cast.branch, name="铸造分会", by=cast.actor("frank"))
    bodies.move_org(cast.branch, cast.other_company, by=cast.actor("erin"))

    asked = f"?on=2025-06-30&org={cast.company.pk}"
    page = cast.client("erin").get(f"/organisation/orgversion/{asked}")

    shown = {row.record.name for row in page.context["table"].page}
    assert shown == {"安澜机械公司工会", "一分会", "二分会"}
    assert "这里是 2025 年 6 月 30 日 的情况，不是今天的" in text(page)
    door = cast.client("erin").get(f"/organisation/org/{asked}")
    assert door.url == f"/organisation/orgversion/{asked}"
    assert "现称铸造分会" in text(page)
    today = cast.client("erin").get(f"/organisation/org/?org={cast.company.pk}&on=nonsense")
    assert "铸造分会" not in {row.record.name for row in today.context["table"].page}


def test_an_earlier_day_shows_no_more_than_today(cast):
    page = cast.client("dave").get(f"/organisation/orgversion/?on=2025-06-30&org={cast.company.pk}")

    assert "安澜机械" not in text(page)


def test_bodies_of_a_day_stand_below_the_name_of_that_day(cast):
    """On the screen and in the sheet, and narrowed by what they were called and were."""
    OrgVersion.objects.update(since=date(2020, 1, 1))
    bodies.rename_org(cast.company, name="安澜重工工会", by=cast.actor("erin"))
    url = f"/organisation/orgversion/?on=2025-06-30&org={cast.company.pk}"

    rows = cast.client("erin").get(f"{url}&kind=branch&q=二").context["table"].page

    assert [(one.record.name, one.record.above) for one in rows] == [("二分会", "安澜机械公司工会")]
    sheet = openpyxl.load_workbook(
        io.BytesIO(cast.client("erin").get(f"{url}&export=xlsx").content)
    ).active
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"安澜机械公司工会", "现称安澜重工工会", "一分会", "二分会"} <= cells


@pytest.fixture
def parted(cast):
    cast.team = OrgFactory(name="甲班", kind=Kind.TEAM, parent=cast.branch)
    cast.worker = PersonFactory(name="钱进", org=cast.team)
    cast.direct = PersonFactory(name="孙直", org=cast.branch)
    cast.post = PostFactory(person=cast.bob, title="分会主席")
    return cast


def test_a_split_is_shown_and_only_then_made(parted):
    url = f"/organisation/org/{parted.branch.pk}/split/"
    said = {"name": "三分会", "children": [parted.team.pk], "people": [parted.direct.pk]}

    shown = parted.client("frank").post(url, said)

    counts = {label: number for label, number, *_ in shown.context["preview"]["counts"]}
    assert (counts["下级组织"], counts["人员"]) == (1, 2)
    assert not Org.objects.filter(name="三分会").exists()
    hidden = shown.context["preview"]["hidden"]
    assert ("children", str(parted.team.pk)) in hidden
    parted.client("frank").post(url, said | {"confirmed": "1"})
    new = Org.objects.get(name="三分会")
    assert (new.parent, new.kind) == (parted.company, Kind.BRANCH)
    assert set(Person.objects.filter(org=new)) == {parted.direct}
    assert set(new.children.all()) == {parted.team}
    assert wrong_paths() == []
    assert history_of(parted.branch)[0].verb == "split"
    parted.post.refresh_from_db()
    assert (parted.post.org, parted.post.until) == (parted.branch, None)


def test_a_long_list_of_a_split_says_that_it_is_cut(parted, monkeypatch):
    url = f"/organisation/org/{parted.branch.pk}/split/"
    assert "只列出前" not in parted.client("frank").get(url).content.decode()

    monkeypatch.setattr(forms, "MOST_SPLIT", 1)

    assert "人多，只列出前 300 人" in parted.client("frank").get(url).content.decode()


def test_a_split_takes_something(parted):
    with pytest.raises(DomainError, match="请勾选"):
        bodies.split_org(parted.branch, name="空分会", by=parted.actor("frank"))
    with pytest.raises(DomainError, match="最高一级"):
        bodies.split_org(
            parted.province, name="二省", by=parted.actor("erin"), children=[parted.city.pk]
        )


def test_the_preview_names_what_is_led_a_second_time(cast):
    bodies.set_second_parent(cast.company, cast.other_city, by=cast.actor("erin"))

    page = cast.client("erin").post(
        f"/organisation/org/{cast.other_city.pk}/rename/", {"name": "临江市工会"}
    )

    assert "第二领导：安澜机械公司工会" in text(page)
    assert page.context["preview"]["to"] == "临江市工会"
    counts = {label: (number, url) for label, number, _, url in page.context["preview"]["counts"]}
    people, door = counts["人员"]
    assert cast.client("erin").get(door).context["table"].page.paginator.count == people == 1


def test_closed_today_is_still_there_as_of_yesterday(cast):
    gone = OrgFactory(name="旧班", kind=Kind.TEAM, parent=cast.branch, since=date(2020, 1, 1))
    close_org(gone, by=cast.actor("frank"))

    assert OrgVersion.objects.on(timezone.localdate()).filter(org=gone).exists()
    assert OrgVersion.objects.on(date(2025, 6, 30)).filter(org=gone).exists()


def test_a_branch_that_filed_nothing_is_not_asked_for_fifteen_things(cast):
    url = f"/organisation/org/{cast.branch.pk}/"

    officer = cast.client("frank").get(url).content.decode()
    reader = cast.client("grace").get(url).content.decode()

    assert "一般不单独登记" in officer
    assert "工会登记" not in reader
    UnionRecordFactory(org=cast.branch, employer="一分厂")
    assert "一分厂" in cast.client("grace").get(url).content.decode()


def versions_on(cast, day: date, **asked):
    said = {"on": day.isoformat(), "org": cast.company.pk, **asked}
    page = cast.client("erin").get("/organisation/orgversion/", said)
    return {row.record.name: row.record for row in page.context["table"].page}


def test_second_parent_is_asked_as_of_a_day(cast):
    OrgVersion.objects.update(since=date(2020, 1, 1))
    trade = OrgFactory(name="机械工会", kind=Kind.INDUSTRY, parent=cast.province)
    erin = cast.actor("erin")
    with time_machine.travel("2025-03-01 09:00:00+08:00", tick=False):
        bodies.set_second_parent(cast.company, trade, by=erin)
    with time_machine.travel("2025-09-01 09:00:00+08:00", tick=False):
        bodies.set_second_parent(cast.company, None, by=erin)

    def second(day):
        return versions_on(cast, day)["安澜机械公司工会"].second_parent

    assert second(date(2025, 2, 28)) is None
    assert second(date(2025, 3, 1)) == trade
    assert second(date(2025, 8, 31)) == trade
    assert second(date(2025, 9, 1)) is None
    page = text(cast.client("erin").get(f"/organisation/org/{cast.company.pk}/"))
    assert "第二上级「机械工会」" in page


def test_a_closed_second_parent_leads_nobody_from_that_day(cast):
    OrgVersion.objects.update(since=date(2020, 1, 1))
    trade = OrgFactory(name="机械工会", kind=Kind.INDUSTRY, parent=cast.province)
    erin = cast.actor("erin")
    with time_machine.travel("2025-03-01 09:00:00+08:00", tick=False):
        bodies.set_second_parent(cast.company, trade, by=erin)
    with time_machine.travel("2025-09-01 09:00:00+08:00", tick=False):
        close_org(trade, by=erin)

    running = cast.company.versions.get(until=None)
    assert (running.since, running.second_parent) == (date(2025, 9, 1), None)


def test_codes_are_asked_as_of_a_day_and_found_by(cast):
    OrgVersion.objects.update(since=date(2020, 1, 1))
    old, new = code(GRASSROOTS), code("81350100M000200Y4")
    carol = cast.actor("carol")
    for day, one in (("2025-03-01", old), ("2025-09-01", new)):
        with time_machine.travel(f"{day} 09:00:00+08:00", tick=False):
            records.keep_record(cast.company, by=carol, code=one, employer_code=EMPLOYER)
    count = cast.company.versions.count()
    records.keep_record(cast.company, by=carol, address="安澜路 1 号")

    def coded(day):
        found = versions_on(cast, day)["安澜机械公司工会"]
        return found.code, found.employer_code

    assert coded(date(2025, 2, 28)) == ("", "")
    assert coded(date(2025, 8, 31)) == (old, EMPLOYER)
    assert coded(date(2025, 9, 1)) == (new, EMPLOYER)
    assert set(versions_on(cast, date(2025, 8, 31), q=old.lower())) == {"安澜机械公司工会"}
    assert versions_on(cast, date(2025, 8, 31), q=new) == {}
    assert cast.company.versions.count() == count  # another column is no new version


def test_a_body_founded_with_a_second_parent_has_it_from_its_first_day(cast):
    trade = OrgFactory(name="机械工会", kind=Kind.INDUSTRY, parent=cast.province)

    union = bodies.add_org(
        cast.city,
        name="新厂工会",
        kind=Kind.GRASSROOTS,
        since=date(2021, 5, 1),
        second_parent=trade,
        by=cast.actor("erin"),
    )

    version = union.versions.get()
    assert (version.since, version.second_parent) == (date(2021, 5, 1), trade)


def test_versions_begin_to_say_what_was_on_record_when_they_came(cast):
    """Since when is not known, so earlier days stay silent."""
    OrgVersion.objects.update(since=date(2020, 1, 1))
    UnionRecordFactory(org=cast.company, code=code(GRASSROOTS))
    migration = import_module("gonghui.core.orgs.migrations.0006_versions_say_them")

    migration.write_versions(apps, None)

    today = timezone.localdate()
    first, second = cast.company.versions.order_by("since")
    assert (first.code, first.until) == ("", today - timedelta(days=1))
    assert (second.code, second.since, second.until) == (code(GRASSROOTS), today, None)
    assert (second.name, second.path) == (first.name, first.path)
    assert cast.branch.versions.count() == 1
