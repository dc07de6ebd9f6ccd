"""Registers backoffice with Django."""

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "gonghui.core.backoffice"
    label = "backoffice"
    verbose_name = "设置"
