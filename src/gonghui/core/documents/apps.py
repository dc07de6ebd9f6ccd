"""Names the documents part for Django."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "gonghui.core.documents"
    label = "documents"
    verbose_name = "文件"
