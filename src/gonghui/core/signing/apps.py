"""Registers signing up with Django, and what it does when an activity moves on."""

from importlib import import_module

from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "gonghui.core.signing"
    label = "signing"
    verbose_name = "报名"

    def ready(self) -> None:
        import_module("gonghui.core.signing.following")
