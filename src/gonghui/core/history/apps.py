"""Registers history with Django."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "gonghui.core.history"
    label = "history"
    verbose_name = "历史"
