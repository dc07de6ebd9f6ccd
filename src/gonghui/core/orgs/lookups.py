"""``org__within=(path, …)``: the key points into one of these subtrees; a body's own key only."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignKey, Lookup

from gonghui.kit.prepared import for_few


@ForeignKey.register_lookup
class Within(Lookup):  # type: ignore[type-arg]  # a lookup compares with anything
    """The numbers of the subtrees' bodies, by ranges of paths, as a condition on the key itself.

    The same as ``org__in=Org.objects.filter(subtree(path)).values("pk")``, told without building
    that query anew each time; and two of them over the same paths are equal, so that a rule made
    of several says it once.

    Asked of a few rows, it looks where the body of each stands instead of listing all below:
    PostgreSQL then keeps one plan for every path, and makes no list for every rule on the page.
    """

    lookup_name = "within"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        key, params = self.process_lhs(compiler, connection)
        paths = tuple(self.rhs)
        if not paths:
            raise EmptyResultSet
        bodies = self.lhs.output_field.related_model._meta
        table, number, path = map(
            connection.ops.quote_name,
            (bodies.db_table, bodies.pk.column, bodies.get_field("path").column),
        )
        ranges = " OR ".join([f"(W.{path} >= %s AND W.{path} < %s)"] * len(paths))
        bounds = [bound for top in paths for bound in (top, f"{top}~")]
        # S608: the names are our own.
        if for_few():
            stands = f"(SELECT {ranges} FROM {table} W WHERE W.{number} = {key})"  # noqa: S608
            return stands, [*bounds, *params]
        inside = f"SELECT W.{number} FROM {table} W WHERE {ranges}"  # noqa: S608
        return f"{key} IN ({inside})", [*params, *bounds]
