"""Volunteers: a partner's need becomes an activity with shifts, and served hours are counted."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gonghui.apps.volunteering.actions import Turn, add_shift, drop_shift, plan_for
from gonghui.apps.volunteering.models import Need, Partner, Shift
from gonghui.apps.volunteering.queries import years_of
from gonghui.core.access.actor import SYSTEM
from gonghui.core.activities.actions.activities import clone_activity
from gonghui.core.activities.models import Activity, Booking, Session
from gonghui.core.agenda.plugs import people_twice
from gonghui.core.attendance.queries.roll import roll_of, tally_of
from gonghui.core.records.queries.shares import shares_of
from gonghui.core.signing.actions.places import set_places
from gonghui.core.signing.actions.signing import Signing, sign_up
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError
from tests.factories.activities import (
    ActivityFactory,
    BookingFactory,
    ResourceFactory,
    SessionFactory,
)
from tests.factories.attendance import AttendanceFactory
from tests.factories.credits import CreditFactory
from tests.factories.feeds import FeedFactory
from tests.factories.organisation import PersonFactory
from tests.factories.signing import ChoiceFactory, RegistrationFactory
from tests.factories.volunteering import NeedFactory, PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(cast) -> Activity:
    return ActivityFactory(org=cast.company, kind="volunteer", state="open", title="义务家教")


def turn(title: str = "周六下午", places: int = 1) -> Turn:
    start = (timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)
    return Turn(title, start, start + timedelta(hours=3), places)


def said(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def test_need_is_kept_and_becomes_an_activity(cast):
    partner = PartnerFactory(org=cast.company, name="柳岸社区", address="柳岸路 1 号")
    frank = cast.client("frank")
    data = {
        "org": f"#{cast.company.pk}", "partner": f"#{partner.pk}", "title": "看望孤寡老人",
        "words": "打扫、聊天", "count": 6, "unit": "位老人", "agreed_on": "2026-11-02",
        "agreed_with": "社区主任", "volunteers": 12, "since": "2026-11-14",
    }  # fmt: skip

    assert frank.post(reverse("volunteering:need-create"), data).status_code == 302
    need = Need.objects.get()
    frank.post(reverse("volunteering:need-plan", args=[need.pk]))

    made = Activity.objects.get()
    assert (made.kind, made.place, made.outside_partners, made.state) == (
        "volunteer", "柳岸路 1 号", "柳岸社区", "draft",
    )  # fmt: skip
    assert "商定：6 位老人" in made.purpose
    assert made.capacity == 12
    page = frank.get(reverse("volunteering:need-detail", args=[need.pk])).content.decode()
    assert page.count("看望孤寡老人") >= 2
    assert "2026-11-14" in page
    page = frank.get(reverse("activities:activity-detail", args=[made.pk])).content.decode()
    assert "商定 6 位老人" in page


def test_number_that_was_not_agreed_is_not_a_nought(cast):
    need = NeedFactory(org=cast.company, title="义务卖报")

    assert need.agreed == ""
    assert plan_for(need, by=cast.actor("frank")).purpose == ""
    page = cast.client("frank").get(reverse("volunteering:partner-detail", args=[need.partner.pk]))
    assert "数量还没有商定" in page.content.decode()


def test_person_is_busy_at_the_shifts_they_chose_and_at_no_others(cast, service):
    """Of a morning and an evening, whoever serves in the evening is free in the morning."""
    frank = cast.actor("frank")
    set_places(service, None, by=frank, items_allowed=2)
    morning = add_shift(service, turn("上午"), by=frank)
    begin = morning.session.ends_at + timedelta(hours=1)
    evening = add_shift(service, Turn("晚上", begin, begin + timedelta(hours=2), 5), by=frank)
    other = ActivityFactory(org=cast.company, kind="volunteer", state="open", title="义务理发")
    early = add_shift(other, turn("早班", 5), by=frank)
    late = add_shift(other, Turn("晚班", begin, begin + timedelta(hours=2), 5), by=frank)
    sign_up(
        service,
        [
            Signing(cast.alice, quotas=(evening.quota,)),
            Signing(cast.bob, quotas=(morning.quota,)),
            Signing(cast.grace, quotas=(evening.quota,)),
        ],
        by=frank,
    )
    chosen = [(cast.alice, early), (cast.bob, early), (cast.grace, late)]
    for person, shift in chosen[:1]:
        sign_up(other, [Signing(person, quotas=(shift.quota,))], by=frank)

    assert list(people_twice(service, frank)) == []
    for person, shift in chosen[1:]:
        sign_up(other, [Signing(person, quotas=(shift.quota,))], by=frank)

    said = "已报名的人里，有 2 人同一时间还报了「{}」。"
    assert list(people_twice(service, frank)) == [said.format("义务理发")]
    assert list(people_twice(other, frank)) == [said.format("义务家教")]


@pytest.mark.parametrize("who", ["alice", "grace", "dave", "mallory"])
def test_nobody_else_plans_for_a_need(cast, who):
    need = NeedFactory(org=cast.company)

    answer = cast.client(who).post(reverse("volunteering:need-plan", args=[need.pk]))

    assert answer.status_code == 404
    assert not Activity.objects.exists()


def test_shift_is_a_session_with_places_of_its_own(cast, service):
    before = SessionFactory(activity=service, starts_at=timezone.now() + timedelta(days=2))
    BookingFactory(session=before, resource=ResourceFactory(org=cast.company))
    wanted = turn()

    shift = add_shift(service, wanted, by=cast.actor("frank"))
    made = sign_up(
        service,
        [Signing(cast.alice, quotas=(shift.quota,)), Signing(cast.bob, quotas=(shift.quota,))],
        by=cast.actor("frank"),
    )

    assert service.sessions.count() == 2
    assert Booking.objects.count() == 1  # what was there keeps its room
    assert (shift.session.starts_at, shift.quota.capacity) == (wanted.starts_at, 1)
    assert [one.status for one in made] == ["signed", "waiting"]
    with pytest.raises(DomainError, match="已有人报名"):
        drop_shift(shift, by=cast.actor("frank"))
    with pytest.raises(DomainError, match="已有叫"):
        add_shift(service, turn(), by=cast.actor("frank"))


def test_shifts_come_along_when_it_is_held_again(cast, service):
    """With their places, and without those who had chosen them."""
    frank = cast.actor("frank")
    for name in ("下午", "上午"):
        shift = add_shift(service, turn(name, 4), by=frank)
    sign_up(service, [Signing(cast.alice, quotas=(shift.quota,))], by=frank)
    day = timezone.localdate() + timedelta(days=365)

    again = clone_activity(service, day, by=frank)

    found = Shift.objects.filter(session__activity=again).select_related("session", "quota")
    assert {(one.session.title, one.quota.name) for one in found} == {
        ("下午", "下午"), ("上午", "上午"),
    }  # fmt: skip
    assert {(one.quota.activity, one.quota.capacity, one.quota.seats_taken) for one in found} == {
        (again, 4, 0)
    }
    add_shift(again, turn("晚上"), by=frank)
    with pytest.raises(DomainError, match="已有叫"):
        add_shift(again, turn("上午"), by=frank)


def test_volunteer_is_asked_for_a_shift_by_its_name(cast, service):
    add_shift(service, turn("周六下午", 3), by=cast.actor("frank"))

    page = cast.client("alice").get(reverse("signing:portal-activity", args=[service.pk]))

    form = page.context["form"]
    assert form.fields["items"].label == "班次"
    assert [label for _, label in form.fields["items"].choices] == [
        "哪一班都行", "周六下午（还有 3 个名额）",
    ]  # fmt: skip


def test_shift_nobody_chose_goes_with_its_time(cast, service):
    shift = add_shift(service, turn(), by=cast.actor("frank"))

    drop_shift(shift, by=cast.actor("frank"))

    assert (service.sessions.count(), service.quotas.count(), Shift.objects.count()) == (0, 0, 0)


def test_shifts_are_arranged_on_a_page(cast, service):
    frank, wanted = cast.client("frank"), turn("周日上午 引路", 8)
    url = reverse("volunteering:shifts", args=[service.pk])
    data = {
        "title": wanted.title, "starts_at": said(wanted.starts_at),
        "ends_at": said(wanted.ends_at), "places": 8,
    }  # fmt: skip

    assert frank.post(url, data | {"ends_at": data["starts_at"]}).status_code == 422
    assert frank.post(url, data).status_code == 302
    assert frank.post(url, data).status_code == 422
    assert "已报 0 / 8 人" in frank.get(url).content.decode()
    shift = Shift.objects.get()
    drop = reverse("volunteering:shift-drop", args=[shift.pk])
    for who in ("alice", "dave", "mallory"):
        assert cast.client(who).get(url).status_code == 404
        assert cast.client(who).post(drop).status_code == 404
    place = RegistrationFactory(activity=service, person=cast.alice)
    ChoiceFactory(registration=place, quota=shift.quota)
    assert "已有人报名" in frank.post(drop, follow=True).content.decode()
    service.registrations.all().delete()
    frank.post(drop)
    assert not Shift.objects.exists()


def test_only_volunteers_activities_have_shifts(cast):
    match = ActivityFactory(org=cast.company, kind="sport")
    frank = cast.client("frank")

    assert frank.get(reverse("volunteering:shifts", args=[match.pk])).status_code == 404
    page = frank.get(reverse("activities:activity-detail", args=[match.pk])).content.decode()
    assert "排班次" not in page


def test_volunteer_sees_own_hours_by_year_and_nobody_elses(cast):
    for year, amount in ((2025, "2"), (2026, "3.5"), (2026, "1")):
        CreditFactory(
            org=cast.company, person=cast.alice, kind="service", role="helped", unit="hour",
            amount=Decimal(amount), on=date(year, 3, 5), words=f"服务{amount}",
        )  # fmt: skip
    CreditFactory(org=cast.company, person=cast.alice, kind="learning", words="听课")
    CreditFactory(org=cast.company, person=cast.bob, kind="service", words="别人的")

    page = cast.client("alice").get(reverse("volunteering:hours")).content.decode()

    assert [(one.year, one.times, one.words) for one in years_of(cast.alice)] == [
        (2026, 2, "4.5 小时"), (2025, 1, "2 小时"),
    ]  # fmt: skip
    assert "服务3.5" in page
    assert "听课" not in page
    assert "别人的" not in page


def test_officer_sees_who_served_most_first(cast):
    for person, amount in ((cast.alice, 2), (cast.bob, 5), (cast.alice, 1)):
        CreditFactory(org=cast.company, person=person, kind="service", amount=amount)
    url = reverse("volunteering:roll")

    page = cast.client("frank").get(url)

    assert [(one["person_id"], one["times"]) for one in page.context["page"]] == [
        (cast.bob.pk, 1), (cast.alice.pk, 2),
    ]  # fmt: skip
    assert cast.client("alice").get(url).status_code == 404
    assert cast.client("grace").get(url).status_code == 404


def test_partner_is_kept_once_a_body(cast):
    frank = cast.client("frank")
    data = {
        "org": f"#{cast.company.pk}",
        "name": "柳岸社区",
        "sort": "community",
        "is_current": "on",
    }

    assert frank.post(reverse("volunteering:partner-create"), data).status_code == 302
    assert frank.post(reverse("volunteering:partner-create"), data).status_code == 422
    assert Partner.objects.count() == 1


def test_list_of_a_shift_holds_those_who_chose_it(cast, service):
    first, second = (
        add_shift(service, turn(name), by=cast.actor("frank")) for name in ("上午", "下午")
    )
    for person, shift in ((cast.alice, first), (cast.bob, second)):
        sign_up(service, [Signing(person, quotas=(shift.quota,))], by=SYSTEM)
    undecided = PersonFactory(org=cast.branch, name="乔一")
    sign_up(service, [Signing(undecided)], by=SYSTEM)

    def listed(shift: Shift, said: str = "") -> set[str]:
        return {str(line.registration) for line in roll_of(shift.session, said)}

    assert listed(first) == {"艾丽", "乔一"}
    assert listed(second) == {"鲍博", "乔一"}
    assert listed(first, "鲍博") == {"鲍博"}
    assert tally_of(first.session).seated == 2
    bobs = Registration.objects.get(person=cast.bob)
    AttendanceFactory(session=first.session, registration=bobs, person=cast.bob)
    assert listed(first) == {"艾丽", "乔一", "鲍博"}


def test_way_to_ones_hours_is_there_for_who_serves(cast, service):
    url, hours = reverse("signing:portal-list"), reverse("volunteering:hours")
    alice = cast.client("alice")
    before = alice.get(url).content.decode()
    RegistrationFactory(activity=service, person=cast.alice)

    assert hours not in before
    assert hours in alice.get(url).content.decode()
    assert hours not in cast.client("bob").get(url).content.decode()


def hours(title: str, hour: int, day: int = 3) -> Turn:
    start = timezone.localtime(timezone.now() + timedelta(days=day))
    start = start.replace(hour=hour, minute=0, second=0, microsecond=0)
    return Turn(title, start, start + timedelta(hours=3), 2)


def test_volunteer_takes_several_shifts_but_not_two_at_once(cast, service):
    frank = cast.actor("frank")
    early, noon, late = (
        add_shift(service, hours(name, hour), by=frank)
        for name, hour in (("上午", 8), ("中午", 10), ("下午", 14))
    )
    set_places(service, None, by=frank, items_allowed=2)

    with pytest.raises(DomainError, match="“上午”和“中午”时间重叠"):
        sign_up(service, [Signing(cast.alice, quotas=(noon.quota, early.quota))], by=SYSTEM)
    (made,) = sign_up(service, [Signing(cast.alice, quotas=(early.quota, late.quota))], by=SYSTEM)

    assert [str(one) for one in made.chosen.all()] == ["上午", "下午"]
    quotas = (early.quota, noon.quota, late.quota)
    with pytest.raises(DomainError, match="每人最多报 2 班"):
        sign_up(service, [Signing(cast.bob, quotas=quotas)], by=SYSTEM)


def test_hours_of_every_shift_count_once(cast, service):
    frank = cast.actor("frank")
    shifts = [
        add_shift(service, hours(name, 9, at), by=frank) for at, name in ((3, "一"), (4, "二"))
    ]
    set_places(service, None, by=frank, items_allowed=2)
    quotas = tuple(one.quota for one in shifts)
    (made,) = sign_up(service, [Signing(cast.alice, quotas=quotas)], by=SYSTEM)
    for one in shifts:
        came = one.session.starts_at
        AttendanceFactory(session=one.session, registration=made, person=cast.alice, in_at=came)

    (share,) = shares_of(service)

    assert share.hours == Decimal(6)


def test_own_calendar_holds_ones_own_shifts(cast, service):
    """And those one waits for, as such; who chose none may come to any."""
    frank = cast.actor("frank")
    first, second, third = (
        add_shift(service, hours(name, 9, at), by=frank) for at, name in enumerate("一二三", 3)
    )
    set_places(service, None, by=frank, items_allowed=2)
    for _ in range(2):
        sign_up(service, [Signing(PersonFactory(), quotas=(second.quota,))], by=SYSTEM)
    both = (first.quota, second.quota)
    sign_up(service, [Signing(cast.alice, quotas=both), Signing(cast.bob)], by=SYSTEM)
    month = f"{timezone.localtime(first.session.starts_at):%Y-%m}"

    def seen(who: str) -> set[Session]:
        weeks = cast.client(who).get(reverse("agenda:mine"), {"at": month}).context["weeks"]
        days = [day for week in weeks for day in week]
        return {session for day in days for session in day.sessions}

    def fed(person) -> list[str]:
        feed = FeedFactory(person=person, source="activities")
        text = Client().get(reverse("feeds:calendar", args=[feed.token])).content.decode()
        rows = text.replace("\r\n ", "").split("\r\n")
        return [row[8:] for row in rows if row.startswith("SUMMARY:")]

    assert third.session not in seen("alice")
    assert fed(cast.alice) == ["义务家教 一", "义务家教（候补） 二"]
    assert fed(cast.bob) == ["义务家教 一", "义务家教 二", "义务家教 三"]
