"""Registers people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "gonghui.core.people"
    label = "people"
    verbose_name = "人员"
