"""Registers volunteering with Django."""

from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    name = "gonghui.apps.volunteering"
    label = "volunteering"
    verbose_name = "志愿服务"
