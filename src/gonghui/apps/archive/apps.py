"""Registers the learning archive with Django."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "gonghui.apps.archive"
    label = "archive"
    verbose_name = "学习档案"
