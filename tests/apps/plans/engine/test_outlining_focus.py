"""Where the eye rests after a change."""

import pytest

from gonghui.apps.plans.engine.outline_focus import focus_after
from gonghui.apps.plans.engine.outlining import Outline, apply
from tests.apps.plans.engine.outline_texts import small


@pytest.mark.parametrize(
    ("op", "focus"),
    [
        ({"op": "split", "node": 3, "at": 4}, 9),
        ({"op": "add", "after": 5, "text": "办一次讲座"}, 9),
        ({"op": "merge", "node": 3}, 2),
        ({"op": "all", "ops": [{"op": "merge", "node": 3}]}, 2),
        ({"op": "delete", "node": 3}, 5),
        ({"op": "delete", "node": 7}, 6),
        ({"op": "outdent", "node": 3}, 3),
        ({"op": "restore_furniture", "id": 8, "after": 5}, 8),
        ({"op": "all", "ops": [{"op": "settle", "node": 3}]}, 3),
    ],
)
def test_the_eye_rests_on_what_is_new_or_stands_there_now(op, focus):
    assert focus_after(op, small(), apply(small(), op)) == focus


def test_an_empty_outline_has_nowhere_to_rest() -> None:
    assert focus_after({"op": "delete", "node": 3}, small(), Outline()) is None
