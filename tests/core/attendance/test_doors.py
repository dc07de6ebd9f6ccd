"""When and where members sign in by themselves: set by the organiser, kept to by the codes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Session
from gonghui.core.attendance.engine import codes
from gonghui.core.attendance.models import Attendance, Mark
from gonghui.core.history.trail import history_of
from gonghui.core.signing.models import Registration
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.signing import RegistrationFactory

pytestmark = pytest.mark.django_db

HALL = {"latitude": "30.250000", "longitude": "120.160000"}
NEAR = {"latitude": "30.251000", "longitude": "120.160000"}  # 111 metres away
FAR = {"latitude": "30.260000", "longitude": "120.160000"}  # more than a kilometre


@pytest.fixture
def session(cast) -> Session:
    return SessionFactory(activity=ActivityFactory(org=cast.company, state="open"))


@pytest.fixture
def alices(session, cast) -> Registration:
    return RegistrationFactory(activity=session.activity, person=cast.alice)


def set_by(client, session, **said):
    usual = {"doors_before": 120, "doors_after": 0, "latitude": "", "longitude": "", "radius": ""}
    return client.post(reverse("attendance:doors", args=[session.pk]), usual | said)


def enter(cast, session, **more):
    code = codes.poster_code(session.pk, bytes(session.secret))
    said = {"code": code, "number": uuid4()} | more
    return cast.client("alice").post(reverse("attendance:check-in"), said, follow=True)


def test_organiser_says_when_the_doors_stand_open(cast, session, alices):
    session.starts_at = timezone.now() + timedelta(minutes=45)
    session.ends_at = session.starts_at + timedelta(hours=1)
    session.save()
    opens = timezone.localtime(session.starts_at - timedelta(minutes=30))

    set_by(cast.client("frank"), session, doors_before=30)
    page = enter(cast, session)

    assert f"还没到签到时间，{opens:%H:%M} 开始签到。" in page.content.decode()
    assert not Mark.objects.exists()
    set_by(cast.client("frank"), session, doors_before=60)
    enter(cast, session)
    assert Attendance.objects.get().status == "present"
    verbs = [entry.verb for entry in history_of(session.activity)]
    assert verbs.count("doors") == 2


def test_doors_stay_open_after_the_end_where_that_is_said(cast, session, alices):
    session.starts_at = timezone.now() - timedelta(hours=2)
    session.ends_at = timezone.now() - timedelta(minutes=5)
    session.save()

    assert "签到已经结束" in enter(cast, session).content.decode()
    set_by(cast.client("frank"), session, doors_after=10)
    enter(cast, session)

    assert Mark.objects.get().way == Mark.Way.SELF


def test_member_signs_in_only_near_the_place_that_was_set(cast, session, alices):
    set_by(cast.client("frank"), session, **HALL, radius=200)

    assert "请允许手机提供位置" in enter(cast, session).content.decode()
    assert "不在签到地点 200 米以内" in enter(cast, session, **FAR).content.decode()
    assert (
        "请允许手机提供位置"
        in enter(cast, session, latitude="nan", longitude="999").content.decode()
    )
    assert not Mark.objects.exists()
    enter(cast, session, **NEAR)
    assert Attendance.objects.get().person == cast.alice


def test_page_asks_for_the_position_only_where_one_is_wanted(cast, session, alices):
    code = codes.poster_code(session.pk, bytes(session.secret))
    address = f"{reverse('attendance:check-in')}?code={code}"

    assert "data-spot-sent" not in cast.client("alice").get(address).content.decode()
    set_by(cast.client("frank"), session, **HALL, radius=200)
    page = cast.client("alice").get(address).content.decode()

    assert "data-spot-sent" in page
    assert "不保存" in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"latitude": "30"}, "要一起填写"),
        (HALL | {"radius": 0}, ""),
        ({"latitude": "95", "longitude": "120", "radius": 200}, ""),
        ({"doors_before": 2000}, "最多 1440 分钟"),
        ({"doors_before": ""}, ""),
    ],
)
def test_half_a_place_and_endless_doors_are_refused(cast, session, said, words):
    page = set_by(cast.client("frank"), session, **said)

    assert page.status_code == 422
    assert words in page.content.decode()
    session.refresh_from_db()
    assert (session.doors_before, session.latitude, session.radius) == (120, None, None)


def test_database_keeps_a_place_whole(session):
    for half in ({"latitude": 30}, {"radius": 200}, HALL | {"radius": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(pk=session.pk).update(**half)


def test_saving_the_same_again_leaves_no_history(cast, session):
    set_by(cast.client("frank"), session)

    assert not history_of(session.activity).exists()
