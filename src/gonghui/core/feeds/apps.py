"""Registers calendars with Django."""

from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "gonghui.core.feeds"
    label = "feeds"
    verbose_name = "日历订阅"
