"""What every page of figures is asked for: the body, the days, the indicator; and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from gonghui.core.orgs.models import Org
from gonghui.core.screens.place import place_of
from gonghui.kit.dates import Period

from ..counting import Figure
from ..periods import query_of
from ..registry import Declared, Indicator, indicators, parts
from ..shown import Spread, unit_of, words


def body_of(request: Any) -> Org:
    """The body one looks from, with all below it; not yours means not found."""
    org = place_of(request).org
    if org is None or not request.actor.can("indicators.view", at=org):
        raise Http404
    return org


def indicator_of(code: str) -> Declared:
    found = indicators.get(code)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Doors:
    """Addresses that keep the body and the days."""

    org: Org
    period: Period

    def to(self, name: str, *args: Any, org: Org | None = None, **said: Any) -> str:
        query = {"org": (org or self.org).pk, **query_of(self.period), **said}
        return f"{reverse(f'indicators:{name}', args=args)}?{urlencode(query)}"

    def records(self, one: Declared, **said: Any) -> str:
        """The records of a figure; of a ratio its own page, where both parts are."""
        if isinstance(one, Indicator):
            return self.to("records", one.code, **said)
        return self.to("one", one.code, **said)

    def units(self, one: Declared, *, down: bool = False) -> str:
        """The units below by this indicator, the lowest first or the highest."""
        sort = f"-{one.code}" if down else one.code
        return self.to("page", area=one.area, view="units", sort=sort)

    def spread(self, one: Declared, apart: Spread | None) -> list[tuple[str, str]]:
        """Lowest, middle and highest in words, each with the units it stands among."""
        if apart is None:
            return []
        rising, falling = self.units(one), self.units(one, down=True)
        ends = ((apart.low, rising), (apart.middle, rising), (apart.high, falling))
        return [(words(value, one.unit), url) for value, url in ends]


@dataclass(frozen=True)
class Told:
    """A figure as a page shows it; the door is there wherever there is something to see."""

    words: str
    unit: str
    parts: tuple[tuple[str, str], ...]  # of a ratio: what is divided by what, each with its door
    url: str
    is_known: bool

    @property
    def parts_words(self) -> str:
        return " ÷ ".join(word for word, _ in self.parts)


def told(one: Declared, figure: Figure, url: str, doors: Doors | None = None, **said: Any) -> Told:
    """A figure in words; with ``doors`` the parts of a ratio open as well, asked as ``said``."""
    is_known = figure.value is not None
    return Told(
        words(figure.value, one.unit),
        unit_of(one) if is_known else "",
        _parts(one, figure, doors, said),
        url if is_known else "",
        is_known,
    )


def _parts(
    one: Declared, figure: Figure, doors: Doors | None, said: dict[str, Any]
) -> tuple[tuple[str, str], ...]:
    if isinstance(one, Indicator) or figure.under is None:
        return ()
    numbers = zip(parts(one), (figure.over, figure.under), strict=True)
    return tuple((words(n), doors.records(part, **said) if doors else "") for part, n in numbers)
