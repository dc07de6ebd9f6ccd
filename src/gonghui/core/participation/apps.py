"""Registers participation with Django."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "gonghui.core.participation"
    label = "participation"
    verbose_name = "活动参加情况"
