"""The lives of an application to join, of a membership handed over and of a correction."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition
from gonghui.core.people.models import Correction

from .actions import applications, privacy, transfers
from .forms.record import AnswerForm, RefusalForm
from .forms.steps import AcceptForm, ApproveForm, RefuseForm, ReleaseForm, SettleForm
from .models import Application, Transfer
from .rules import APPLICATION_RULES, CORRECTION_RULES, TRANSFER_RULES

JOINING = Flow(
    Application,
    (
        Transition(
            "approve", "批准", ("submitted",), "approved", APPLICATION_RULES["decide"],
            form=ApproveForm, effect=applications.approve, is_main=True,
        ),
        Transition(
            "refuse", "不批准", ("submitted",), "refused", APPLICATION_RULES["decide"],
            form=RefuseForm, effect=applications.refuse,
        ),
        Transition(
            "withdraw", "撤回", ("submitted",), "withdrawn", APPLICATION_RULES["withdraw"],
            confirm="撤回后可以重新申请。",
        ),
    ),
)  # fmt: skip

HANDOVER = Flow(
    Transfer,
    (
        Transition(
            "release", "同意转出", ("asked",), "released", TRANSFER_RULES["release"],
            form=ReleaseForm, effect=transfers.release, is_main=True,
        ),
        Transition(
            "hold", "不同意转出", ("asked",), "refused", TRANSFER_RULES["release"],
            form=RefuseForm, effect=transfers.refuse,
        ),
        Transition(
            "accept", "接收", ("released",), "accepted", TRANSFER_RULES["accept"],
            form=AcceptForm, effect=transfers.accept, is_main=True,
        ),
        Transition(
            "decline", "不接收", ("released",), "refused", TRANSFER_RULES["accept"],
            form=RefuseForm, effect=transfers.refuse,
        ),
        Transition(
            "settle", "裁定转接", ("asked", "released"), "accepted", TRANSFER_RULES["settle"],
            form=SettleForm, effect=transfers.settle, is_main=True,
        ),
        Transition(
            "reject", "裁定不转", ("asked", "released"), "refused", TRANSFER_RULES["settle"],
            form=RefuseForm, effect=transfers.refuse,
        ),
        Transition(
            "withdraw", "撤回", ("asked", "released"), "withdrawn", TRANSFER_RULES["withdraw"],
            confirm="撤回后会籍仍在原工会，可以重新发起。",
        ),
    ),
)  # fmt: skip

CORRECTING = Flow(
    Correction,
    (
        Transition(
            "approve", "批准更正", ("asked",), "approved", CORRECTION_RULES["decide"],
            form=AnswerForm, effect=privacy.approve_correction, is_main=True,
        ),
        Transition(
            "refuse", "不更正", ("asked",), "refused", CORRECTION_RULES["decide"],
            form=RefusalForm, effect=privacy.refuse_correction,
        ),
        Transition(
            "take_back", "撤回", ("asked",), "taken_back", CORRECTION_RULES["take_back"],
            confirm="撤回后可以重新申请。",
        ),
    ),
)  # fmt: skip
