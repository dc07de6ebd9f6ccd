"""What attendance adds to an activity: its record needs it, and whoever came stays on the list."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.activities.models import Activity
from gonghui.core.activities.sockets import Part, parts
from gonghui.core.signing.models import Registration
from gonghui.core.signing.sockets import holds
from gonghui.core.watch.following import quiet


def _has_come(registration: Registration) -> str:
    came = registration.attendances.filter(in_at__isnull=False).exists()
    return f"{registration}已经签到，不能退出。" if came else ""


parts.add("attendance", Part("出勤", Q(sessions__attendances__isnull=False)))
holds.add("attendance", _has_come)
quiet.add((Activity._meta.label_lower, "check"))
