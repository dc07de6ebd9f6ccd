"""Names the documents part for Django and gives the screens their writer of papers."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "gonghui.core.documents"
    label = "documents"
    verbose_name = "文件"

    def ready(self) -> None:
        # The screens lie below the documents and cannot reach up for these themselves.
        from gonghui.core.screens import exports  # noqa: PLC0415  # apps are ready only now

        from . import lists  # noqa: PLC0415  # likewise

        exports.writers["pdf"] = lists.write_paper
        exports.writers_into["pdf"] = lists.write_paper_into
