"""What keeps a step of a filing from being taken yet, each in a sentence."""

from __future__ import annotations

from datetime import date

from ..models import SETTLED, Filing
from .checking import faults_of
from .filings import Sheet

NAMED = 3
SUMMED = "上级已经汇总上报，这里不能再变。请先请上级退回它自己的报表。"


def keeps_from_confirming(filing: Filing, day: date) -> str:
    """The period is over, the unit above still takes figures in, all is right or explained."""
    until = filing.collection.until
    if day <= until:
        return f"这一期到 {until:%Y-%m-%d} 才结束，结束以后再上报。"
    return keeps_from_change(filing, day) or _faults(filing)


def _faults(filing: Filing) -> str:
    """The first of what must be put right or explained, and how many there are."""
    left = [fault for fault in faults_of(Sheet(filing)) if fault.is_open]
    more = f"（共 {len(left)} 处）" if len(left) > NAMED else ""
    return "".join(fault.sentence for fault in left[:NAMED]) + more


def waiting_below(filing: Filing) -> int:
    """How many directly below are still expected to be approved."""
    return filing.below.exclude(state__in=SETTLED).count()


def keeps_from_change(filing: Filing, day: date) -> str:
    """What was summed above stays as it is until the unit above has its own open again."""
    above = filing.above
    return SUMMED if above is not None and not above.is_open else ""
