"""Registers credits with Django."""

from django.apps import AppConfig


class CreditsConfig(AppConfig):
    name = "gonghui.core.credits"
    label = "credits"
    verbose_name = "学时与积累"
