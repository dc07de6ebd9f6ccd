"""What the public notice of a round still keeps from being done, in words."""

from __future__ import annotations

from datetime import date, timedelta

from ..models import ObjectionState, Round, RoundState


def keeps_from_award(round_: Round, day: date) -> str:
    """Why titles cannot be given that day; empty where nothing stands against it."""
    until = round_.notice_until
    if until is None or day <= until:
        first = f"：最早 {until + timedelta(days=1)}" if until else ""
        return f"公示到 {until} 为止，期满以后才能命名{first}。"
    if waiting := round_.objections.filter(state=ObjectionState.OPEN).count():
        return f"还有 {waiting} 件异议没有核实答复，答复以后才能命名。"
    upheld = round_.objections.filter(state=ObjectionState.UPHELD)
    if upheld.filter(notice_number=round_.notice_number).exists():
        return "有异议经核实属实，请先重新评定，再公示。"
    return ""


def takes_objections(round_: Round, day: date) -> bool:
    until = round_.notice_until
    return round_.state == RoundState.NOTICE and until is not None and day <= until
