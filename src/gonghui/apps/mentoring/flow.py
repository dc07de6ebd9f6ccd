"""The lives of a pair, from the proposal to graduation, and of a recognition."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from .actions import growing, pairs
from .forms.steps import DeclineForm, EndForm, GraduateForm, RevokeForm
from .models import Pair, Recognition
from .rules import PAIR_RULES, RECOGNITION_RULES

AGREE = "同意以后，协议上写明的承诺对双方有效。"

LIFE = Flow(
    Pair,
    (
        Transition(
            "mentor_agree", "师傅同意", ("proposed",), "mentor", PAIR_RULES["mentor"],
            effect=pairs.agree_as_mentor, confirm=AGREE, is_main=True,
        ),
        Transition(
            "apprentice_agree", "徒弟同意", ("proposed",), "apprentice", PAIR_RULES["apprentice"],
            effect=pairs.agree_as_apprentice, confirm=AGREE, is_main=True,
        ),
        Transition(
            "mentor_agree_too", "师傅也同意", ("apprentice",), "agreed", PAIR_RULES["mentor"],
            effect=pairs.agree_as_mentor, confirm=AGREE, is_main=True,
        ),
        Transition(
            "apprentice_agree_too", "徒弟也同意", ("mentor",), "agreed",
            PAIR_RULES["apprentice"], effect=pairs.agree_as_apprentice, confirm=AGREE,
            is_main=True,
        ),
        Transition(
            "decline", "不同意", ("proposed", "mentor", "apprentice"), "declined",
            PAIR_RULES["either"], form=DeclineForm, effect=pairs.decline,
        ),
        Transition(
            "begin", "开始带教", ("agreed",), "running", PAIR_RULES["begin"], is_main=True,
        ),
        Transition(
            "graduate", "出师", ("running",), "graduated", PAIR_RULES["judge"],
            form=GraduateForm, effect=pairs.graduate, is_main=True,
        ),
        Transition(
            "end", "终止", ("proposed", "mentor", "apprentice", "agreed", "running"), "ended",
            PAIR_RULES["keep"], form=EndForm, effect=pairs.end,
        ),
    ),
)  # fmt: skip

RECOGNITION = Flow(
    Recognition,
    (
        Transition(
            "revoke", "撤销认定", ("standing",), "revoked", RECOGNITION_RULES["revoke"],
            form=RevokeForm, effect=growing.revoke_recognition,
        ),
    ),
)  # fmt: skip
