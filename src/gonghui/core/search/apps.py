"""Registers search with Django, reads every app's sources and listens to the history."""

from importlib import import_module

from django.apps import AppConfig

from gonghui.kit.registry import discover


class SearchConfig(AppConfig):
    name = "gonghui.core.search"
    label = "search"
    verbose_name = "搜索"

    def ready(self) -> None:
        discover("search")
        trail = import_module("gonghui.core.history.trail")
        cards = import_module("gonghui.core.search.cards")
        trail.after_record.append(cards.follow)
        trail.after_record_many.append(cards.follow_many)
