"""Registers study rules with Django; the shipped slogans follow every migration."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class LearningConfig(AppConfig):
    name = "gonghui.apps.learning"
    label = "learning"
    verbose_name = "学习制度"

    def ready(self) -> None:
        post_migrate.connect(_ship, sender=self)


def _ship(using: str, **said: Any) -> None:
    if "learning_slogan" in connections[using].introspection.table_names():
        import_module("gonghui.apps.learning.actions.slogans").ship_slogans()
