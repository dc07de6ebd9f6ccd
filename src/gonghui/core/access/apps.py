"""Registers access with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "gonghui.core.access"
    label = "access"
    verbose_name = "权限"
