"""What attendance adds to an activity: its record needs one, and whoever came stays on the list."""

from __future__ import annotations

from gonghui.core.activities.models import Activity
from gonghui.core.activities.sockets import Part, parts
from gonghui.core.signing.models import Registration
from gonghui.core.signing.sockets import holds

from .actions import crediting  # noqa: F401  # listens to finished records
from .models import Attendance, Record


def _has_attendance(activity: Activity) -> bool:
    return Attendance.objects.filter(session__activity=activity).exists()


def _has_gains(activity: Activity) -> bool:
    return Record.objects.filter(activity=activity).exclude(gains="").exists()


def _has_come(registration: Registration) -> str:
    return f"{registration}已经签到，不能退出。" if registration.attendances.exists() else ""


parts.add("attendance", Part("出勤", _has_attendance))
parts.add("gains", Part("活动收获", _has_gains))
holds.add("attendance", _has_come)
