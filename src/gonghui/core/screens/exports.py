"""Export of a list exactly as shown: the same rows, in the same order, as a sheet or a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse

Writer = Callable[[str, Sequence["Column"], Any], HttpResponse]
KINDS = {"xlsx": "导出 Excel", "pdf": "导出 PDF"}
# Filled by core.documents at start-up, which lies above the screens.
writers: dict[str, Writer] = {}


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its head, how a row fills it, and how wide it is in characters."""

    label: str
    value: Callable[[Any], Any]
    width: int = 16


@dataclass(frozen=True)
class Export:
    """The columns a list is written out with."""

    columns: tuple[Column, ...]

    def links(self, request: HttpRequest) -> list[dict[str, str]]:
        """One link a kind; each keeps the filters of the list as shown."""
        found = []
        for kind, label in KINDS.items():
            query = request.GET.copy()
            query["export"] = kind
            query.pop("page", None)
            found.append({"label": label, "url": f"?{query.urlencode()}"})
        return found


def export_of(export: Export, rows: models.QuerySet[Any], kind: str, *, title: str) -> HttpResponse:
    if kind not in writers:
        raise Http404
    return writers[kind](title, export.columns, rows.iterator(chunk_size=2000))
