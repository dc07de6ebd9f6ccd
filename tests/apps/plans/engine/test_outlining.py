"""The outline machine: each change does what the officer means, and none loses a word."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonghui.apps.plans.engine.outline_nodes import is_forest
from gonghui.apps.plans.engine.outlining import (
    Cadence,
    Goal,
    Impossible,
    Mark,
    Node,
    Outline,
    apply,
    conflicts,
    diff,
    doubtful,
    outline_from_json,
    outline_to_json,
    parents,
    summary,
)
from tests.apps.plans.engine.outline_texts import MOVING, WRITING, outlines, small

pytestmark = pytest.mark.slow


def shape(outline):
    return [(node.id, node.depth) for node in outline.nodes]


def characters(outline):
    said = outline.title + "".join(n.marker + n.text for n in outline.nodes)
    return Counter(said + "".join(a.text for a in outline.furniture))


def after_all(outline, ops):
    """What comes of trying the changes one by one; an impossible one changes nothing."""
    for op in ops:
        try:
            outline = apply(outline, op)
        except Impossible:
            continue
    return outline


def outcome(act):
    """An outline came of it, or a whole sentence for the officer; anything else is raised."""
    try:
        return isinstance(act(), Outline)
    except Impossible as problem:
        return problem.sentence.endswith("。")


@given(outlines(), st.lists(MOVING, max_size=8))
@settings(max_examples=200)
def test_no_change_of_shape_loses_or_adds_a_character(outline, ops):
    after = after_all(outline, ops)

    assert characters(after) == characters(outline)


@given(outlines(), st.lists(MOVING | WRITING, max_size=8))
@settings(max_examples=200)
def test_any_changes_leave_an_outline_that_can_be_stored(outline, ops):
    after = after_all(outline, ops)

    assert is_forest(after.nodes)
    assert outline_from_json(outline_to_json(after)) == after


@given(outlines(), MOVING | WRITING)
@settings(max_examples=200)
def test_nodes_outside_the_difference_are_the_same(outline, op):
    after = after_all(outline, [op])

    touched = diff(outline, after)
    kept = {n.id: n for n in outline.nodes if n.id not in touched}
    above = {n.id: p and p.id for n, p in parents(outline.nodes)}
    now = {n.id: (n, p and p.id) for n, p in parents(after.nodes)}
    assert [i for i in kept if replace(now[i][0], depth=0) != replace(kept[i], depth=0)] == []
    assert [i for i in kept if now[i][1] != above[i]] == []
    assert bool(touched) == (after.nodes != outline.nodes or after.furniture != outline.furniture)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(
    st.one_of(
        JUNK,
        st.fixed_dictionaries(
            {"op": st.sampled_from(("indent", "all", "split"))},
            optional={"node": JUNK, "ops": JUNK, "at": JUNK, "settles": JUNK},
        ),
    )
)
@settings(max_examples=300)
def test_any_input_is_a_change_or_a_sentence(op):
    assert outcome(lambda: apply(small(), op))


@given(JUNK | st.fixed_dictionaries({"nodes": JUNK, "furniture": JUNK, "title": st.just("")}))
@settings(max_examples=300)
def test_any_json_is_an_outline_or_a_sentence(value):
    assert outcome(lambda: outline_from_json(value))


def test_indent_takes_what_is_below_along():
    after = apply(small(), {"op": "indent", "node": 3})

    assert shape(after)[2:4] == [(3, 2), (4, 3)]


def test_indent_of_a_first_child_is_impossible():
    with pytest.raises(Impossible, match="没有同级"):
        apply(small(), {"op": "indent", "node": 2})


def test_outdent_keeps_the_order_of_the_text_and_adopts_what_followed():
    after = apply(small(), {"op": "outdent", "node": 3})

    assert shape(after)[:5] == [(1, 0), (2, 1), (3, 0), (4, 1), (5, 1)]


def test_move_up_and_down_exchange_whole_subtrees():
    up = apply(small(), {"op": "move_up", "node": 5})
    back = apply(up, {"op": "move_down", "node": 5})

    assert [i for i, _ in shape(up)] == [1, 2, 5, 3, 4, 6, 7]
    assert back == small()


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("before", [(1, 0), (2, 1), (5, 1), (3, 0), (4, 1), (6, 0), (7, 1)]),
        ("after", [(1, 0), (2, 1), (5, 1), (6, 0), (7, 1), (3, 0), (4, 1)]),
        ("under", [(1, 0), (2, 1), (5, 1), (6, 0), (7, 1), (3, 1), (4, 2)]),
    ],
)
def test_move_to_puts_a_subtree_around_another_node(place, expected):
    after = apply(small(), {"op": "move_to", "node": 3, "target": 6, "place": place})

    assert shape(after) == expected


def test_a_node_cannot_move_into_itself():
    with pytest.raises(Impossible, match="自己里面"):
        apply(small(), {"op": "move_to", "node": 3, "target": 4, "place": "under"})


def test_split_sends_words_doubts_and_children_to_the_part_they_follow():
    after = apply(small(), {"op": "split", "node": 3, "at": 6})

    first, second, child = after.nodes[2:5]
    assert (first.text, second.text, second.id, child.id) == ("办好读书角，", "适时开会", 9, 4)
    assert (first.when, first.doubts) == ((), ())
    assert (second.when, second.doubts) == (("适时",), ("「适时」没有说日期。",))


def test_split_sends_each_stated_fact_with_its_words():
    node = Node(
        1,
        0,
        "",
        "五月体检，每周学习一次，达80%",
        months=(5,),
        every=(Cadence("week", 1, 1),),
        targets=(Goal(">=", 80, "%"),),
        marks=(Mark(0, 2, "date"), Mark(5, 11, "cadence"), Mark(13, 16, "target")),
    )

    first, second = apply(Outline((node,), next_id=2), {"op": "split", "node": 1, "at": 5}).nodes

    assert (first.months, first.every, first.targets) == ((5,), (), ())
    assert (second.months, second.every, second.targets) == ((), node.every, node.targets)
    assert [second.text[m.start : m.end] for m in second.marks] == ["每周学习一次", "80%"]


def test_split_with_a_marker_that_stands_there_takes_it_out_of_the_text():
    outline = Outline((Node(1, 0, "1、", "种树；2、浇水"),), next_id=2)

    second = apply(outline, {"op": "split", "node": 1, "at": 3, "marker": "2、"}).nodes[1]

    assert (second.marker, second.text) == ("2、", "浇水")


@pytest.mark.parametrize("at", [0, 99])
def test_split_at_an_end_is_impossible(at):
    with pytest.raises(Impossible, match="光标"):
        apply(small(), {"op": "split", "node": 2, "at": at})


def test_merge_joins_words_and_repoints_what_named_the_lost_node():
    after = apply(small(), {"op": "merge", "node": 3})

    joined = after.node(2)
    assert joined.text == "走访老劳模2、办好读书角，适时开会"
    assert joined.doubts == ("「适时」没有说日期。",)
    assert (after.node(4).depth, after.node(7).continues) == (2, 2)


def test_merge_never_closes_a_circle():
    outline = replace(small(), nodes=(*small().nodes[:6], replace(small().nodes[6], continues=5)))
    linked = apply(outline, {"op": "set_continues", "node": 6, "continues": 7})

    after = apply(linked, {"op": "merge", "node": 6})

    assert (after.node(5).continues, after.node(7).continues) == (None, 5)


def test_the_first_node_has_nothing_to_merge_with():
    with pytest.raises(Impossible, match="第一条"):
        apply(small(), {"op": "merge", "node": 1})


def test_delete_sets_aside_in_order_and_restore_brings_back_all_that_was_known():
    gone = apply(small(), {"op": "delete", "node": 3})
    first, second, old = gone.furniture
    back = apply(gone, {"op": "restore_furniture", "id": first.id, "after": first.after})
    both = apply(back, {"op": "restore_furniture", "id": second.id, "after": first.id})

    assert [first.text, second.text, old.text] == [
        "2、办好读书角，适时开会",
        "(1)买书",
        "本页由网友上传",
    ]
    assert gone.node(7).continues is None
    assert [(n.depth, n.marker, n.text) for n in both.nodes] == [
        (n.depth, n.marker, n.text) for n in small().nodes
    ]
    assert both.node(second.id).owner == "书社"


def test_asides_behind_a_removed_node_hang_on_the_one_before_it():
    after = apply(small(), {"op": "delete", "node": 1})

    assert {aside.after for aside in after.furniture} == {None}
    assert [a.text for a in after.furniture][-1] == "本页由网友上传"


def test_restored_text_takes_no_other_node_from_its_parent():
    after = apply(small(), {"op": "restore_furniture", "id": 8, "after": 3})

    assert shape(after)[2:5] == [(3, 1), (8, 2), (4, 2)]


def test_add_stands_beside_the_node_it_follows():
    after = apply(small(), {"op": "add", "after": 5, "text": "办一次讲座"})

    assert after.nodes[5] == Node(9, 1, "", "办一次讲座")
    assert after.next_id == 10


@pytest.mark.parametrize(
    ("op", "field", "value"),
    [
        ({"op": "retype", "kind": "goal"}, "kind", "goal"),
        ({"op": "set_marker", "marker": " 四、 "}, "marker", "四、"),
        ({"op": "set_months", "months": [11, 12, 1, 12]}, "months", (11, 12, 1)),
        ({"op": "set_due", "due": "02-29"}, "due", "02-29"),
        ({"op": "set_due", "due": "spring-festival"}, "due", "spring-festival"),
        ({"op": "set_due", "due": None}, "due", None),
        (
            {"op": "set_every", "every": [{"unit": "2years", "min": 1, "max": 1}]},
            "every",
            (Cadence("2years", 1, 1),),
        ),
        (
            {"op": "set_targets", "targets": [{"op": ">=", "value": 50, "unit": "%"}]},
            "targets",
            (Goal(">=", 50, "%"),),
        ),
        ({"op": "set_owner", "owner": "刘", "owner_person": 12}, "owner_person", 12),
        ({"op": "set_area", "area": "经费"}, "area", "经费"),
        ({"op": "set_continues", "continues": 3}, "continues", 3),
    ],
)
def test_facts_are_set_as_the_officer_says(op, field, value):
    after = apply(small(), {**op, "node": 5})

    assert getattr(after.node(5), field) == value


@pytest.mark.parametrize(
    "op",
    [
        {"op": "set_due", "due": "02-30"},
        {"op": "set_due", "due": "13-01"},
        {"op": "set_due", "due": "明天"},
        {"op": "set_months", "months": [13]},
        {"op": "set_every", "every": [{"unit": "blink", "min": 1, "max": 1}]},
        {"op": "set_every", "every": [{"unit": "week", "min": 3, "max": 1}]},
        {"op": "set_targets", "targets": [{"op": "≥", "value": 1, "unit": ""}]},
        {"op": "set_targets", "targets": [{"op": ">=", "value": float("inf"), "unit": ""}]},
        {"op": "set_owner", "owner": "刘", "owner_person": 1, "owner_org": 2},
        {"op": "set_continues", "continues": 5},
        {"op": "set_text", "text": "\0"},
        {"op": "set_text", "text": 5},
        {"op": "set_text"},
        {"op": "set_text", "text": "好", "more": 1},
        {"op": "explode"},
        {"op": "move_to", "target": 1, "place": "beside"},
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(op):
    with pytest.raises(Impossible) as problem:
        apply(small(), {**op, "node": 5})

    assert problem.value.sentence.endswith("。")


def test_continuing_in_a_circle_is_impossible():
    with pytest.raises(Impossible, match="首尾相接"):
        apply(small(), {"op": "set_continues", "node": 3, "continues": 7})


def test_text_and_number_cannot_both_be_empty():
    bare = apply(small(), {"op": "set_marker", "node": 5, "marker": ""})

    with pytest.raises(Impossible, match="不能没有内容"):
        apply(bare, {"op": "set_text", "node": 5, "text": " "})
    with pytest.raises(Impossible, match="请写出"):
        apply(bare, {"op": "add", "after": None, "text": " "})


def test_new_wording_keeps_the_marks_whose_words_remain():
    outline = Outline((Node(1, 0, "", "五月体检", marks=(Mark(0, 2, "date"), Mark(2, 4, "x"))),))

    after = apply(outline, {"op": "set_text", "node": 1, "text": "在五月组织"})

    assert after.nodes[0].marks == (Mark(1, 3, "date"),)


def test_a_blank_is_filled_where_the_hole_is():
    after = apply(small(), {"op": "fill_blank", "node": 5, "value": "12"})

    assert (after.node(5).text, after.node(5).blank) == ("看望12户困难家庭", False)


def test_a_blank_marked_at_its_measure_word_is_done_once_filled():
    marks = (Mark(2, 3, "blank"), Mark(3, 5, "owner"))
    outline = Outline((Node(1, 0, "", "共有个车间参加", blank=True, marks=marks),))

    (after,) = apply(outline, {"op": "fill_blank", "node": 1, "value": "12"}).nodes

    assert (after.text, after.blank) == ("共有12个车间参加", False)
    assert after.marks == (Mark(5, 7, "owner"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共有个代表团参加", "共有8个代表团参加"),
        ("20××人参加", "208人参加"),
        ("评出“”名先进", "评出“8”名先进"),
    ],
)
def test_holes_are_seen_in_every_manner_of_scrubbing(text, expected):
    outline = Outline((Node(1, 0, "", text, blank=True),))

    assert apply(outline, {"op": "fill_blank", "node": 1, "value": "8"}).nodes[0].text == expected


def test_a_hole_nobody_sees_is_filled_where_the_officer_says():
    outline = Outline((Node(1, 0, "", "走访职工", blank=True),))

    with pytest.raises(Impossible, match="看不出"):
        apply(outline, {"op": "fill_blank", "node": 1, "value": "8位"})
    filled = apply(outline, {"op": "fill_blank", "node": 1, "value": "8位", "at": 2})
    assert filled.nodes[0].text == "走访8位职工"
    with pytest.raises(Impossible, match="填在哪里"):
        apply(outline, {"op": "fill_blank", "node": 1, "value": "8位", "at": 9})


def test_doubts_come_first_and_are_settled_one_by_one():
    doubt = "「适时」没有说日期。"

    settled = apply(small(), {"op": "settle", "node": 3, "doubt": doubt})
    dated = apply(small(), {"op": "set_due", "node": 3, "due": "04-20", "settles": doubt})

    assert [n.id for n in doubtful(small())] == [3]
    assert (doubtful(settled), settled.node(3).settled) == ((), True)
    assert (dated.node(3).due, doubtful(dated)) == ("04-20", ())


def test_several_changes_are_made_together_or_not_at_all():
    good = {"op": "set_months", "node": 5, "months": [6]}
    bad = {"op": "set_due", "node": 5, "due": "00-00"}

    assert apply(small(), {"op": "all", "ops": [good]}).node(5).months == (6,)
    with pytest.raises(Impossible):
        apply(small(), {"op": "all", "ops": [good, bad]})
    with pytest.raises(Impossible, match="最多"):
        apply(small(), {"op": "all", "ops": [{"op": "all", "ops": []}]})


def test_a_change_fits_unless_it_rests_on_what_changed_since():
    newer = apply(small(), {"op": "set_months", "node": 4, "months": [6]})
    changed = diff(small(), newer)

    assert changed == {4}
    assert not conflicts({"op": "set_due", "node": 5, "due": "04-01"}, newer, changed)
    assert conflicts({"op": "set_due", "node": 4, "due": "04-01"}, newer, changed)
    assert conflicts({"op": "outdent", "node": 3}, newer, changed)
    assert conflicts({"op": "merge", "node": 5}, newer, changed)
    assert conflicts({"op": "all", "ops": [{"op": "settle", "node": 4}]}, newer, changed)


def test_a_move_touches_the_node_that_moved_and_not_those_it_passed():
    newer = apply(small(), {"op": "move_to", "node": 2, "target": 5, "place": "after"})

    assert diff(small(), newer) == {2}


def test_a_change_to_a_node_that_is_gone_conflicts():
    newer = apply(small(), {"op": "merge", "node": 4})

    assert conflicts({"op": "retype", "node": 4, "kind": "note"}, newer, diff(small(), newer))


def test_the_head_counts_what_was_read():
    counted = summary(small())

    assert (counted.chapters, counted.items, counted.doubts) == (2, 5, 1)
    assert (counted.blanks, counted.aside) == (1, 1)


@pytest.mark.parametrize(
    "broken",
    [
        {"nodes": [{"id": 1, "depth": 1}]},
        {"nodes": [{"id": 1, "depth": 0}, {"id": 1, "depth": 0}], "next_id": 5},
        {"nodes": [{"id": 1, "depth": 0}], "next_id": 1},
        {"nodes": [{"id": 1, "depth": 0, "continues": 9}], "next_id": 10},
        {"nodes": [{"id": 1, "depth": 0, "colour": "red"}], "next_id": 2},
        {"nodes": [{"id": 1, "depth": 0, "kind": "wish"}], "next_id": 2},
        {"nodes": [{"id": 1, "depth": 0, "marks": [[3, 1, "date"]]}], "next_id": 2},
        {"nodes": [{"id": 1, "depth": 0, "blank": 1}], "next_id": 2},
        {"nodes": "all"},
        [],
    ],
)
def test_a_stored_outline_that_is_none_is_refused(broken):
    with pytest.raises(Impossible):
        outline_from_json(broken)
