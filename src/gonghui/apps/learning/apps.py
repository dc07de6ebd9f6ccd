"""Registers study rules with Django."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "gonghui.apps.learning"
    label = "learning"
    verbose_name = "学习制度"
