"""Registers the site with Django, and lets the seams listen."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig

from gonghui import seams


class SiteConfig(AppConfig):
    name = "gonghui.site"
    label = "site"
    verbose_name = "工会一本通"

    def ready(self) -> None:
        for module in iter_modules(seams.__path__, f"{seams.__name__}."):
            import_module(module.name)
