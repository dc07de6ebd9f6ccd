"""Registers search with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "gonghui.core.search"
    label = "search"
    verbose_name = "搜索"
