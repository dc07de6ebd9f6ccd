"""What a phone sends from the door, through the door: late, twice, broken, foreign, by a leader."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gonghui.core.activities.models import Session
from gonghui.core.attendance.forms.notes import MOST
from gonghui.core.attendance.models import Attendance, Mark
from gonghui.core.history.trail import history_of
from gonghui.core.people.models import Identity
from gonghui.core.signing.models import Registration
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.organisation import PersonFactory
from tests.factories.signing import RegistrationFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def session(cast) -> Session:
    return SessionFactory(activity=ActivityFactory(org=cast.company, state="open"))


@pytest.fixture
def alices(session, cast) -> Registration:
    return RegistrationFactory(activity=session.activity, person=cast.alice)


@pytest.fixture
def frank(cast) -> Client:
    return cast.client("frank")


def at(name: str, session: Session) -> str:
    return reverse(f"attendance:{name}", args=[session.pk])


def note(**said) -> dict:
    usual = {"number": str(uuid4()), "act": "in", "way": "ticked"}
    return usual | {"at": timezone.now().isoformat()} | said


def send(client: Client, session: Session, *notes, now=None):
    body = {"now": (now or timezone.now()).isoformat(), "notes": list(notes)}
    return client.post(at("notes", session), json.dumps(body), content_type="application/json")


def receipts(answer) -> list[str]:
    assert answer.status_code == 200
    return [one["refused"] for one in answer.json()["receipts"]]


def test_phone_carries_digests_and_never_a_code(frank, session, alices):
    answer = frank.get(at("carry", session))

    (person,) = answer.json()["people"]
    assert person["name"] == "艾丽"
    assert person["code"] == hashlib.sha256(alices.ticket.encode()).hexdigest()
    assert alices.ticket not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_log_sent_ten_times_and_backwards_counts_once(frank, session, alices):
    coming = note(registration=alices.pk)
    going = note(registration=alices.pk, act="out")

    for _ in range(5):
        assert receipts(send(frank, session, going, coming)) == ["", ""]
        assert receipts(send(frank, session, coming, going)) == ["", ""]

    assert Mark.objects.count() == 2
    assert Attendance.objects.get().out_at is not None


def test_answer_says_how_those_people_stand_now(frank, session, alices):
    RegistrationFactory(activity=session.activity)
    first = note(registration=alices.pk, door="东门")
    send(frank, session, first)

    (person,) = send(frank, session, note(registration=alices.pk, door="西门")).json()["people"]

    assert person["id"] == alices.pk
    assert person["status"] == "present"
    assert person["conflict"] == "签到记了 2 次（东门、西门）"


def test_clock_two_hours_slow_is_put_right_by_what_the_phone_knew(frank, session, alices):
    slow = timezone.now() - timedelta(hours=2)

    send(frank, session, note(registration=alices.pk, at=slow.isoformat(), behind=7200), now=slow)

    assert abs(Mark.objects.get().at - timezone.now()) < timedelta(seconds=30)


def test_clock_set_two_hours_fast_meanwhile_is_put_right_by_the_sending(frank, session, alices):
    fast = timezone.now() + timedelta(hours=2)

    send(frank, session, note(registration=alices.pk, at=fast.isoformat()), now=fast)

    assert abs(Mark.objects.get().at - timezone.now()) < timedelta(seconds=30)


def test_clock_that_cannot_be_believed_is_told(frank, session, alices):
    fast = timezone.now() + timedelta(hours=2)
    old = timezone.now() - timedelta(days=30)

    told = receipts(
        send(
            frank,
            session,
            note(registration=alices.pk, at=fast.isoformat()),
            note(registration=alices.pk, at=old.isoformat()),
        )
    )

    assert "手机时间快了" in told[0]
    assert "不在本场前后" in told[1]
    assert not Mark.objects.exists()


def test_forged_foreign_and_broken_notes_are_refused_and_stop_nobody(frank, session, alices):
    stranger = RegistrationFactory()
    copied = RegistrationFactory(activity=session.activity, status="withdrawn")

    told = receipts(
        send(
            frank,
            session,
            note(ticket="x" * 22, way="scanned"),
            note(ticket=stranger.ticket, way="scanned"),
            note(registration=stranger.pk),
            note(registration=copied.pk),
            note(ticket=alices.ticket, way="scanned"),
            note(registration=alices.pk, act="undo"),
            note(registration=alices.pk, act="dance"),
            note(registration=alices.pk, at="gestern"),
            note(registration=alices.pk, way="self"),
        )
    )

    assert told[:6] == [
        "这个码不在本活动的名单里。",
        "这个码不在本活动的名单里。",
        "名单里没有这个人。",
        f"{copied}现在是“已退出”，没有名额，请按现场报名办理。",
        "",
        "没有写明撤销哪一次签到。",
    ]
    assert set(told[6:]) == {"这条记录不完整，没有收下，请在名单上补签。"}
    assert Mark.objects.get().registration == alices


def test_number_of_another_session_is_not_taken_for_this_one(frank, session, alices):
    first = note(registration=alices.pk)
    second = SessionFactory(activity=session.activity)
    send(frank, session, first)

    (told,) = receipts(send(frank, second, first))

    assert told == "这条记录的编号已用在别的场次，请在名单上补签。"
    assert Mark.objects.get().session == session


def test_note_without_a_number_gets_no_receipt(frank, session, alices):
    assert (
        receipts(send(frank, session, note(registration=alices.pk, number="x"), "nonsense")) == []
    )
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{}", "[" * 100_000, "null", "\x00", '{"now": "2026-03-02", "notes": []}',
        '{"now": "2026-03-02T09:00:00Z", "notes": 7}', '{"now": "9999-12-31T23:59:59-12:00"}',
    ],
)  # fmt: skip
def test_what_is_no_log_is_said_to_be_none(frank, session, body):
    answer = frank.post(at("notes", session), body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json() == {"refused": "没有收到签到记录，请重新打开签到页再上传。"}


def test_sending_that_is_too_long_is_asked_for_in_parts(frank, session, alices):
    answer = send(frank, session, *(note(registration=alices.pk) for _ in range(MOST + 1)))

    assert answer.json()["refused"] == f"一次最多上传 {MOST} 条，请分几次上传。"
    assert not Mark.objects.exists()


def test_sending_wants_the_token_of_the_log_in(cast, session, alices):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.account("frank"))

    assert send(client, session, note(registration=alices.pk)).status_code == 403
    assert not Mark.objects.exists()


def test_logged_out_phone_is_sent_to_the_log_in(session, alices):
    answer = send(Client(), session, note(registration=alices.pk))

    assert answer.status_code == 302
    assert not Mark.objects.exists()


def test_door_is_shut_to_who_may_not_work_there(cast, session, alices):
    for name in ("alice", "grace", "mallory", "dave"):
        client = cast.client(name)
        for door in ("phone", "carry", "manifest", "doors"):
            assert client.get(at(door, session)).status_code == 404, (name, door)
        assert send(client, session, note(registration=alices.pk)).status_code == 404
    assert not Mark.objects.exists()


def test_only_the_door_may_ask_for_the_camera(frank, session):
    assert "camera=(self)" in frank.get(at("phone", session))["Permissions-Policy"]
    assert "camera=()" in frank.get(at("roll", session))["Permissions-Policy"]
    assert "geolocation=(self)" in frank.get(at("doors", session))["Permissions-Policy"]
    assert "microphone=()" in frank.get("/")["Permissions-Policy"]


def test_worker_stands_above_the_doors_and_page_keeps_the_strict_policy(frank, session):
    worker = Client().get(reverse("attendance:worker"))
    page = frank.get(at("phone", session))

    assert worker["Content-Type"] == "text/javascript"
    assert at("phone", session).startswith(reverse("attendance:worker").rpartition("/")[0])
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert frank.get(at("manifest", session)).json()["start_url"] == at("phone", session)


# Walk-ins


def walk(client, session, who, **more):
    return send(client, session, note(who=who, way="walk_in", **more))


def test_who_walks_in_is_found_signed_up_and_let_in(frank, session, cast):
    answer = walk(frank, session, "aili")

    made = Registration.objects.get()
    assert receipts(answer) == [""]
    assert (made.person, made.status) == (cast.alice, "signed")
    assert Mark.objects.get().way == Mark.Way.WALK_IN
    assert answer.json()["people"][0]["name"] == "艾丽"


def test_namesakes_are_told_apart_by_the_last_of_the_number(frank, session, cast):
    for org, number in ((cast.branch, "110101199003070011"), (cast.company, "11010119900307002X")):
        Identity.objects.create(person=PersonFactory(name="张伟", org=org), number=number)

    (told,) = receipts(walk(frank, session, "张伟"))
    assert told.startswith("“张伟”有几位：")
    assert receipts(walk(frank, session, "张伟 002x")) == [""]
    assert Registration.objects.get().person.org == cast.company


def test_guest_sent_twice_is_one_guest(frank, session):
    guest = note(who="李外宾", way="walk_in", is_guest=True)

    for _ in range(3):
        assert receipts(send(frank, session, guest)) == [""]

    assert [str(one) for one in Registration.objects.all()] == ["李外宾"]
    assert Mark.objects.count() == 1


def test_stranger_to_the_roster_is_told_what_to_do(frank, session, cast):
    for who in ("查无此人", "马洛"):  # Mallory is on record, but the activity is not for his union
        assert receipts(walk(frank, session, who)) == [
            f"名册里没有“{who}”。写全姓名或拼音，或改作来宾。"
        ]
    assert not Registration.objects.exists()


def test_full_house_lets_nobody_walk_in(frank, session, cast):
    session.activity.capacity = 1
    session.activity.save()

    told = receipts(
        send(
            frank,
            session,
            note(who="艾丽", way="walk_in"),
            note(who="鲍博", way="walk_in"),
        )
    )

    assert told == ["", "名额已满，鲍博不能现场报名。"]
    assert [str(one) for one in Registration.objects.all()] == ["艾丽"]


def test_walk_in_with_an_unbelievable_clock_is_signed_up_for_nothing(frank, session, cast):
    old = (timezone.now() - timedelta(days=30)).isoformat()

    assert "不在本场前后" in receipts(walk(frank, session, "艾丽", at=old))[0]
    assert not Registration.objects.exists()


# A team's leader


def test_leader_signs_in_for_their_own_people_only(cast, session, alices):
    bob = cast.client("bob")
    other = RegistrationFactory(
        activity=session.activity, person=PersonFactory(org=cast.second_branch)
    )

    people = bob.get(at("carry", session)).json()["people"]
    told = receipts(send(bob, session, note(registration=alices.pk), note(registration=other.pk)))

    assert [one["id"] for one in people] == [alices.pk]
    assert told == ["", "名单里没有这个人。"]
    assert Mark.objects.get().way == Mark.Way.PROXY
    assert Mark.objects.get().made_by == cast.bob


def test_leaders_list_without_scripts_has_their_people_too(cast, session, alices):
    other = RegistrationFactory(
        activity=session.activity, person=PersonFactory(org=cast.second_branch, name="外人")
    )
    bob = cast.client("bob")

    page = bob.get(at("roll", session)).content.decode()
    for one in (alices, other):
        said = {"number": uuid4(), "registration": one.pk, "act": "in"}
        bob.post(at("roll", session), said)

    assert "艾丽" in page
    assert "外人" not in page
    assert "应到 <strong>1</strong>" in page
    assert [mark.registration for mark in Mark.objects.all()] == [alices]


def test_leader_lets_in_no_guest_and_no_stranger(cast, session):
    bob = cast.client("bob")
    PersonFactory(org=cast.second_branch, name="外人")

    assert receipts(walk(bob, session, "艾丽")) == [""]
    assert "名册里没有“外人”" in receipts(walk(bob, session, "外人"))[0]
    assert "来宾请到签到处报名" in receipts(walk(bob, session, "李外宾", is_guest=True))[0]


def test_leader_finds_the_way_on_the_activitys_page(cast, session):
    page = reverse("signing:portal-activity", args=[session.activity_id])

    assert at("phone", session) in cast.client("bob").get(page).content.decode()
    assert at("phone", session) not in cast.client("alice").get(page).content.decode()


def test_leader_has_no_door_once_it_is_recorded(cast, session, alices):
    session.activity.state = "recorded"
    session.activity.save()

    assert send(cast.client("bob"), session, note(registration=alices.pk)).status_code == 404


def test_batch_leaves_one_line_in_the_history(frank, session, alices):
    send(frank, session, note(registration=alices.pk), note(registration=alices.pk, act="out"))

    assert [entry.changes for entry in history_of(session.activity)] == [{"count": 2}]


def test_list_asks_as_much_for_one_as_for_many(
    frank, session, alices, cast, django_assert_num_queries
):
    frank.get(at("carry", session))
    with django_assert_num_queries(7):
        assert len(frank.get(at("carry", session)).json()["people"]) == 1
    for person in (cast.bob, cast.erin, PersonFactory(org=cast.branch)):
        RegistrationFactory(activity=session.activity, person=person)
    RegistrationFactory(activity=session.activity, person=None, guest="来宾", org=cast.branch)

    with django_assert_num_queries(7):
        people = frank.get(at("carry", session)).json()["people"]

    assert len(people) == 5
    assert {"来宾", str(cast.bob)} <= {one["name"] for one in people}
