"""A degree the union confirmed in the archive becomes the education on the person's record."""

from __future__ import annotations

from typing import Any

from gonghui.apps.archive import api as archive
from gonghui.apps.membership import api as membership
from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import on


@on("archive.piece", "confirm")
def keep_education(piece: Any, *, by: Actor, **said: Any) -> None:
    code = archive.education_of(piece)
    if code:
        reason = f"学习档案里已确认的学历：{piece.author}{piece}，{piece.grade}"
        membership.raise_education(piece.person, code, reason=reason, by=by)
