"""Registers training with Django."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "gonghui.apps.training"
    label = "training"
    verbose_name = "培训"
