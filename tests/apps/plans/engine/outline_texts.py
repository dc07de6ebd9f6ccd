"""Outlines in our own words, and strategies that draw any outline and any change to it."""

from hypothesis import strategies as st

from gonghui.apps.plans.engine.outlining import (
    Aside,
    Cadence,
    Goal,
    Mark,
    Node,
    Outline,
)

WORDS = st.text("春季职工走访帮扶，学习班组建设。12 3×户、", min_size=1, max_size=12)


def small() -> Outline:
    """Two chapters with items at two levels, one line set aside."""
    return Outline(
        nodes=(
            Node(1, 0, "一、", "四月份", kind="section", months=(4,)),
            Node(2, 1, "1、", "走访老劳模"),
            Node(
                3,
                1,
                "2、",
                "办好读书角，适时开会",
                when=("适时",),
                doubts=("「适时」没有说日期。",),
            ),
            Node(4, 2, "(1)", "买书", owner="书社"),
            Node(5, 1, "3、", "看望  户困难家庭", blank=True, marks=(Mark(2, 5, "blank"),)),
            Node(6, 0, "二、", "五月份", kind="section", months=(5,)),
            Node(7, 1, "1、", "继续办好读书角", continues=3),
        ),
        furniture=(Aside(8, "本页由网友上传", 5),),
        title="读书会全年安排",
        next_id=9,
    )


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    nodes: list[Node] = []
    for i in range(draw(st.integers(1, 9))):
        above = nodes[-1].depth if nodes else -1
        text = draw(WORDS)
        end = draw(st.integers(0, len(text)))
        nodes.append(
            Node(
                id=i + 1,
                depth=draw(st.integers(0, above + 1)),
                marker=draw(st.sampled_from(("", "一、", "1、", "(2)"))),
                text=text,
                kind=draw(st.sampled_from(("section", "task", "note"))),
                months=draw(st.sampled_from(((), (4,), (4, 5)))),
                every=draw(st.sampled_from(((), (Cadence("week", 1, 2),)))),
                targets=draw(st.sampled_from(((), (Goal(">=", 80, "%"),)))),
                doubts=draw(st.sampled_from(((), ("这里「12」拿不准。", "是两件事吗？")))),
                continues=draw(st.sampled_from((None, *range(1, i + 1)))),
                marks=(Mark(0, end, draw(st.sampled_from(("date", "target", "blank")))),),
            )
        )
    count = len(nodes)
    asides = tuple(
        Aside(count + 1 + i, draw(WORDS), draw(st.sampled_from((None, *range(1, count + 1)))))
        for i in range(draw(st.integers(0, 3)))
    )
    return Outline(tuple(nodes), asides, draw(WORDS), count + 1 + len(asides))


IDS = st.integers(1, 14)
MOVING = st.one_of(
    st.fixed_dictionaries(
        {
            "op": st.sampled_from(("indent", "outdent", "move_up", "move_down", "merge", "delete")),
            "node": IDS,
        }
    ),
    st.fixed_dictionaries(
        {
            "op": st.just("move_to"),
            "node": IDS,
            "target": IDS,
            "place": st.sampled_from(("before", "after", "under")),
        }
    ),
    st.fixed_dictionaries({"op": st.just("split"), "node": IDS, "at": st.integers(0, 12)}),
    st.fixed_dictionaries(
        {"op": st.just("restore_furniture"), "id": IDS, "after": st.none() | IDS}
    ),
    st.fixed_dictionaries(
        {"op": st.just("retype"), "node": IDS, "kind": st.sampled_from(("goal", "task"))}
    ),
    st.fixed_dictionaries({"op": st.just("set_months"), "node": IDS, "months": st.just([9])}),
    st.fixed_dictionaries({"op": st.just("set_continues"), "node": IDS, "continues": IDS}),
    st.fixed_dictionaries({"op": st.just("settle"), "node": IDS}),
)
WRITING = st.one_of(
    st.fixed_dictionaries({"op": st.just("set_text"), "node": IDS, "text": WORDS}),
    st.fixed_dictionaries({"op": st.just("set_marker"), "node": IDS, "marker": WORDS}),
    st.fixed_dictionaries({"op": st.just("fill_blank"), "node": IDS, "value": WORDS}),
    st.fixed_dictionaries({"op": st.just("add"), "after": st.none() | IDS, "text": WORDS}),
)
