"""Whatever a roster holds: taken in and taken back, the database is what it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.core.exchange import actions
from gonghui.core.people.ledger import wrong_people
from gonghui.core.people.models import Person

from .rosters import HEAD, commit, everything, hand_in, line, undo

pytestmark = pytest.mark.slow

# A small world, so that rows meet each other and the people on record in every way.
rows = st.builds(
    lambda name, serial, **more: line(name, serial, **{k: v for k, v in more.items() if v != "*"}),
    st.sampled_from(["安澜", "李勤", "王强", ""]),
    st.integers(1, 6),
    身份证号=st.sampled_from(["*", "*", "", "123"]),
    手机号码=st.sampled_from(["*", "", "13900000001"]),
    部门=st.sampled_from(["生产部", "质检部", ""]),
    用工形式=st.sampled_from(["合同制", "在编", ""]),
    入会日期=st.sampled_from(["2015-07-01", "2016.1.2", "2017.05", ""]),
)
left = st.sampled_from(["", "", "2026-01-05"])
lists = st.lists(
    st.tuples(rows, left).map(lambda pair: [*pair[0], pair[1]]), min_size=1, max_size=6
)


@settings(max_examples=10)
@given(
    told=lists,
    rule=st.sampled_from(["skip", "fill", "overwrite"]),
    key=st.sampled_from(["number", "card", "birth", "mobile"]),
    decision=st.sampled_from(["same", "other", "skip"]),
)
def test_taken_in_and_taken_back_leaves_everything_as_it_was(cast, told, rule, key, decision):
    if not Person.objects.filter(name="安澜").exists():
        commit(cast, hand_in(cast, line("安澜", 1), line("李勤", 2, 入会日期="")))
    before = everything()
    frank = cast.actor("frank")

    batch = hand_in(cast, *told, head=[*HEAD, "离开日期"])
    if batch.stage == "previewed":
        batch = actions.match_by(batch, key, by=frank)
        actions.decide_all(batch, decision, by=frank)
        batch = commit(cast, batch, rule)
        assert batch.stage == "committed", batch.job.result
        assert wrong_people(Person.objects.values_list("pk", flat=True)) == []
        batch = undo(cast, batch)
        assert set(batch.outcome) <= {"x", "k", "w", "l"}
    assert everything() == before
