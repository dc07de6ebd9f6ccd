"""Registers notices with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "gonghui.core.notices"
    label = "notices"
    verbose_name = "通知"
