"""The columns of lists of days of hire and of leaves, and where they are handed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from gonghui.core.exchange.kinds import Kind, register
from gonghui.core.exchange.people import NOTES, ORG_WORDS, WHO, in_words
from gonghui.core.sheets import cells
from gonghui.core.sheets.columns import Column

from .actions.importing import HireClerk, LeaveClerk
from .models import Hire, Leave, LeaveKind

_KINDS = {one.value: str(one.label) for one in LeaveKind}
_PROOF = Column("evidence", "凭据", cells.short_text(200), ("依据", "备注"), width=30)
HIRES = (
    *WHO,
    Column("on", "入职日期", cells.day, ("参加工作时间", "入厂日期", "到岗日期"), "2020-09-01",
           required=True),
    _PROOF,
)  # fmt: skip
LEAVES = (
    *WHO,
    Column("kind", "假别", cells.choice(_KINDS), ("请假种类", "类别"), "病假", required=True,
           choices=_KINDS),
    Column("since", "自", cells.day, ("开始日期", "起始日期"), "2026-03-02", required=True),
    Column("until", "至", cells.day, ("结束日期", "终止日期"), "2026-03-06", required=True),
    _PROOF,
)  # fmt: skip


def _page(name: str) -> Callable[[int], str]:
    return lambda pk: reverse(f"learning:{name}-detail", args=[pk])


def _register(code: str, label: str, columns: tuple[Column, ...], keys: str, **more: Any) -> None:
    register(
        Kind(
            code=code,
            label=label,
            noun="条",
            columns=columns,
            keys={"name": keys},
            capability="learning.write",
            describe=in_words,
            notes=NOTES,
            org_words=ORG_WORDS,
            changes=False,
            **more,
        )
    )


_register(
    "hires", "入职日期", HIRES, "姓名和所在单位", model=Hire, clerk=HireClerk,
    back="learning:hire-list", address=_page("hire"), touches=("learning.hire",),
)  # fmt: skip
_register(
    "leaves", "请假登记", LEAVES, "姓名和所在单位、假别、开始日期", model=Leave,
    clerk=LeaveClerk, back="learning:leave-list", address=_page("leave"),
    touches=("learning.leave",),
)  # fmt: skip
