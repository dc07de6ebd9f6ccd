"""Model fields that Django lacks."""

from __future__ import annotations

from typing import Any

from django.db import models


class PathField(models.CharField):
    """A tree path compared byte by byte, so that a subtree is a range on every database."""

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
