"""Rows of another table that ride along with a question, as one value of JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import DecimalField, F, Func, JSONField, Model, QuerySet, Subquery, TextField
from django.db.models.functions import JSONArray

M = TypeVar("M", bound=Model)


class _Value(Func):
    """A column as a part of JSON; on SQLite JSON is text, which must be read to stand in other."""

    arity = 1
    template = "%(expressions)s"

    def _resolve_output_field(self) -> Any:
        """A decimal goes as text: a number of JSON would come as a float."""
        field = super()._resolve_output_field()  # type: ignore[misc]  # left out of the stubs
        return TextField() if isinstance(field, DecimalField) else field

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        if isinstance(self.output_field, JSONField):
            extra["template"] = "json(%(expressions)s)"
        elif isinstance(self.output_field, TextField):
            extra["template"] = "CAST(%(expressions)s AS text)"
        return self.as_sql(compiler, connection, **extra)


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


class Columns(Generic[M]):
    """Some columns of a model as they ride along, and the record that is made of them again."""

    def __init__(self, model: type[M], names: Iterable[str]) -> None:
        wanted = set(names)
        self.model = model
        self._fields = [one for one in model._meta.concrete_fields if one.name in wanted]

    def names(self, prefix: str = "") -> list[str]:
        return [f"{prefix}{one.name}" for one in self._fields]

    def record(self, values: Sequence[Any]) -> M:
        """Without the other columns, which are read when somebody asks for them."""
        known = [one.to_python(value) for one, value in zip(self._fields, values, strict=True)]
        return self.model.from_db(None, [one.attname for one in self._fields], known)
