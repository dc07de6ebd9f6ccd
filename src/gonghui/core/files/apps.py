"""Registers files with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "gonghui.core.files"
    label = "files"
    verbose_name = "附件"
