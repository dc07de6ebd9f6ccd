"""Rows of another table that ride along with a question, as one value of JSON."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import F, Func, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONArray


class _Value(Func):
    """A column as a part of JSON; on SQLite JSON is text, which must be read to stand in other."""

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        is_json = isinstance(self.output_field, JSONField)
        return (
            self.as_sql(compiler, connection, template="json(%(expressions)s)", **extra)
            if (is_json)
            else self.as_sql(compiler, connection, **extra)
        )


class Gathered(Subquery):
    """The rows a queryset finds, each as a list of the named values; nothing where it finds none.

    Numbers, words and JSON come as they are. A query of their own would cost a page more.
    """

    output_field: ClassVar[JSONField] = JSONField()
    template = "(SELECT %(gather)s FROM (%(subquery)s) found)"

    def __init__(self, rows: QuerySet[Any], *names: str) -> None:
        one = JSONArray(*(_Value(F(name)) for name in names))
        super().__init__(rows.annotate(one=one).values_list("one"))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, gather="json_group_array(json(one))", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, gather="jsonb_agg(one)", **extra)
