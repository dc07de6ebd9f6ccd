"""Series: begun, announced, opened in time, changed and ended from a day on, by their leaders."""

from __future__ import annotations

import re
import threading
from datetime import date, time, timedelta

import pytest
from django.db import close_old_connections, connection
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.models import Role
from gonghui.core.activities.actions.activities import change_activity
from gonghui.core.activities.actions.series import begin_series, change_rest, extend_series
from gonghui.core.activities.engine.cadence import Cadence
from gonghui.core.activities.flow import LIFE
from gonghui.core.activities.lives import announce_series, end_series, open_near, open_series
from gonghui.core.activities.models import Activity, Series
from gonghui.core.attendance.actions.judging import judge
from gonghui.core.attendance.models import Attendance
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import history_of
from gonghui.core.notices.models import Notice
from gonghui.core.orgs.models import Kind
from gonghui.core.regulations.models import CalendarYear
from gonghui.core.signing.actions.places import set_places
from gonghui.core.signing.actions.signing import withdraw
from gonghui.core.signing.models import Registration
from gonghui.kit.errors import DomainError
from tests.factories.activities import BookingFactory, ResourceFactory, SessionFactory
from tests.factories.attendance import MarkFactory
from tests.factories.organisation import GrantFactory, OrgFactory, PersonFactory, PostFactory
from tests.factories.regulations import CalendarYearFactory, HolidayFactory
from tests.factories.signing import DelegationFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def monday() -> date:
    today = timezone.localdate()
    return today + DAY * (7 - today.weekday())


@pytest.fixture
def club(cast):
    """An association whose members are Alice and Bob; Bob leads it."""
    club = OrgFactory(parent=cast.company, kind=Kind.ASSOCIATION, name="羽毛球协会")
    for person, title in ((cast.alice, "会员"), (cast.bob, "会长")):
        PostFactory(org=club, person=person, title=title)
    GrantFactory(person=cast.bob, org=club, role=Role.objects.get(name="分会主席"))
    return club


@pytest.fixture
def begin(cast, club, monday):
    def begun(weeks: int = 10, **more) -> Series:
        values = {
            "title": "羽毛球周赛", "kind": "association", "place": "体育馆",
            "organiser": cast.bob, "signs_members": True,
        } | more  # fmt: skip
        made = begin_series(
            club,
            Cadence(weeks=1, weekday=0),
            by=cast.actor("bob"),
            since=monday,
            until=monday + DAY * 7 * (weeks - 1),
            **values,
        )
        return made.series

    return begun


def test_association_begins_its_own_series_from_a_friendly_form(cast, club, monday):
    bob = cast.client("bob")
    data = {
        "org": f"#{club.pk}", "kind": "association", "title": "羽毛球周赛", "every": "fortnight",
        "weekday": 2, "starts_at": "18:30", "ends_at": "20:30", "since": monday,
        "until": monday + DAY * 41, "place": "体育馆", "signs_members": "on",
    }  # fmt: skip

    page = bob.post(reverse("activities:series-create"), data, follow=True).content.decode()

    assert "排了 3 次。" in page
    assert "每两周的周三" in page
    assert "FREQ" not in page
    series = Series.objects.get()
    assert (series.org, series.occasions.count()) == (club, 3)
    first = timezone.localtime(series.occasions.earliest("starts_at").starts_at)
    assert (first.date(), first.time()) == (monday + DAY * 2, time(18, 30))


def test_choice_that_is_missing_is_asked_for(cast, club, monday):
    data = {
        "org": f"#{club.pk}", "kind": "association", "title": "赛", "every": "day",
        "starts_at": "18:30", "ends_at": "20:30", "since": monday, "until": monday + DAY * 41,
    }  # fmt: skip

    page = cast.client("bob").post(reverse("activities:series-create"), data)

    assert page.status_code == 422
    assert "请选一项" in page.content.decode()
    assert not Series.objects.exists()


def test_holidays_are_left_out_only_by_choice(cast, begin, monday):
    number = (monday + DAY * 7).year
    known = CalendarYear.objects.filter(year=number).first()
    year = known or CalendarYearFactory(year=number)
    HolidayFactory(year=year, day=monday + DAY * 7, is_workday=False, name="某节")

    assert begin(3).occasions.count() == 2
    assert begin(3, skips_holidays=False).occasions.count() == 3


