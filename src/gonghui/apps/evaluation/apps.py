"""Registers evaluation with Django."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "gonghui.apps.evaluation"
    label = "evaluation"
    verbose_name = "评估"
