"""What marks would be if an item weighed something else or its limits lay elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from . import marking


@dataclass(frozen=True)
class Changed:
    """What is tried for one item; None leaves it as it is."""

    weight: Fraction | None = None
    full_at: Fraction | None = None
    zero_at: Fraction | None = None


def marks_if(rule: marking.Rule, value: Any, changed: Changed) -> Fraction | None:
    """Marks by the changed item; what a rater or an option gave grows with the weight."""
    weight = rule.weight if changed.weight is None else changed.weight
    tried = replace(
        rule,
        full_at=rule.full_at if changed.full_at is None else changed.full_at,
        zero_at=rule.zero_at if changed.zero_at is None else changed.zero_at,
    )
    if rule.method in {marking.EACH, marking.DEDUCT}:
        return marking.marks_of(replace(tried, weight=weight), value)
    if marking.fault_of(tried):
        return None
    marks = marking.marks_of(tried, value)
    if marks is None or not rule.weight:
        return marks
    return marks * weight / rule.weight