def test_year_without_its_holidays_is_told_and_a_holiday_found_later_is_marked(cast, club, monday):
    """What was drafted before the year's notice came out says what its day is off for."""
    monday += 7 * DAY * (monday.day > 28)  # in a fifth week what comes four times a month rests
    CalendarYear.objects.filter(year__gte=monday.year).delete()
    bob = cast.client("bob")
    data = {
        "org": str(club), "kind": "association", "title": "羽毛球周赛", "every": "four",
        "weekday": 0, "starts_at": "18:30", "ends_at": "20:30", "since": monday,
        "until": monday, "skips_holidays": "on",
    }  # fmt: skip
    page = bob.post(reverse("activities:series-create"), data, follow=True).content.decode()
    assert f"排了 1 次。{monday.year} 年的放假安排还没有录入" in page

    year = CalendarYearFactory(year=monday.year)
    HolidayFactory(year=year, day=monday, is_workday=False, name="某节")
    series = Series.objects.get()
    shown = bob.get(reverse("activities:series-detail", args=[series.pk])).content.decode()

    assert "某节放假" in shown
    assert "每周一、每月 4 次 18:30" in shown


def test_series_without_any_occasion_is_refused(cast, club, monday):
    with pytest.raises(DomainError, match="一次也没有"):
        begin_series(
            club, Cadence(weeks=1, weekday=6), by=cast.actor("bob"), title="赛", kind="sport",
            since=monday, until=monday + DAY,
        )  # fmt: skip
    assert not Activity.objects.exists()


def test_members_are_told_once_and_signed_up_by_default(cast, begin):
    series = begin()

    announce_series(series, by=cast.actor("bob"))

    assert Notice.objects.filter(person=cast.alice).count() == 1
    near = series.occasions.filter(state="open")
    assert near.count() == 2
    assert series.occasions.filter(state="announced").count() == 8
    people = [set(one.registrations.values_list("person", flat=True)) for one in near]
    assert people == [{cast.alice.pk, cast.bob.pk}] * 2


def test_member_withdraws_from_one_and_stays_in_the_next(cast, begin):
    series = begin()
    announce_series(series, by=cast.actor("bob"))
    first = series.occasions.earliest("starts_at")
    mine = first.registrations.get(person=cast.alice)

    withdraw(mine, by=cast.actor("alice"))

    statuses = Registration.objects.filter(person=cast.alice).order_by("activity__starts_at")
    assert list(statuses.values_list("status", flat=True)) == ["withdrawn", "signed"]
    assert open_near(timezone.localdate()) == 0


def test_next_occasion_opens_by_itself_when_it_comes_near(cast, begin):
    series = begin()
    announce_series(series, by=cast.actor("bob"))

    open_series(timezone.localdate() + DAY * 7)

    assert series.occasions.filter(state="open").count() == 3


def test_occasion_that_asks_something_opens_with_the_rest(cast, begin):
    """Its leader too answers later; a deadline that has passed stops no other occasion."""
    series, now = begin(2), timezone.now()
    first, second = series.occasions.order_by("starts_at")
    Activity.objects.filter(pk=first.pk).update(consent="请带好球鞋。", opens_at=now + DAY)
    Activity.objects.filter(pk=second.pk).update(closes_at=now - DAY)

    announce_series(series, by=cast.actor("bob"))

    states = series.occasions.order_by("starts_at").values_list("state", flat=True)
    assert list(states) == ["open", "announced"]
    assert first.registrations.filter(status="signed", consented_at=None).count() == 2
    page = cast.client("bob").get(reverse("signing:portal-activity", args=[first.pk]))
    assert "请您补填" in page.content.decode()


def test_one_changed_occasion_keeps_its_own_way(cast, begin, monday):
    series = begin(4)
    own = series.occasions.order_by("starts_at")[2]
    own.place, own.differs = "河边", True
    own.save()

    changed = change_rest(series, monday + DAY * 7, {"place": "新馆"}, by=cast.actor("bob"))

    assert changed == 2
    places = series.occasions.order_by("starts_at").values_list("place", flat=True)
    assert list(places) == ["体育馆", "新馆", "河边", "新馆"]
    assert Entry.objects.filter(verb="update", object_id=series.pk).count() == 1


