"""What records add to an activity: it needs one that says what came of it."""

from __future__ import annotations

from gonghui.core.activities.models import Activity
from gonghui.core.activities.sockets import Part, parts

from .actions import certifying, crediting  # noqa: F401  # listen to finished records
from .models import Record


def _has_gains(activity: Activity) -> bool:
    return Record.objects.filter(activity=activity).exclude(gains="").exists()


parts.add("gains", Part("活动收获", _has_gains))
