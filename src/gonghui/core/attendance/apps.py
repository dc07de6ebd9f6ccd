"""Registers attendance with Django, and what it adds to an activity."""

from importlib import import_module

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "gonghui.core.attendance"
    label = "attendance"
    verbose_name = "签到与记录"

    def ready(self) -> None:
        for name in ("plugs", "actions.judging"):
            import_module(f"gonghui.core.attendance.{name}")
