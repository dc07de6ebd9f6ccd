"""Two people count without seeing each other's figures; races are repeated, seats waived."""

from __future__ import annotations

import pytest

from gonghui.apps.elections.actions import counting
from gonghui.apps.elections.models import Candidate, Tally
from gonghui.core.history.trail import history_of
from gonghui.kit.errors import DomainError
from tests.apps.elections.life import again, convened, count, plan, step


@pytest.fixture
def race(cast):
    return convened(cast, plan(cast, chair=False)).races.get()


def names(race):
    return [str(c.person) for c in race.candidates.order_by("pk")]


def test_one_count_is_not_enough(cast, race):
    count(cast, race, [40, 35, 10], tellers=["frank"])

    with pytest.raises(DomainError, match="还差 1 个人录入计票"):
        step(race.election, "settle", cast.actor("frank"))


def test_a_third_teller_is_refused_and_a_teller_may_correct_their_own(cast, race):
    count(cast, race, [40, 35, 10])

    with pytest.raises(DomainError, match="已由两个人计过票"):
        count(cast, race, [40, 35, 10], tellers=["carol"])
    count(cast, race, [41, 35, 10], tellers=["bob"])
    assert Tally.objects.count() == 2


def test_counts_that_differ_say_where_and_not_what(cast, race):
    count(cast, race, [40, 35, 10], tellers=["frank"])
    count(cast, race, [40, 34, 10], tellers=["bob"], returned=44)

    with pytest.raises(DomainError, match="两个人录入的不一致：收回票、候选1的得票"):
        step(race.election, "settle", cast.actor("frank"))
    said = [entry.changes for entry in history_of(race.election) if entry.verb == "tally"]
    assert said == [{"office": "委员"}] * 2

    counting.recount(race, by=cast.actor("frank"))
    assert Tally.objects.count() == 0


def test_more_papers_back_than_went_out_void_the_vote(cast, race):
    count(cast, race, [30, 30, 10], issued=44, returned=45)

    with pytest.raises(DomainError, match="选举无效"):
        step(race.election, "settle", cast.actor("frank"))


def test_every_candidate_is_counted(cast, race):
    first = race.candidates.first()
    facts = {"issued": 45, "returned": 45, "invalid": 0}

    with pytest.raises(DomainError, match="没有得票的填 0"):
        counting.enter_tally(race, votes={first.pk: 1}, by=cast.actor("frank"), **facts)


def test_a_tie_is_voted_on_again_among_the_level(cast, race):
    count(cast, race, [33, 28, 28])

    repeat = counting.repeat_race(race, by=cast.actor("frank"))

    assert (repeat.seats, names(repeat)) == (1, ["候选1", "候选2"])
    count(cast, repeat, [19, 26])
    step(race.election, "settle", cast.actor("frank"))
    won = Candidate.objects.filter(elected=True)
    assert sorted(str(c.person) for c in won) == ["候选0", "候选2"]


def test_too_few_are_chosen_again_or_the_seat_is_waived(cast, race):
    count(cast, race, [40, 25, 10])
    frank = cast.actor("frank")
    assert names(counting.repeat_race(race, by=frank)) == ["候选1", "候选2"]
    with pytest.raises(DomainError, match="已经另行选举"):
        counting.repeat_race(again(race), by=frank)
    repeat = race.repeat
    count(cast, repeat, [25, 20])

    counting.waive_seats(repeat, waiver="大会多数同意", by=frank)

    assert step(race.election, "settle", frank).state == "settled"
    assert again(repeat).waived == 1


def test_a_full_race_is_neither_repeated_nor_waived(cast, race):
    count(cast, race, [40, 35, 10])

    with pytest.raises(DomainError, match="已经选满"):
        counting.repeat_race(race, by=cast.actor("frank"))
    with pytest.raises(DomainError, match="已经选满"):
        counting.waive_seats(race, waiver="", by=cast.actor("frank"))


def test_counting_is_over_once_the_result_is_declared(cast, race):
    count(cast, race, [40, 35, 10])
    step(race.election, "settle", cast.actor("frank"))

    with pytest.raises(DomainError, match="只有大会选举时"):
        count(cast, race, [40, 35, 10])
