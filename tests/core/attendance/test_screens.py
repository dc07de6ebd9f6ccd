"""The door through its screens: ticked, scanned, signed in by oneself."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Activity, Session
from gonghui.core.attendance.engine import codes
from gonghui.core.attendance.models import Attendance, Mark
from gonghui.core.signing.models import Registration
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.signing import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(cast) -> Activity:
    return ActivityFactory(org=cast.company, state="open", title="职工书法讲座", theme="书法入门")


@pytest.fixture
def session(evening) -> Session:
    return SessionFactory(activity=evening)


@pytest.fixture
def alices(evening, cast) -> Registration:
    return RegistrationFactory(activity=evening, person=cast.alice)


def at(name: str, *args) -> str:
    return reverse(f"attendance:{name}", args=args)


def press(client, session, registration, act, **more):
    data = {"number": uuid4(), "registration": registration.pk, "act": act} | more
    return client.post(at("roll", session.pk), data, follow=True)


def test_list_is_ticked_and_taken_back(cast, session, alices):
    frank = cast.client("frank")

    press(frank, session, alices, "in")
    assert Attendance.objects.get().status == "present"
    page = press(frank, session, alices, "undo", undoes=Mark.objects.get().number)

    assert not Attendance.objects.exists()
    assert "已到 <strong>0</strong>" in page.content.decode()


def test_excused_on_the_list_has_the_reason(cast, session, alices):
    page = press(cast.client("frank"), session, alices, "excuse", reason="出差")

    assert "请假（出差）" in page.content.decode()
    assert Attendance.objects.get().reason == "出差"


def test_who_is_not_on_the_list_walks_in_without_a_script(cast, session):
    frank = cast.client("frank")
    number = uuid4()
    for _ in range(2):
        walk = {"number": number, "act": "in", "who": "艾丽"}
        page = frank.post(at("roll", session.pk), walk, follow=True)
    guest = {"number": uuid4(), "act": "in", "who": "李外宾", "is_guest": "on"}
    frank.post(at("roll", session.pk), guest)
    stranger = {"number": uuid4(), "act": "in", "who": "查无此人"}
    refused = frank.post(at("roll", session.pk), stranger, follow=True)

    assert "艾丽已报名并签到。" in page.content.decode()
    assert "名册里没有“查无此人”" in refused.content.decode()
    assert {str(one.registration) for one in Attendance.objects.all()} == {"艾丽", "李外宾"}
    assert set(Mark.objects.values_list("way", flat=True)) == {"walk_in"}


def test_who_left_without_coming_may_still_be_ticked(cast, session, alices):
    frank = cast.client("frank")
    page = press(frank, session, alices, "out").content.decode()

    assert "有签退没有签到" in page
    assert "签到：艾丽" in page


def test_same_press_twice_is_one_mark(cast, session, alices):
    number = uuid4()
    frank = cast.client("frank")

    press(frank, session, alices, "in", number=number)
    press(frank, session, alices, "in", number=number)

    assert Mark.objects.count() == 1


def test_broken_press_is_told_and_keeps_nothing(cast, session, alices):
    page = press(cast.client("frank"), session, alices, "in", number="nonsense")

    assert "没有记上" in page.content.decode()
    assert not Mark.objects.exists()


def test_door_is_shut_to_who_may_not_check(cast, session, alices):
    for name in ("alice", "grace", "mallory", "dave"):
        client = cast.client(name)
        for door in ("roll", "scan", "screen", "poster"):
            assert client.get(at(door, session.pk)).status_code == 404, (name, door)
        press(client, session, alices, "in")
    assert not Mark.objects.exists()


def test_scanned_code_signs_in_once(cast, session, alices):
    frank = cast.client("frank")
    data = {"ticket": alices.ticket, "door": "东门"}

    first = frank.post(at("scan", session.pk), data | {"number": uuid4()}, follow=True)
    second = frank.post(at("scan", session.pk), data | {"number": uuid4()}, follow=True)

    assert "艾丽" in first.content.decode()
    assert "不能再用一次" in second.content.decode()
    assert Mark.objects.get().door == "东门"


def test_screen_and_poster_show_a_code_that_leads_to_the_door(cast, session):
    frank = cast.client("frank")

    screen, poster = frank.get(at("screen", session.pk)), frank.get(at("poster", session.pk))

    assert screen["Refresh"] == "20"
    assert b"<svg" in screen.content
    assert b"<svg" in poster.content


def test_member_signs_in_by_the_code_on_the_screen(cast, session, alices):
    code = codes.screen_code(session.pk, bytes(session.secret), timezone.now())
    alice = cast.client("alice")

    assert "职工书法讲座" in alice.get(f"{at('check-in')}?code={code}").content.decode()
    alice.post(at("check-in"), {"code": code, "number": uuid4()})

    assert Attendance.objects.get().person == cast.alice


def test_old_code_says_to_scan_the_new_one(cast, session, alices):
    old = timezone.now() - timedelta(minutes=5)
    code = codes.screen_code(session.pk, bytes(session.secret), old)

    page = cast.client("alice").get(f"{at('check-in')}?code={code}")

    assert "已经过期" in page.content.decode()
    assert cast.client("alice").post(at("check-in"), {"code": code}).status_code == 422


def test_member_sees_their_own_code(cast, session, alices):
    page = cast.client("alice").get(reverse("signing:portal-activity", args=[session.activity_id]))

    assert "一个码只能用一次" in page.content.decode()


def test_session_with_marks_stays(cast, evening, session, alices):
    press(cast.client("frank"), session, alices, "in")
    empty = {"form-TOTAL_FORMS": 0, "form-INITIAL_FORMS": 0}

    page = cast.client("frank").post(reverse("activities:sessions", args=[evening.pk]), empty)

    assert "已经有签到，不能删去这一场" in page.content.decode()
    assert Session.objects.filter(pk=session.pk).exists()


def test_sheet_to_sign_has_names_units_and_lines_for_walk_ins(cast, session, alices):
    page = cast.client("frank").get(at("sheet", session.pk)).content.decode()

    assert "<td>1</td><td>艾丽</td><td>一分会</td><td></td>" in page
    assert page.count("现场</td>") == 8
    assert "<td>9</td>" in page
    assert cast.client("alice").get(at("sheet", session.pk)).status_code == 404
    assert cast.client("dave").get(at("sheet", session.pk)).status_code == 404


def test_notice_on_paper_says_what_is_on_and_leads_to_signing_up(cast, session):
    """A branch's chair prints the union's notice for their own board; a draft is on no board."""
    one = session.activity
    Activity.objects.filter(pk=one.pk).update(
        theme="以球会友", place="体育馆", capacity=16, categories=["women"], state="open"
    )
    begins = datetime(2027, 1, 1, 20, tzinfo=timezone.get_current_timezone())
    ends = begins + timedelta(hours=6)
    SessionFactory(activity=one, title="决赛", place="二号馆", starts_at=begins, ends_at=ends)

    one.partners.set([cast.other_company, cast.other_city])
    one.joined.set([cast.other_company])

    page = cast.client("bob").get(at("notice", one.pk)).content.decode()

    assert page.count(cast.other_company.name) == 2  # it is for their people, and they hold it too
    assert cast.other_city.name not in page
    for words in (str(one), "以球会友", "体育馆", "二号馆", "女职工", "16 人", "报名码", "<svg"):
        assert words in page
    assert "2027年1月1日 星期五 20:00 至 1月2日 02:00" in page
    link = at("notice", one.pk)
    shown = reverse("activities:activity-detail", args=[one.pk])
    assert link in cast.client("frank").get(shown).content.decode()
    refused = [cast.client(name).get(link).status_code for name in ("alice", "dave")]
    Activity.objects.filter(pk=one.pk).update(state="draft")
    assert [*refused, cast.client("frank").get(link).status_code] == [404] * 3


def test_page_without_a_code_reads_one_with_the_camera(cast, session, alices):
    alice = cast.client("alice")
    code = codes.poster_code(session.pk, bytes(session.secret))
    pasted = f" https://union.example{at('check-in')}?code={code} "

    empty = alice.get(at("check-in"))
    read = alice.get(at("check-in"), {"code": pasted})
    wrong = alice.get(at("check-in"), {"code": "https://elsewhere.example/?code=x"})

    assert "camera=(self)" in empty["Permissions-Policy"]
    assert "没有签上" not in empty.content.decode()
    assert f'value="{code}"' in read.content.decode()
    assert "camera=()" in read["Permissions-Policy"]
    assert "这不是签到码" in wrong.content.decode()
    assert at("check-in") in alice.get(
        reverse("signing:portal-activity", args=[session.activity_id])
    ).content.decode()  # fmt: skip
