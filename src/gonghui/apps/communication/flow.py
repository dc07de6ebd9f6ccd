"""The life of what was issued: it stands, or is withdrawn."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from . import actions
from .forms import WithdrawForm
from .models import Publication
from .rules import keeps

PUBLICATION = Flow(
    Publication,
    (
        Transition(
            "withdraw", "撤回", ("issued",), "withdrawn", keeps, form=WithdrawForm,
            effect=actions.withdraw,
        ),
    ),
)  # fmt: skip
