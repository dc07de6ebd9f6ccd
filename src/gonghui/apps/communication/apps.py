"""Registers communication with Django."""

from django.apps import AppConfig


class CommunicationConfig(AppConfig):
    name = "gonghui.apps.communication"
    label = "communication"
    verbose_name = "宣传"
