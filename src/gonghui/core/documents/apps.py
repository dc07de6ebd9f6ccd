"""Names the documents part for Django and gives the screens their writers."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "gonghui.core.documents"
    label = "documents"
    verbose_name = "文件"

    def ready(self) -> None:
        # The screens lie below the documents and cannot reach up for these themselves.
        from gonghui.core.screens.exports import writers  # noqa: PLC0415  # apps are ready only now

        from .lists import write_paper, write_sheet  # noqa: PLC0415  # likewise

        writers["xlsx"], writers["pdf"] = write_sheet, write_paper
