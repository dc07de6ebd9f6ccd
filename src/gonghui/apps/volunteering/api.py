"""What others may ask of volunteering."""

from __future__ import annotations

from .actions import Turn, add_shift, keep_need, keep_partner, plan_for, served_by
from .models import Need, Partner

__all__ = [
    "Need",
    "Partner",
    "Turn",
    "add_shift",
    "keep_need",
    "keep_partner",
    "plan_for",
    "served_by",
]
