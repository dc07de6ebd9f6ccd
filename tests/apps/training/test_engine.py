"""Drawing, marking, ranking and passing, without a database."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.apps.training.engine.drawing import Candidate, Slot, TooFew, draw, shuffled
from gonghui.apps.training.engine.marking import gained, plain, tidy
from gonghui.apps.training.engine.passing import Shown, Terms, verdict
from gonghui.apps.training.engine.questions import key_from, key_in_words, problem_of
from gonghui.apps.training.engine.standing import standings

SORTS = ("single", "judge")
bank = st.lists(
    st.tuples(st.sampled_from(["安全", "师德"]), st.sampled_from(SORTS)), max_size=30
).map(lambda rows: [Candidate(n, *row) for n, row in enumerate(rows, 1)])
slots = st.lists(
    st.tuples(st.sampled_from(["", "安全", "师德"]), st.sampled_from(SORTS)),
    unique=True,
    min_size=1,
    max_size=6,
).flatmap(
    lambda keys: st.tuples(*[st.tuples(st.integers(1, 6), st.integers(1, 5)) for _ in keys]).map(
        lambda counts: [Slot(*key, *one) for key, one in zip(keys, counts, strict=True)]
    )
)


def enough(wanted: list[Slot], held: list[Candidate]) -> bool:
    """The slow and obvious way: topics first, then whatever is left of the sort."""
    for sort in SORTS:
        here = [one for one in held if one.answer == sort]
        named = [one for one in wanted if one.answer == sort and one.topic]
        if any(one.count > sum(c.topic == one.topic for c in here) for one in named):
            return False
        if sum(one.count for one in wanted if one.answer == sort) > len(here):
            return False
    return True


@given(slots, bank, st.integers(0, 2**63))
def test_draw_fills_every_slot_or_says_which_it_cannot(wanted, held, seed):
    by_number = {one.number: one for one in held}

    if not enough(wanted, held):
        with pytest.raises(TooFew) as caught:
            draw(wanted, held, seed)
        assert caught.value.there < caught.value.slot.count
        return
    paper = draw(wanted, held, seed)

    assert len({one.number for one in paper}) == len(paper) == sum(s.count for s in wanted)
    places = iter(paper)
    for slot in wanted:
        for one in (next(places) for _ in range(slot.count)):
            assert one.points == slot.points
            assert by_number[one.number].answer == slot.answer
            assert slot.topic in ("", by_number[one.number].topic)


@given(slots, bank, st.integers(0, 2**63), st.randoms())
def test_same_seed_draws_the_same_paper_whatever_order_the_bank_comes_in(wanted, held, seed, mix):
    if not enough(wanted, held):
        return
    other = list(held)
    mix.shuffle(other)

    assert draw(wanted, held, seed) == draw(wanted, other, seed)


@given(st.lists(st.text(min_size=1), unique=True, min_size=2, max_size=6), st.data())
def test_shuffled_options_keep_what_is_right(options, data):
    key = data.draw(st.lists(st.integers(0, len(options) - 1), unique=True, min_size=1))

    shown, at = shuffled(options, key, Random(data.draw(st.integers())))

    assert sorted(shown) == sorted(options)
    assert {shown[one] for one in at} == {options[one] for one in key}


@pytest.mark.parametrize(
    ("answer", "key", "said", "partial", "points"),
    [
        ("single", [1], [1], "whole", 5),
        ("single", [1], [0], "whole", 0),
        ("single", [1], [], "whole", 0),
        ("judge", [0], [0], "share", 5),
        ("multiple", [0, 2], [0, 2], "whole", 5),
        ("multiple", [0, 2], [2, 0], "share", 5),
        ("multiple", [0, 2], [0], "whole", 0),
        ("multiple", [0, 2], [0], "share", 2),  # half of five, rounded down
        ("multiple", [0, 1, 2], [0, 1], "share", 3),
        ("multiple", [0, 2], [0, 1], "share", 0),
        ("multiple", [0, 2], [0, 1, 2], "share", 0),
        ("blank", ["安全第一"], [" 安全 第一 "], "whole", 5),
        ("blank", ["PDA", "手持终端"], ["ｐｄａ"], "whole", 5),
        ("blank", ["PDA"], ["掌机"], "share", 0),
        ("blank", ["PDA"], [""], "share", 0),
    ],
)
def test_marking(answer, key, said, partial, points):
    assert gained(answer, key, said, 5, partial) == points


@given(
    st.sets(st.integers(0, 5), min_size=1),
    st.sets(st.integers(0, 5)),
    st.integers(1, 20),
    st.sampled_from(["whole", "share"]),
)
def test_points_are_whole_and_full_only_for_the_whole_answer(key, said, points, partial):
    got = gained("multiple", list(key), list(said), points, partial)

    assert isinstance(got, int)
    assert 0 <= got <= points
    assert (got == points) == (said == key)
    if said - key:
        assert got == 0


def test_words_are_compared_without_width_capitals_and_blanks():
    assert plain(" ＧＩＳ 管网 ") == plain("gis管网")


@pytest.mark.parametrize(
    ("answer", "said", "kept"),
    [
        ("single", ["2", "1"], [1]),
        ("multiple", ["2", "0", "2", "9", "x", "-1"], [0, 2]),
        ("judge", ["1"], [1]),
        ("judge", ["7"], []),
        ("blank", ["  安全 "], ["安全"]),
        ("blank", [""], []),
    ],
)
def test_what_a_form_sent_is_tidied(answer, said, kept):
    assert tidy(answer, said, 3 if answer != "judge" else 2) == kept


def test_squads_stand_by_their_best_members():
    squads = {1: [11, 12, 13], 2: [21, 22], 3: [31], 4: [41, 42]}
    best = {11: 90, 12: 70, 13: 80, 21: 85, 22: 85, 31: 100, 41: 60, 42: 61}

    places = standings(squads, best, 2, "mean")

    assert [(one.squad, one.rank, one.words) for one in places] == [
        (1, 1, "85"),
        (2, 1, "85"),
        (4, 3, "60.5"),
        (3, None, ""),
    ]
    assert places[-1].missing == 1


def test_squads_sum_everybody_where_no_number_is_set():
    places = standings({1: [11, 12], 2: [21]}, {11: 1, 12: 1, 21: 3}, None, "sum")

    assert [(one.squad, one.score) for one in places] == [(2, Fraction(3)), (1, Fraction(2))]


def test_a_third_is_never_rounded_before_it_is_ranked():
    best = {1: 33, 2: 33, 3: 34, 4: 33, 5: 33, 6: 33}

    places = standings({1: [1, 2, 3], 2: [4, 5, 6]}, best, 3, "mean")

    assert [one.rank for one in places] == [1, 2]
    assert places[0].words == "33.33"


@pytest.mark.parametrize(
    ("terms", "shown", "passed"),
    [
        (Terms(None, None), Shown(0, 0, None), None),
        (Terms(80, None), Shown(80, 100, None), True),  # exactly
        (Terms(80, None), Shown(79, 100, None), False),
        (Terms(67, None), Shown(2, 3, None), False),  # 66.67 %
        (Terms(66, None), Shown(2, 3, None), True),
        (Terms(80, None), Shown(0, 0, None), False),
        (Terms(None, 60), Shown(0, 0, 60), True),
        (Terms(None, 60), Shown(0, 0, 59), False),
        (Terms(None, 60), Shown(0, 0, None), False),
        (Terms(80, 60), Shown(90, 100, 59), False),
    ],
)
def test_who_passes_a_class(terms, shown, passed):
    found = verdict(terms, shown)

    assert (found and found[0]) == passed
    assert found is None or bool(found[1]) != found[0]


@pytest.mark.parametrize(
    ("answer", "said", "key"),
    [
        ("single", "b", [1]),
        ("multiple", "A、C D", [0, 2, 3]),
        ("multiple", "第一个", []),
        ("judge", "√", [0]),
        ("judge", "错误", [1]),
        ("judge", "也许", []),
        ("blank", "PDA|手持终端", ["PDA", "手持终端"]),
        ("blank", " \n ", []),
    ],
)
def test_key_as_people_write_it(answer, said, key):
    assert key_from(answer, said) == key
    if key:
        assert key_from(answer, key_in_words(answer, key)) == key


@pytest.mark.parametrize(
    ("answer", "options", "key", "words"),
    [
        ("single", ["甲", "乙"], [0], ""),
        ("single", ["甲", "乙"], [0, 1], "单选题只能有一个"),
        ("single", ["甲"], [0], "至少要有两个选项"),
        ("single", ["甲", "", "丙"], [0], "中间不能空着"),
        ("single", ["甲", "甲 "], [0], "两个选项一样"),
        ("single", ["甲", "乙"], [2], "要在选项里"),
        ("multiple", ["甲", "乙"], [1], "至少有两个正确选项"),
        ("multiple", ["甲", "乙"], [0, 1], ""),
        ("judge", [], [], "「对」或「错」"),
        ("judge", [], [1], ""),
        ("blank", [], [" "], "至少一个正确的答法"),
        ("blank", [], ["安全"], ""),
    ],
)
def test_why_a_question_is_none(answer, options, key, words):
    problem = problem_of(answer, options, key)

    assert words in problem
    assert bool(problem) == bool(words)
