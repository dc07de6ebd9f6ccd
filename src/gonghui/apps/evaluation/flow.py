"""The life of a scheme: drafted, issued, retired."""

from __future__ import annotations

from gonghui.core.flow.life import Flow, Transition

from .actions import check
from .models import Scheme
from .rules import writes

SCHEME = Flow(
    Scheme,
    (
        Transition(
            "issue", "印发", ("draft",), "issued", writes, effect=check, is_main=True,
            confirm="印发以后不能再改，只能另立新版本。要印发吗？",
        ),
        Transition("retire", "停用", ("issued",), "retired", writes),
    ),
)  # fmt: skip
