"""Whatever happens in whatever order: never too many, nobody waits in vain, the order is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.core.access.actor import SYSTEM
from gonghui.core.activities.models import Activity
from gonghui.core.signing.actions.choosing import choose
from gonghui.core.signing.actions.places import Share, set_places
from gonghui.core.signing.actions.seating import Seats, wish_of
from gonghui.core.signing.actions.signing import Signing, sign_up, withdraw
from gonghui.core.signing.engine.places import House, Wish, moving_up
from gonghui.core.signing.models import Quota, Registration
from gonghui.kit.errors import DomainError
from tests.factories.activities import ActivityFactory
from tests.factories.organisation import OrgFactory, PersonFactory
from tests.factories.signing import QuotaFactory

PEOPLE, COMPANIONS = 6, 2
Step = tuple[str, int, int, Any]

ITEMS = st.sampled_from([(), (0,), (1,), (0, 1), (1, 2), (0, 1, 2)])  # of three
# Somebody signs up (who, with how many, for which items), chooses others, withdraws, or the places
# are changed.
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("sign"),
            st.integers(0, PEOPLE - 1),
            st.integers(0, COMPANIONS),
            ITEMS,
        ),
        st.tuples(st.just("choose"), st.integers(0, PEOPLE - 1), st.just(0), ITEMS),
        st.tuples(st.just("withdraw"), st.integers(0, PEOPLE - 1), st.just(0), st.just(0)),
        st.tuples(st.just("places"), st.integers(0, 9), st.integers(0, 5), st.integers(0, 5)),
    ),
    max_size=14,
)


class Ledger:
    """One activity with three items, a unit that has places of its own, and six people."""

    def __init__(self) -> None:
        unit = OrgFactory()
        self.activity = ActivityFactory(
            state="open", capacity=3, companions_allowed=COMPANIONS, items_allowed=3
        )
        self.unit = QuotaFactory(activity=self.activity, name="", org=unit, capacity=2)
        self.groups = [QuotaFactory(activity=self.activity, name=n, capacity=2) for n in "甲乙丙"]
        inside = PersonFactory.create_batch(PEOPLE // 2, org=unit)
        self.people = [*inside, *PersonFactory.create_batch(PEOPLE - PEOPLE // 2)]

    def take(self, step: Step) -> None:
        verb, first, second, third = step
        if verb == "sign":
            names = tuple(f"家属{n}" for n in range(second))
            one = Signing(self.people[first], quotas=self._items(third), companion_names=names)
            sign_up(self.activity, [one], by=SYSTEM)
        elif verb == "choose":
            mine = self.activity.registrations.filter(person=self.people[first]).first()
            if mine is not None and mine.status in ("signed", "waiting"):
                choose(mine, self._items(third), by=SYSTEM)
        elif verb == "withdraw":
            mine = self.activity.registrations.filter(person=self.people[first]).first()
            if mine is not None:
                withdraw(mine, by=SYSTEM)
        else:
            self._places(first or None, second, third)

    def _items(self, which: tuple[int, ...]) -> tuple[Quota, ...]:
        return tuple(self.groups[at] for at in which)

    def _places(self, capacity: int | None, unit: int, group: int) -> None:
        """Fewer than are taken is refused whole: nothing may have changed then."""
        shares = [
            Share(unit, org=self.unit.org, pk=self.unit.pk),
            *(Share(group, name=one.name, pk=one.pk) for one in self.groups),
        ]
        before = self.rows()
        try:
            set_places(self.activity, capacity, by=SYSTEM, shares=shares)
        except DomainError:
            assert self.rows() == before

    def rows(self) -> list[tuple]:
        fields = ("pk", "status", "line")
        return list(self.activity.registrations.order_by("pk").values_list(*fields))

    def line(self) -> list[Registration]:
        return list(self.activity.registrations.filter(status="waiting").order_by("line"))

    def seated(self) -> set[int]:
        """Who of the six has a place; only giving it back oneself takes it away."""
        signed = self.activity.registrations.filter(status="signed")
        people = set(signed.values_list("person", flat=True))
        return {at for at, person in enumerate(self.people) if person.pk in people}

    def check(self) -> None:
        """Counted from the rows: the counters are right, nobody is too many, nobody could sit."""
        self.activity.refresh_from_db()
        signed = list(self.activity.registrations.filter(status="signed"))
        assert self.activity.seats_taken == sum(one.seats for one in signed)
        capacity = self.activity.capacity
        assert capacity is None or self.activity.seats_taken <= capacity
        for quota in self.activity.quotas.all():
            taken = sum(one.seats for one in signed if self._holds(one, quota))
            assert quota.seats_taken == taken <= quota.capacity
        house = Seats.of(self.activity).house
        house.inside = {one.pk for one in signed}
        assert not [one for one in self.turns() if house.fits(one)]

    def _holds(self, one: Registration, quota: Quota) -> bool:
        """A place in one item is one in the whole; nobody holds one there without."""
        chosen = {choice.quota_id: choice.line for choice in one.chosen.all()}
        assert not chosen or None in chosen.values()
        return one.unit_quota_id == quota.pk or chosen.get(quota.pk, 0) is None

    def turns(self) -> list[Wish]:
        """What is waited for: items one by one, or a place in all where no item was chosen."""
        standing = self.activity.registrations.filter(status__in=("signed", "waiting"))
        found = []
        for one in standing:
            chosen = list(one.chosen.all())
            found += [wish_of(one, choice) for choice in chosen if choice.line is not None]
            if one.status == "waiting":
                assert all(choice.line is not None for choice in chosen)
                found += [] if chosen else [wish_of(one)]
        return found


def keys(line: Sequence[Registration]) -> list[int]:
    return [one.pk for one in line]


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=40)
@given(STEPS)
def test_any_interleaving_leaves_a_sound_list(cast, steps):
    with transaction.atomic():
        ledger = Ledger()
        for step in steps:
            before, seated = keys(ledger.line()), ledger.seated()
            ledger.take(step)
            ledger.check()
            after = keys(ledger.line())
            assert [pk for pk in after if pk in before] == [pk for pk in before if pk in after]
            gone = {step[1]} if step[0] in ("withdraw", "choose") else set()
            assert seated - gone <= ledger.seated()
        transaction.set_rollback(True)


@st.composite
def lives(draw) -> tuple[House, list[Wish]]:
    """A house with quotas, and a line before it."""
    free = {number: draw(st.integers(0, 5)) for number in range(3)}
    house = House(0, draw(st.one_of(st.none(), st.integers(0, 9))), free)
    some = st.one_of(st.none(), st.sampled_from([1, 2]))
    wishes = draw(st.lists(st.tuples(st.integers(0, 5), some), max_size=12))
    seats = draw(st.lists(st.integers(1, 3), min_size=6, max_size=6))
    return house, [Wish(who, seats[who], 0 if who < 3 else None, item) for who, item in wishes]


@given(lives())
def test_who_is_passed_over_could_not_have_been_seated(life):
    """Nobody is passed over for somebody behind them while there was room for both."""
    house, line = life
    replay = House(house.taken, house.capacity, dict(house.free))

    moved = list(moving_up(house, line))

    rest = iter(moved)
    coming = next(rest, None)
    for wish in line:
        assert replay.fits(wish) == (wish is coming)
        if wish is coming:
            replay.take(wish)
            coming = next(rest, None)
    assert replay == house
    assert min(house.free.values()) >= 0
    assert house.capacity is None or house.taken <= house.capacity


def test_database_refuses_an_overbooked_row(db):
    """Whoever writes it, and however they counted."""
    activity = ActivityFactory(state="open", capacity=2)

    with pytest.raises(IntegrityError, match="never_overbooked"), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(seats_taken=3)
