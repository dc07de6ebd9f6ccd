"""Registers organisation with Django."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "gonghui.apps.organisation"
    label = "organisation"
    verbose_name = "组织会员"
