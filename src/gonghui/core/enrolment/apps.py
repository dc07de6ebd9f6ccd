"""Registers the list with Django."""

from importlib import import_module

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "gonghui.core.enrolment"
    label = "enrolment"
    verbose_name = "名单报名"

    def ready(self) -> None:
        import_module("gonghui.core.enrolment.exchange")
