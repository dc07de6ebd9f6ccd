"""Pages of a list that may be a whole city: counted as far as it helps, dressed one page at a time.

Beyond ``MOST`` rows a list says so instead of how many; who wants to know asks (``?count=all``),
and whoever walks past what was counted has the rest counted too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models.sql.where import WhereNode
from django_tables2.data import TableListData, TableQuerysetData

from gonghui.kit.counting import count_page
from gonghui.kit.prepared import prepared

MOST = 2_000  # more are not looked through: counting ten thousand takes half of such a page
FAR = 8  # digits of a page's number that no list has


class Rows(TableQuerysetData):  # type: ignore[misc]  # django-tables2 has no types
    """The rows of a table: the page's keys are found with their number, then only its rows.

    With joins and counts per row the database would dress all rows before it sorts them.
    """

    def __init__(
        self,
        rows: models.QuerySet[Any],
        *,
        exact: bool = False,
        key: Hashable = None,
        cut: tuple[int, int] = (0, 25),
    ) -> None:
        """``key`` names all that the rows and their order depend on, where that is known.

        ``cut`` is the page that will be looked at, as far as the address says.
        """
        super().__init__(rows)
        self.exact, self.key, self.cut = exact, key, cut
        self._counted: tuple[int, list[int]] | None = None

    def order_by(self, aliases: Any) -> Any:
        """Another order has other keys on its page."""
        self._counted = None
        return super().order_by(aliases)

    def __len__(self) -> int:
        """How many rows there are, up to ``MOST`` where nobody asked for all."""
        return self._count()[0]

    def _count(self) -> tuple[int, list[int]]:
        """The number of rows and the keys of the page, until order, page or depth change."""
        if self._counted is None:
            self._counted = self._count_anew()
        return self._counted

    def _count_anew(self) -> tuple[int, list[int]]:
        start, stop = self.cut
        pks: models.QuerySet[Any] = self.data.values_list("pk")

        def rows() -> models.QuerySet[Any]:
            return pks.order_by() if self.exact else pks.order_by()[: MOST + 1]

        key = None if self.key is None else (self.key, self.exact, self.cut)
        return count_page(key, rows, lambda: pks[start:stop])

    def count_all(self) -> None:
        self.exact, self._counted = True, None

    @property
    def is_capped(self) -> bool:
        return not self.exact and len(self) > MOST

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, slice) or key.stop is None:
            return super().__getitem__(key)
        start = key.start or 0
        if start != self.cut[0] or key.stop > self.cut[1]:
            self.cut, self._counted = (start, key.stop), None
        keys = self._count()[1][: key.stop - start]
        page = self._asked(tuple(keys), lambda: _of(self.data, keys))
        found = {row.pk: row for row in page}
        return TableListData([found[pk] for pk in keys if pk in found])

    def _asked(
        self, part: tuple[Any, ...], ask: Callable[[], models.QuerySet[Any]]
    ) -> models.QuerySet[Any]:
        return ask() if self.key is None else prepared((self.key, part), ask)


def asked_rows(
    rows: models.QuerySet[Any], said: Mapping[str, str], size: int, key: Hashable
) -> Rows:
    """The rows of a list as its address asks: which page of so many, counted how far."""
    number = said.get("page", "")
    is_page = number.isdecimal() and len(number) < FAR and int(number) > 0
    start = (int(number) - 1) * size if is_page else 0
    return Rows(rows, exact="count" in said, key=key, cut=(start, start + size))


def _of(rows: models.QuerySet[Any], keys: list[int]) -> models.QuerySet[Any]:
    """These rows, dressed as all; the conditions that found them would only mislead SQLite."""
    bare = rows.order_by()
    bare.query.where = WhereNode()
    return bare.filter(pk__among=keys)


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
