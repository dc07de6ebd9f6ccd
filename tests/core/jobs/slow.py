"""An app that brings the tests' kinds of long work into a real worker."""

from importlib import import_module

from django.apps import AppConfig


class SlowConfig(AppConfig):
    name = "tests.core.jobs"
    label = "slow_jobs"

    def ready(self) -> None:
        import_module("tests.core.jobs.kinds_for_tests")
