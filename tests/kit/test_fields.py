"""A path is compared byte by byte on every database."""

from __future__ import annotations

from types import SimpleNamespace

from django.db import connection

from gonghui.core.orgs.models import Org


def test_path_is_compared_byte_by_byte_on_postgresql():
    field = Org._meta.get_field("path")

    def collation(vendor):
        types = {"CharField": "varchar(%(max_length)s)"}
        pretended = SimpleNamespace(
            vendor=vendor,
            ops=connection.ops,
            data_types=types,
            data_type_check_constraints={},
        )
        return field.db_parameters(pretended).get("collation")

    assert collation("postgresql") == "C"
    assert collation("sqlite") is None
