"""Marks at the door through the action: once each, refused with a sentence, whatever the order."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from gonghui.core.access.actor import SYSTEM, Actor
from gonghui.core.activities.actions.activities import Sitting, set_sessions
from gonghui.core.activities.models import Activity, Session
from gonghui.core.attendance.actions.checking import Note, scan_ticket, take_notes
from gonghui.core.attendance.actions.entering import check_in, session_by
from gonghui.core.attendance.engine import codes
from gonghui.core.attendance.models import Attendance, Mark
from gonghui.core.history.trail import history_of
from gonghui.core.signing.actions.signing import withdraw
from gonghui.kit.errors import DomainError
from tests.factories.activities import SessionFactory
from tests.factories.signing import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return SessionFactory(activity__state="open")


@pytest.fixture
def alice(session):
    return RegistrationFactory(activity=session.activity)


def note(registration, act="in", **more) -> Note:
    return Note(uuid4(), act, more.pop("at", timezone.now()), registration=registration.pk, **more)


def attendance(registration) -> tuple[str, str]:
    kept = Attendance.objects.get(registration=registration)
    return kept.status, kept.conflict


def test_same_log_sent_twice_and_backwards_counts_once(session, alice):
    coming = note(alice)
    going = note(alice, "out", at=timezone.now() + timedelta(minutes=1))

    take_notes(session, [going, coming], by=SYSTEM)
    receipts = take_notes(session, [coming, going, coming], by=SYSTEM)

    assert Mark.objects.count() == 2
    assert [receipt.refused for receipt in receipts] == ["", "", ""]
    assert attendance(alice) == ("left_early", "")


def test_undone_sign_in_leaves_no_attendance(session, alice):
    coming = note(alice)
    take_notes(session, [coming], by=SYSTEM)

    take_notes(session, [note(alice, "undo", undoes=coming.number)], by=SYSTEM)

    assert not Attendance.objects.exists()


def test_stranger_of_another_activity_is_refused_and_stops_nobody(session, alice):
    stranger = RegistrationFactory()
    forged = Note(uuid4(), "in", timezone.now(), ticket="guessed")

    taken = take_notes(session, [note(stranger), forged, note(alice)], by=SYSTEM)

    assert [receipt.refused for receipt in taken] == [
        "名单里没有这个人。",
        "这个码不在本活动的名单里。",
        "",
    ]
    assert Attendance.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [(timedelta(hours=2), "手机时间快了"), (timedelta(hours=-5), "不在本场前后")],
)
def test_phone_with_a_wrong_clock_is_told(session, alice, wrong, words):
    (receipt,) = take_notes(session, [note(alice, at=timezone.now() + wrong)], by=SYSTEM)

    assert words in receipt.refused
    assert not Mark.objects.exists()


def test_copy_of_a_code_is_refused_the_second_time(session, alice):
    number = uuid4()
    scan_ticket(session, alice.ticket, number=number, by=SYSTEM, door="东门")

    with pytest.raises(DomainError, match="不能再用一次"):
        scan_ticket(session, alice.ticket, number=uuid4(), by=SYSTEM, door="西门")
    assert scan_ticket(session, alice.ticket, number=number, by=SYSTEM).number == number
    assert Mark.objects.count() == 1


def test_two_phones_without_a_network_show_the_conflict(session, alice):
    east, west = (
        Note(uuid4(), "in", timezone.now(), "scanned", ticket=alice.ticket, door=door)
        for door in ("东门", "西门")
    )

    take_notes(session, [east], by=SYSTEM)
    take_notes(session, [west], by=SYSTEM)

    state, conflict = attendance(alice)
    assert state == "present"
    assert conflict.startswith("同一个会员码扫了 2 次")


def test_checks_do_not_run_for_every_sign_in(session, alice, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as later:
        take_notes(session, [note(alice)], by=SYSTEM)

    assert later == []


def test_leaving_without_coming_is_kept_and_told(session, alice):
    take_notes(session, [note(alice, "out")], by=SYSTEM)

    assert attendance(alice) == ("absent", "有签退没有签到")
    take_notes(session, [note(alice, at=timezone.now() - timedelta(minutes=1))], by=SYSTEM)
    assert attendance(alice) == ("left_early", "")


def test_many_doors_of_long_names_fit_into_the_conflict(session, alice):
    doors = [f"{number}号楼一层东侧大厅主入口左手边第二个签到处" for number in range(20)]

    take_notes(session, [note(alice, door=door) for door in doors], by=SYSTEM)

    assert attendance(alice)[1].startswith("签到记了 20 次（0号楼")


def test_who_is_excused_may_still_withdraw_and_who_came_may_not(session, alice):
    Activity.objects.filter(pk=session.activity_id).update(seats_taken=2)
    take_notes(session, [note(alice, "excuse", reason="出差")], by=SYSTEM)
    other = RegistrationFactory(activity=session.activity)
    take_notes(session, [note(other)], by=SYSTEM)

    assert withdraw(alice, by=SYSTEM).status == "withdrawn"
    with pytest.raises(DomainError, match="已经签到，不能退出"):
        withdraw(other, by=SYSTEM)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="its tests share one memory")
@pytest.mark.parametrize("copies", [8])
def test_copy_scanned_at_many_doors_at_once_gets_in_once(session, alice, copies):
    barrier, let_in, refused = threading.Barrier(copies), [], []

    def press(door: str) -> None:
        barrier.wait()
        try:
            let_in.append(scan_ticket(session, alice.ticket, number=uuid4(), by=SYSTEM, door=door))
        except DomainError as error:
            refused.append(error.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(f"{n}号门",)) for n in range(copies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(let_in), len(refused)) == (1, copies - 1)
    assert all("不能再用一次" in sentence for sentence in refused)
    assert attendance(alice) == ("present", "")


def test_member_signs_in_with_the_code_on_the_screen(session, alice):
    code = codes.screen_code(session.pk, bytes(session.secret), timezone.now())

    mark = check_in(session_by(code), by=Actor(alice.person), number=uuid4())

    assert (mark.registration, mark.way) == (alice, Mark.Way.SELF)
    assert attendance(alice) == ("present", "")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("随便什么", "这不是签到码"),
        ("s.999999.1.abc", "没有这一场"),
        ("p.{pk}.AAAA", "不是本场发出的"),
    ],
)
def test_forged_code_is_refused_with_a_sentence(session, alice, code, words):
    with pytest.raises(DomainError, match=words):
        check_in(session_by(code.format(pk=session.pk)), by=Actor(alice.person), number=uuid4())


def test_who_has_not_signed_up_is_sent_to_the_desk(session, cast):
    code = codes.poster_code(session.pk, bytes(session.secret))

    with pytest.raises(DomainError, match="没有报名"):
        check_in(session_by(code), by=cast.actor("mallory"), number=uuid4())


def test_who_was_late_follows_the_session_when_it_is_moved(session, alice, cast):
    """Begun later than planned, nobody was late; and the other way round."""
    other = RegistrationFactory(activity=session.activity)
    gone = RegistrationFactory(activity=session.activity)
    begin = session.starts_at = timezone.now() - timedelta(minutes=40)
    session.save()
    taken = [
        note(alice, at=begin + timedelta(minutes=20)), note(other, at=begin),
        note(gone, "excuse"),
    ]  # fmt: skip
    take_notes(session, taken, by=SYSTEM)
    assert attendance(alice)[0] == "late"

    def move(by: timedelta) -> list[str]:
        sitting = Sitting(begin + by, session.ends_at + by, pk=session.pk)
        set_sessions(session.activity, [sitting], by=SYSTEM)
        return [attendance(one)[0] for one in (alice, other, gone)]

    assert move(timedelta(minutes=15)) == ["present", "present", "excused"]
    said = history_of(session.activity).filter(verb="judge").get()
    assert said.changes == {"count": 1}
    assert move(timedelta(minutes=-15)) == ["late", "late", "excused"]


def test_times_of_a_finished_record_stay(session, alice):
    Activity.objects.filter(pk=session.activity_id).update(state="recorded")
    moved = Sitting(session.starts_at, session.ends_at + timedelta(hours=1), pk=session.pk)

    with pytest.raises(DomainError, match="继续补记"):
        set_sessions(session.activity, [moved], by=SYSTEM)