def test_leader_changes_one_occasion_and_signs_up_members_of_other_branches(cast, begin, club):
    """The people of an association belong elsewhere; its leader has no other right (R-016)."""
    outsider = PersonFactory(name="欧阳协", org=cast.second_branch)
    leader = cast.mallory
    for person in (outsider, leader):
        PostFactory(org=club, person=person, title="会员")
    GrantFactory(person=leader, org=club, role=Role.objects.get(name="分会主席"))
    one = begin(2, organiser=leader, signs_members=False).occasions.earliest("starts_at")
    Activity.objects.filter(pk=one.pk).update(state="open")
    browser = cast.client("mallory")
    page = browser.get(reverse("activities:activity-update", args=[one.pk])).content.decode()
    (shown,) = re.findall(r'name="organiser"[^>]* value="([^"]+)"', page)

    said = {"kind": "association", "title": "河边赛", "place": "河边", "organiser": shown}
    said["companions_allowed"] = 0
    browser.post(reverse("activities:activity-update", args=[one.pk]), said)
    browser.post(reverse("signing:people", args=[one.pk]), {"people": "欧阳协"})
    browser.post(reverse("signing:invitations", args=[one.pk]), {"people": cast.alice.name})

    one.refresh_from_db()
    assert (one.title, one.place, one.organiser, one.differs) == ("河边赛", "河边", leader, True)
    rows = one.registrations.order_by("pk").values_list("person__name", "status")
    assert list(rows) == [("欧阳协", "signed"), (cast.alice.name, "invited")]


def test_only_what_was_changed_goes_its_own_way(cast, begin, monday):
    """Saved as it was, an occasion still follows; with places of its own it does not."""
    series, bob = begin(2), cast.actor("bob")
    same, own = series.occasions.order_by("starts_at")
    change_activity(same, {"place": same.place, "audience": []}, by=bob)
    set_places(own, 6, by=bob)

    change_rest(series, monday, {"capacity": 20}, by=bob)

    rows = series.occasions.order_by("starts_at").values_list("capacity", "differs")
    assert list(rows) == [(20, False), (6, True)]


def test_new_hour_is_refused_where_somebody_else_has_the_room_then(cast, begin, club, monday):
    series, hall = begin(1), ResourceFactory(org=club, name="一号馆")
    session = series.occasions.get().sessions.get()
    BookingFactory(resource=hall, session=session)
    late = session.starts_at + timedelta(hours=3)
    chess = SessionFactory(activity__title="象棋赛", activity__org=club, starts_at=late)
    BookingFactory(resource=hall, session=chess)
    bob = cast.actor("bob")

    with pytest.raises(DomainError, match="已由「象棋赛」使用"):
        change_rest(series, monday, {"starts_at": time(21), "ends_at": time(23)}, by=bob)
    assert change_rest(series, monday, {"starts_at": time(18)}, by=bob) == 1
    assert session.bookings.get().resource == hall


def test_moving_the_sessions_of_one_sets_it_apart(cast, begin):
    series = begin(2)
    one = series.occasions.earliest("starts_at")
    start = timezone.localtime(one.starts_at) + DAY
    rows = {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0,
        "form-0-starts_at": f"{start:%Y-%m-%dT%H:%M}",
        "form-0-ends_at": f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M}",
    }  # fmt: skip

    cast.client("bob").post(reverse("activities:sessions", args=[one.pk]), rows)

    one.refresh_from_db()
    assert one.differs


def test_rest_is_called_off_from_a_day_on(cast, begin, monday):
    series = begin(4)
    announce_series(series, by=cast.actor("bob"))
    before = Notice.objects.filter(person=cast.alice).count()

    end_series(series, monday + DAY * 14, "场馆装修", by=cast.actor("bob"))

    states = list(series.occasions.order_by("starts_at").values_list("state", flat=True))
    assert states == ["open", "open", "cancelled", "cancelled"]
    assert Notice.objects.filter(person=cast.alice).count() == before + 1
    with pytest.raises(DomainError, match="没有还没办的场次"):
        end_series(series, monday + DAY * 14, "再来", by=cast.actor("bob"))


def _goes_on(series: Series, since: timedelta) -> Activity:
    """The first occasion has begun so long ago; it lasts two hours."""
    one, begun = series.occasions.earliest("starts_at"), timezone.now() - since
    ends = begun + timedelta(hours=2)
    one.sessions.update(starts_at=begun, ends_at=ends)
    Activity.objects.filter(pk=one.pk).update(starts_at=begun, ends_at=ends, state="open")
    one.refresh_from_db()
    return one


@pytest.mark.parametrize("hours", [1, 3])
def test_what_has_begun_or_is_over_is_not_called_off_with_the_rest(cast, begin, hours):
    """Ended after the evening, the series keeps the evening and who came to it."""
    series = begin(3, skips_holidays=False)
    one = _goes_on(series, timedelta(hours=hours))

    count = end_series(series, timezone.localdate(one.starts_at), "停", by=cast.actor("bob"))

    one.refresh_from_db()
    assert (count, one.state) == (2, "open")


