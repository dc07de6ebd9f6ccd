"""Registers watch with Django, reads every app's checks and listens to the history."""

from importlib import import_module

from django.apps import AppConfig

from gonghui.kit.registry import discover


class WatchConfig(AppConfig):
    name = "gonghui.core.watch"
    label = "watch"
    verbose_name = "要留意"

    def ready(self) -> None:
        discover("checks")
        import_module("gonghui.core.watch.daily")  # its job runs the checks of the day
        trail = import_module("gonghui.core.history.trail")
        following = import_module("gonghui.core.watch.following")
        trail.after_record.append(following.follow)
