"""Registers orgs with Django."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "gonghui.core.orgs"
    label = "orgs"
    verbose_name = "组织"