def test_what_is_over_keeps_its_hours_and_place(cast, begin):
    series = begin(2, skips_holidays=False)
    one = _goes_on(series, timedelta(hours=3))
    said = {"place": "新馆", "starts_at": time(19)}

    count = change_rest(series, timezone.localdate(one.starts_at), said, by=cast.actor("bob"))

    kept = Activity.objects.get(pk=one.pk)
    assert (count, kept.place, kept.starts_at) == (1, "体育馆", one.starts_at)


def test_later_hour_stays_with_its_day_when_something_else_is_changed(cast, begin, monday):
    series, bob = begin(3, skips_holidays=False), cast.actor("bob")
    change_rest(series, monday + DAY * 14, {"starts_at": time(19)}, by=bob)

    change_rest(series, monday, {"starts_at": time(19), "capacity": 20}, by=bob)

    rows = series.occasions.order_by("starts_at")
    assert [timezone.localtime(one.starts_at).hour for one in rows] == [18, 18, 19]
    assert [one.capacity for one in rows] == [20, 20, 20]
    change_rest(series, monday + DAY * 7, {"starts_at": time(19)}, by=bob)  # nothing new: all of it
    assert [timezone.localtime(one.starts_at).hour for one in rows.all()] == [18, 19, 19]


def test_who_was_late_follows_the_new_hour_of_the_series(cast, begin, monday):
    series, bob = begin(2, skips_holidays=False), cast.actor("bob")
    one = series.occasions.earliest("starts_at")
    session = one.sessions.get()
    came = RegistrationFactory(activity=one, person=cast.alice)
    at = session.starts_at + timedelta(minutes=20)
    MarkFactory(session=session, registration=came, at=at)
    judge(session)
    statuses = []
    for hour in (time(19), time(18)):
        change_rest(series, monday, {"starts_at": hour}, by=bob)
        statuses.append(Attendance.objects.get(registration=came).status)

    assert statuses == ["present", "late"]


def test_new_hour_is_told_to_who_is_on_a_list_from_elsewhere(cast, begin, monday):
    series = begin(2, skips_holidays=False)
    announce_series(series, by=cast.actor("bob"))
    first, second = series.occasions.order_by("starts_at")
    RegistrationFactory(activity=first, person=cast.carol)
    RegistrationFactory(activity=second, person=None, guest="来宾", org=cast.branch,
                        signed_by=cast.dave)  # fmt: skip

    change_rest(series, monday + DAY * 7, {"place": "新馆"}, by=cast.actor("bob"))

    titles = Notice.objects.filter(person__in=[cast.carol, cast.dave])
    assert [one.person for one in titles] == [cast.dave]


def test_page_of_an_occasion_leads_to_changing_it_with_all_that_follow(cast, begin, monday):
    series = begin(2, skips_holidays=False)
    announce_series(series, by=cast.actor("bob"))
    second = series.occasions.latest("starts_at")
    page = reverse("activities:activity-detail", args=[second.pk])
    door = f"{reverse('activities:series-update', args=[series.pk])}?from={monday + DAY * 7}"

    assert door in cast.client("bob").get(page).content.decode()
    assert door not in cast.client("alice").get(page).content.decode()
    assert f'value="{monday + DAY * 7}"' in cast.client("bob").get(door).content.decode()


def test_end_is_told_once_to_everybody_with_their_own_evenings(cast, begin, monday):
    """Also to who came from elsewhere, brings a guest, leads a team, or would hold it together."""
    series, bob = begin(4, skips_holidays=False), cast.actor("bob")
    announce_series(series, by=bob)
    _, second, third, last = series.occasions.order_by("starts_at")
    RegistrationFactory(activity=third, person=cast.dave)
    for guest in ("来宾甲", "来宾乙"):
        RegistrationFactory(activity=second, person=None, guest=guest, org=cast.branch,
                            signed_by=cast.carol)  # fmt: skip
    RegistrationFactory(activity=third, person=cast.mallory, status="withdrawn")
    change_activity(third, {"title": "河边赛"}, by=bob)
    DelegationFactory(activity=last, org=cast.branch, leader=cast.erin)
    Notice.objects.all().delete()

    end_series(series, monday + DAY * 7, "场馆装修", by=bob)

    told = dict(Notice.objects.values_list("person__name", "body"))
    titles = set(Notice.objects.values_list("title", flat=True))
    assert titles == {"系列活动停办：羽毛球周赛"}
    assert Notice.objects.count() == len(told)
    whole = f"{monday + DAY * 7:%-m 月 %-d 日}起不再举办。原因：场馆装修"
    evening = [f"{monday + DAY * 7 * week:%m月%d日} 18:30" for week in range(4)]
    assert told == {
        cast.alice.name: f"{whole}。其中有您的：{evening[1]}",
        cast.bob.name: f"{whole}。其中有您的：{evening[1]}",
        cast.carol.name: f"{whole}。其中有您的：{evening[1]}",
        cast.dave.name: f"{whole}。其中有您的：{evening[2]} 河边赛",
        cast.erin.name: whole,
    }
    assert history_of(second).first().changes["series"] == "羽毛球周赛"


