"""What attendance adds to an activity: its record needs it, and whoever came stays on the list."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.activities.models import Activity
from gonghui.core.activities.sockets import Part, parts
from gonghui.core.people.own import Detail, own_details
from gonghui.core.signing.models import Registration
from gonghui.core.signing.sockets import holds
from gonghui.core.watch.following import quiet

from .models import Mark
from .queries.roll import came_to


def _has_come(registration: Registration) -> str:
    return f"{registration}已经签到，不能退出。" if came_to(registration) else ""


parts.add("attendance", Part("出勤", Q(sessions__attendances__isnull=False)))
holds.add("attendance", _has_come)
quiet.add((Activity._meta.label_lower, "check"))
own_details.add("attendance.mark", Detail(Mark, "registration"))
