"""Pages of a list that may be a whole city: counted as far as it helps, dressed one page at a time.

Beyond ``MOST`` rows a list says so instead of how many; who wants to know asks (``?count=all``),
and whoever walks past what was counted has the rest counted too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models.sql.where import WhereNode
from django_tables2.data import TableListData, TableQuerysetData

from gonghui.kit.counting import count_all, count_prepared
from gonghui.kit.prepared import prepared

MOST = 10_000
FEW = 200  # rows the database dresses as quickly as it finds them


class Rows(TableQuerysetData):  # type: ignore[misc]  # django-tables2 has no types
    """The rows of a table: of a long list the page's keys are found first, then only its rows."""

    def __init__(
        self, rows: models.QuerySet[Any], *, exact: bool = False, key: Hashable = None
    ) -> None:
        """``key`` names all that the rows and their order depend on, where that is known."""
        super().__init__(rows)
        self.exact, self.key = exact, key
        self._length: int | None = None

    def __len__(self) -> int:
        """How many rows there are, up to ``MOST`` where nobody asked for all."""
        if self._length is None:
            self._length = self._count()
        return self._length

    def _count(self) -> int:
        def asked() -> dict[str, models.QuerySet[Any]]:
            keys = self.data.order_by().values_list("pk")
            return {"rows": keys if self.exact else keys[: MOST + 1]}

        if self.key is None:
            return count_all(**asked())["rows"]
        return count_prepared((self.key, self.exact), asked)["rows"]

    def count_all(self) -> None:
        self.exact, self._length = True, None

    @property
    def is_capped(self) -> bool:
        return not self.exact and len(self) > MOST

    def __getitem__(self, key: Any) -> Any:
        """With joins and counts per row the database would dress all rows before it sorts them."""
        if not isinstance(key, slice):
            return super().__getitem__(key)
        cut = (key.start, key.stop)
        if len(self) <= FEW:
            return TableListData(list(self._asked(cut, lambda: self.data[key])))
        keys = list(
            self._asked(("keys", *cut), lambda: self.data.values_list("pk", flat=True)[key])
        )
        page = self._asked(tuple(keys), lambda: _of(self.data, keys))
        found = {row.pk: row for row in page}
        return TableListData([found[pk] for pk in keys if pk in found])

    def _asked(
        self, part: tuple[Any, ...], ask: Callable[[], models.QuerySet[Any]]
    ) -> models.QuerySet[Any]:
        return ask() if self.key is None else prepared((self.key, part), ask)


def _of(rows: models.QuerySet[Any], keys: list[int]) -> models.QuerySet[Any]:
    """These rows, dressed as all; the conditions that found them would only mislead SQLite."""
    bare = rows.order_by()
    bare.query.where = WhereNode()
    return bare.filter(pk__in=keys)


class Pages(Paginator):  # type: ignore[type-arg]  # takes no argument while it runs
    """Numbered pages; of a long list the end is known only when somebody asked for it."""

    @property
    def rows(self) -> Rows:
        data: Rows = self.object_list.data  # type: ignore[attr-defined]  # a table's bound rows
        return data

    @property
    def is_capped(self) -> bool:
        return self.rows.is_capped

    @property
    def words(self) -> str:
        """How many rows there are, as far as they were counted."""
        return f"{MOST:,} 条以上" if self.is_capped else f"{self.count} 条"

    def validate_number(self, number: Any) -> int:
        """Past what was counted the rest is counted too, so that every page can be reached."""
        if self.is_capped and str(number).isdecimal() and int(number) >= self.num_pages:
            self.rows.count_all()
            for name in ("count", "num_pages"):
                self.__dict__.pop(name, None)
        return super().validate_number(number)

    def get_elided_page_range(self, *args: Any, **kwargs: Any) -> Iterator[int | str]:
        """Without a last page where the end is not known."""
        numbers = list(super().get_elided_page_range(*args, **kwargs))
        if self.is_capped:
            numbers = [one for one in numbers if one != self.num_pages]
        yield from numbers
