"""Registers mentoring with Django."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "gonghui.apps.mentoring"
    label = "mentoring"
    verbose_name = "师带徒"
