"""A degree the union confirmed in the archive becomes the education on the person's record."""

from __future__ import annotations

from typing import Any

from gonghui.apps.archive import api as archive
from gonghui.apps.membership import api as membership
from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import on

LONGEST = 200  # characters of a reason


@on("archive.piece", "confirm")
def keep_education(piece: Any, *, by: Actor, **said: Any) -> None:
    code = archive.education_of(piece)
    if code:
        membership.raise_education(piece.person, code, proof=_proof(piece), by=by)


@on("archive.piece", "return")
def take_education_back(piece: Any, *, by: Actor, reason: str, **said: Any) -> None:
    """What other degrees still prove stays; a degree that was never confirmed changes nothing."""
    if not archive.education_of(piece):
        return
    good, fallen = archive.degrees_of(piece.person)
    proofs = {_proof(one): archive.education_of(one) for one in good}
    why = f"学习档案里的学历材料已退回：{piece.author}{piece}。{reason}"[:LONGEST]
    gone = {_proof(one) for one in fallen} - proofs.keys()
    membership.lower_education(piece.person, gone, others=proofs.values(), why=why, by=by)
    for proof, code in proofs.items():
        membership.raise_education(piece.person, code, proof=proof, by=by)


def _proof(piece: Any) -> str:
    return f"学习档案里已确认的学历：{piece.author}{piece}，{piece.grade}"[:LONGEST]
