"""A form field that takes several files at once."""

from __future__ import annotations

from typing import Any

from django import forms


class SeveralFilesInput(forms.ClearableFileInput):
    """The browser's file chooser, for more than one file."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Cleans to a list of uploaded files; empty where none was chosen."""

    widget = SeveralFilesInput
    default_error_messages = {"empty": "有一个文件是空的（0 字节），请检查后重新选择。"}

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(SeveralFiles, self).clean(one, initial) for one in chosen]
        return [one for one in cleaned if one]
