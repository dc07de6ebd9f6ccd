"""Registers learning teams with Django."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "gonghui.apps.teams"
    label = "teams"
    verbose_name = "学习型班组"
