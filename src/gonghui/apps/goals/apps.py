"""Registers goals with Django."""

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "gonghui.apps.goals"
    label = "goals"
    verbose_name = "目标与规划"
