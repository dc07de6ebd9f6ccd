"""What keeps a step of a filing from being taken yet, each in a sentence."""

from __future__ import annotations

from datetime import date

from ..models import Filing

SUMMED = "上级已经汇总上报，这里不能再变。请先请上级退回它自己的报表。"


def keeps_from_confirming(filing: Filing, day: date) -> str:
    """The period is over, and the unit above still takes figures in."""
    until = filing.collection.until
    if day <= until:
        return f"这一期到 {until:%Y-%m-%d} 才结束，结束以后再上报。"
    return keeps_from_change(filing, day)


def keeps_from_change(filing: Filing, day: date) -> str:
    """What was summed above stays as it is until the unit above has its own open again."""
    above = filing.above
    return SUMMED if above is not None and not above.is_open else ""
