"""The life of a piece: written by its person, or handed in and confirmed by the union."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from .actions import steps
from .forms.steps import ReasonForm
from .models import Piece
from .rules import PIECE_RULES, at_once, confirmed, own

_judges = PIECE_RULES["judge"] & confirmed

LIFE = Flow(
    Piece,
    (
        Transition(
            "write", "记入档案", ("draft", "returned"), "written", own & at_once,
            effect=steps.write, is_main=True,
        ),
        Transition(
            "hand_in", "交工会确认", ("draft", "returned"), "handed_in", own & confirmed,
            effect=steps.hand_in, is_main=True,
        ),
        Transition("recall", "收回来改", ("handed_in",), "draft", own),
        Transition(
            "reopen", "继续修改", ("written",), "draft", own, effect=steps.take_back,
            confirm="改好以前先不计入，也不给别人看；改完再按“记入档案”。",
        ),
        Transition(
            "confirm", "确认", ("handed_in",), "confirmed", _judges, effect=steps.confirm,
            is_main=True,
        ),
        Transition(
            "return", "退回", ("handed_in", "confirmed"), "returned", _judges, form=ReasonForm,
            effect=steps.send_back,
        ),
        Transition(
            "discard", "删除", ("draft", "returned"), "discarded", own,
            confirm="删除后不再出现在档案里，可以在“已删除”里恢复。",
        ),
        Transition("restore", "恢复", ("discarded",), "draft", own),
    ),
)  # fmt: skip