def test_evening_that_is_called_off_alone_is_told_as_before(cast, begin):
    series, bob = begin(2, skips_holidays=False), cast.actor("bob")
    announce_series(series, by=bob)
    first = series.occasions.earliest("starts_at")
    Notice.objects.all().delete()

    LIFE.perform(first, "cancel", by=bob, reason="停电")

    titles = Notice.objects.filter(person=cast.alice).values_list("title", flat=True)
    assert list(titles) == ["活动取消：羽毛球周赛"]


def test_end_of_what_nobody_heard_of_is_told_to_nobody(cast, begin, monday):
    series = begin(2)

    end_series(series, monday, "不办了", by=cast.actor("bob"))

    assert not Notice.objects.exists()


def test_series_goes_on_by_the_same_rhythm(cast, begin, monday):
    series = begin(2)

    made = extend_series(series, monday + DAY * 21, by=cast.actor("bob"))

    assert made.count == 2
    with pytest.raises(DomainError, match="已经排到"):
        extend_series(series, monday + DAY * 21, by=cast.actor("bob"))
    assert series.occasions.count() == 4


def test_steps_go_through_the_door_and_only_for_its_leaders(cast, begin, monday):
    series = begin(2)
    bob, dave = cast.client("bob"), cast.client("dave")
    announce = reverse("activities:series-announce", args=[series.pk])
    extend = reverse("activities:series-extend", args=[series.pk])
    end = reverse("activities:series-end", args=[series.pk])

    assert dave.post(announce).status_code == 404
    assert "已发布 2 次" in bob.post(announce, follow=True).content.decode()
    assert "没有还没发布的场次" in bob.post(announce, follow=True).content.decode()
    page = bob.post(extend, {"until": monday + DAY * 14}, follow=True)
    assert "排了 1 次。" in page.content.decode()
    assert bob.post(extend, {"until": monday}).status_code == 422
    assert bob.post(end, {"since": monday - DAY * 30, "reason": "停"}).status_code == 422
    page = bob.post(end, {"since": monday + DAY * 7, "reason": "停"}, follow=True)
    assert "已取消以后的 2 次" in page.content.decode()
    data = {
        "from_day": monday, "title": "周赛", "starts_at": "19:00", "ends_at": "21:00",
        "capacity": 16,
    }  # fmt: skip
    page = bob.post(reverse("activities:series-update", args=[series.pk]), data, follow=True)
    assert "以后的 1 次" in page.content.decode()


def test_member_reads_the_series_and_cannot_change_it(cast, begin):
    series = begin(2)
    page = reverse("activities:series-detail", args=[series.pk])

    assert cast.client("alice").get(page).status_code == 200
    assert cast.client("mallory").get(page).status_code == 404
    edit = reverse("activities:series-update", args=[series.pk])
    assert cast.client("alice").get(edit).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="its tests share one memory")
def test_two_who_extend_at_once_draft_it_once(cast, begin, monday):
    series = begin(2)
    until, refused = monday + DAY * 28, []

    def extend() -> None:
        try:
            extend_series(series, until, by=cast.actor("bob"))
        except DomainError:
            refused.append(1)
        finally:
            close_old_connections()
            connection.close()

    hands = [threading.Thread(target=extend) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert series.occasions.count() == 5
    assert len(refused) == 1


def test_who_was_no_member_is_not_signed_up(cast, begin):
    PersonFactory(org=cast.company)
    series = begin(2)

    announce_series(series, by=cast.actor("bob"))

    assert set(Registration.objects.values_list("person", flat=True)) == {
        cast.alice.pk,
        cast.bob.pk,
    }
