"""The face as a Django app, so that its templates, tags and static files are found."""

from django.apps import AppConfig
from django.forms import ChoiceField, Field, FileField, ModelChoiceField


class UiConfig(AppConfig):
    """The vocabulary of screens; has no tables."""

    name = "gonghui.kit.ui"
    label = "ui"
    verbose_name = "界面"

    def ready(self) -> None:
        """Ask for what is missing; Django's own sentence states a rule about fields."""
        Field.default_error_messages["required"] = "请填写这一项。"
        for kind in (ChoiceField, ModelChoiceField):
            kind.default_error_messages["required"] = "请选择一项。"
        FileField.default_error_messages["required"] = "请选择文件。"
