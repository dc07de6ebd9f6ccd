"""The face as a Django app, so that its templates, tags and static files are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The vocabulary of screens; has no tables."""

    name = "gonghui.kit.ui"
    label = "ui"
    verbose_name = "界面"
