"""Registers plans with Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "gonghui.apps.plans"
    label = "plans"
    verbose_name = "计划"
