"""What posts bring with them, asked together with the posts."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, JSONField

from .models import Role


class HeldByPost(Func):
    """Every role that is held by a post: the kinds of body, the titles, the capabilities.

    Roles are few and the same for every post; a query of their own would cost each page more.
    """

    output_field = JSONField()
    template = (
        "(SELECT %(gather)s(%(row)s("
        "%(read)s(role.post_kinds), %(read)s(role.post_titles), %(read)s(role.capabilities)))"
        " FROM %(roles)s role WHERE role.post_titles <> '[]')"
    )

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        roles = connection.ops.quote_name(Role._meta.db_table)
        return super().as_sql(compiler, connection, *args, roles=roles, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """JSON is text here, which must be read before it stands in other JSON."""
        words = {"gather": "json_group_array", "row": "json_array", "read": "json"}
        return self.as_sql(compiler, connection, **words, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        words = {"gather": "jsonb_agg", "row": "jsonb_build_array", "read": ""}
        return self.as_sql(compiler, connection, **words, **extra)
