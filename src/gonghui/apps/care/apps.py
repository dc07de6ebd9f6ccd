"""Registers the care of workers in hardship with Django."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "gonghui.apps.care"
    label = "care"
    verbose_name = "帮扶"
