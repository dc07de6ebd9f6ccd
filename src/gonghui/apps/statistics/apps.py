"""Registers statistics with Django."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "gonghui.apps.statistics"
    label = "statistics"
    verbose_name = "统计报表"
