"""Every bad code meets a sentence, on the member's phone and at the organiser's door."""

from __future__ import annotations

from datetime import timedelta
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
def session(cast) -> Session:
    return SessionFactory(activity=ActivityFactory(org=cast.company, state="open"))


@pytest.fixture
def alices(session, cast) -> Registration:
    return RegistrationFactory(activity=session.activity, person=cast.alice)


def shown(session, *, ago: timedelta = timedelta()) -> str:
    """What the screen at the door showed so long ago."""
    return codes.screen_code(session.pk, bytes(session.secret), timezone.now() - ago)


def enter(client, code):
    return client.post(reverse("attendance:check-in"), {"code": code, "number": uuid4()})


def scan(client, session, ticket) -> str:
    said = {"ticket": ticket, "number": uuid4()}
    address = reverse("attendance:scan", args=[session.pk])
    return client.post(address, said, follow=True).content.decode()


def other_one(cast) -> Session:
    return SessionFactory(activity=ActivityFactory(org=cast.company, state="open"))


def forged(session, cast) -> str:
    return shown(session)[:-4] + "AAAA"


def expired(session, cast) -> str:
    return shown(session, ago=timedelta(seconds=90))


def foreign(session, cast) -> str:
    return shown(other_one(cast))


def made_for_another_session(session, cast) -> str:
    return shown(other_one(cast)).replace("s.", "p.")


def of_no_session(session, cast) -> str:
    return shown(session).replace(f"s.{session.pk}.", "s.987654321.")


def no_code(session, cast) -> str:
    return "https://example.org/?code=1"


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (forged, "这个码不是本场发出的，请重新扫现场的码。"),
        (expired, "这个码已经过期，请扫屏幕上现在的码。"),
        (foreign, "您没有报名这个活动，请到签到处现场报名。"),
        (made_for_another_session, "这个码不是本场发出的，请重新扫现场的码。"),
        (of_no_session, "没有这一场活动，请扫现场屏幕或海报上的码。"),
        (no_code, "这不是签到码，请扫现场屏幕或海报上的码。"),
    ],
)
def test_bad_code_from_the_door_is_refused_with_its_sentence(cast, session, alices, made, sentence):
    page = enter(cast.client("alice"), made(session, cast))

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not Mark.objects.exists()


def test_replayed_code_is_worth_nothing_a_minute_later(cast, session, alices):
    code = shown(session, ago=timedelta(seconds=30))
    alice = cast.client("alice")

    assert enter(alice, code).status_code == 302
    assert enter(alice, code).status_code == 302  # pressed again: still one attendance
    assert Attendance.objects.count() == 1
    assert "已经过期" in enter(alice, expired(session, cast)).content.decode()


@pytest.mark.parametrize("state", ["cancelled", "postponed", "recorded"])
def test_poster_of_what_is_off_or_over_signs_nobody_in(cast, session, alices, state):
    Activity.objects.filter(pk=session.activity_id).update(state=state)
    code = codes.poster_code(session.pk, bytes(session.secret))

    page = enter(cast.client("alice"), code).content.decode()

    assert "不能签到。有疑问请联系组织者。" in page
    assert not Mark.objects.exists()


def test_members_bad_codes_are_refused_at_the_scanner(cast, session, alices):
    frank = cast.client("frank")
    stranger = RegistrationFactory(activity=other_one(cast).activity)
    gone = RegistrationFactory(activity=session.activity, status="withdrawn")

    assert "这个码不在本活动的名单里。" in scan(frank, session, "x" * 22)  # guessed
    assert "这个码不在本活动的名单里。" in scan(frank, session, stranger.ticket)  # another's
    assert f"{gone}现在是“已退出”" in scan(frank, session, gone.ticket)  # given back
    assert not Mark.objects.exists()


def test_copy_of_a_friends_code_is_refused_the_second_time(cast, session, alices):
    frank = cast.client("frank")

    assert "艾丽（一分会）已签到。" in scan(frank, session, alices.ticket)
    came = timezone.localtime(Attendance.objects.get().in_at)
    assert f"艾丽 已在 {came:%H:%M} 签到，这个码不能再用一次。" in scan(
        frank, session, alices.ticket
    )

    assert Mark.objects.count() == 1


def test_code_is_good_again_once_the_sign_in_was_taken_back(cast, session, alices):
    frank = cast.client("frank")
    scan(frank, session, alices.ticket)
    undo = {"number": uuid4(), "registration": alices.pk, "act": "undo"}
    undo["undoes"] = Mark.objects.get().number
    frank.post(reverse("attendance:roll", args=[session.pk]), undo)

    assert "已签到。" in scan(frank, session, alices.ticket)
    assert Attendance.objects.get().conflict == ""
