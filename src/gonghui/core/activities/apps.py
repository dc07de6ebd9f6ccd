"""Registers activities with Django."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "gonghui.core.activities"
    label = "activities"
    verbose_name = "活动"
