"""Logs of several phones, cut and mixed and sent again in any way, leave the same in the tables."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.core.access.actor import SYSTEM
from gonghui.core.activities.models import Session
from gonghui.core.attendance.actions.checking import Note, take_notes
from gonghui.core.attendance.models import Attendance, Mark
from gonghui.core.signing.models import Registration
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.signing import RegistrationFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PEOPLE, PHONES = 3, 3
some = settings(max_examples=25)

# One press on a phone: whom (the last is not on the list), what, when, and which press it undoes.
presses = st.tuples(
    st.integers(0, PEOPLE),
    st.sampled_from(["in", "out", "excuse", "undo"]),
    st.integers(-60, 170),
    st.integers(1, 12),
    st.sampled_from(["", "出差", "生病"]),
)
logs = st.lists(st.lists(presses, max_size=4), min_size=1, max_size=PHONES)


@pytest.fixture
def session(cast) -> Session:
    begun = timezone.now() - timedelta(hours=3)
    evening = ActivityFactory(org=cast.company, state="open")
    return SessionFactory(activity=evening, starts_at=begun, ends_at=begun + timedelta(hours=2))


@pytest.fixture
def people(session) -> list[int]:
    """Three on the list, and one of another activity."""
    own = RegistrationFactory.create_batch(PEOPLE, activity=session.activity)
    return [one.pk for one in [*own, RegistrationFactory()]]


def noted(session: Session, people: list[int], made) -> list[list[Note]]:
    """The logs of the phones; every note has its own number, whichever phone made it."""
    numbers = iter(range(1, 100))
    return [
        [
            Note(
                UUID(int=next(numbers)),
                act,
                session.starts_at + timedelta(minutes=minute),
                "scanned" if phone else "ticked",
                registration=people[who],
                door=f"{phone}号门",
                reason=reason,
                undoes=UUID(int=undoes) if act == "undo" else None,
            )
            for who, act, minute, undoes, reason in log
        ]
        for phone, log in enumerate(made)
    ]


def sendings(notes: list[Note], dice, times: int) -> list[list[Note]]:
    """The same notes, so many times each, in any order and cut anywhere."""
    all_of_them = notes * times
    dice.shuffle(all_of_them)
    cut = []
    while all_of_them:
        size = dice.randint(1, len(all_of_them))
        cut.append(all_of_them[:size])
        all_of_them = all_of_them[size:]
    return cut


def left_by(session: Session, sent: list[list[Note]]):
    """What the tables and the receipts say after these sendings; then all is taken back."""
    receipts = {}
    with transaction.atomic():
        for part in sent:
            for receipt in take_notes(session, part, by=SYSTEM):
                before = receipts.setdefault(receipt.number, receipt.refused)
                assert before == receipt.refused
        fields = ("registration", "status", "in_at", "out_at", "reason", "conflict")
        state = set(Attendance.objects.filter(session=session).values_list(*fields))
        marks = set(Mark.objects.filter(session=session).values_list("number", "act", "at"))
        assert len(marks) == Mark.objects.filter(session=session).count()
        transaction.set_rollback(True)
    return state, marks, receipts


@some
@given(logs, st.randoms(use_true_random=False), st.integers(1, 3))
def test_any_mixing_of_logs_leaves_the_same(session, people, made, dice, times):
    whole = noted(session, people, made)
    mixed = sendings([note for log in whole for note in log], dice, times)

    assert left_by(session, mixed) == left_by(session, whole)


@some
@given(logs)
def test_log_uploaded_twice_and_backwards_adds_nothing(session, people, made):
    whole = noted(session, people, made)
    backwards = [log[::-1] for log in reversed(whole)]

    assert left_by(session, [*whole, *backwards, *whole]) == left_by(session, whole)


@some
@given(logs)
def test_nothing_taken_is_lost_and_nobody_without_a_mark_came(session, people, made):
    whole = noted(session, people, made)
    state, marks, receipts = left_by(session, whole)

    taken = {number for number, refused in receipts.items() if not refused}
    assert {number for number, _, _ in marks} == taken
    came = {row[0] for row in state if row[2]}
    stood = {n.registration for log in whole for n in log if n.act == "in" and n.number in taken}
    assert came <= stood
    assert Registration.objects.filter(pk__in=came, activity=session.activity).count() == len(came)
