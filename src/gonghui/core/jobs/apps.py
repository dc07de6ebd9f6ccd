"""Registers jobs with Django and reads every app's kinds of long work."""

from importlib import import_module

from django.apps import AppConfig

from gonghui.kit.registry import discover


class JobsConfig(AppConfig):
    name = "gonghui.core.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        import_module("gonghui.core.jobs.minding")
        discover("jobs")
