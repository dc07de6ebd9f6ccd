"""Registers the site with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "gonghui.site"
    label = "site"
    verbose_name = "工会一本通"
