"""What a bookroom's records add up to, and what the standards find missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from gonghui.core.activities.models import OVER
from gonghui.core.orgs.models import STEP
from gonghui.core.people.models import Person
from gonghui.core.regulations.models import Tag
from gonghui.core.regulations.standards import Value

from ..models import Bookroom, Circle, Copy, Loan
from .books import YEAR


@dataclass(frozen=True)
class Holdings:
    """What the records of a bookroom hold on a day; the year is the one that ends with it."""

    books: int = 0
    new: int = 0
    lent: int = 0
    loans: int = 0
    readers: int = 0
    overdue: int = 0
    meetings: int = 0
    workers: int = 0


@dataclass(frozen=True)
class Asked:
    """One thing a standard asks of a bookroom; ``met`` is None where nobody filled it in."""

    label: str
    wanted: str
    found: str
    met: bool | None
    value: Value

    @property
    def source(self) -> str:
        """Where the figure comes from, and how sure that is."""
        tag, whose = Tag(self.value.tag).label, self.value.org_name
        said = [word for word in (whose, self.value.source) if word]
        return "，".join(said if any(tag in word for word in said) else [*said, tag])


def holdings(rooms: Iterable[Bookroom], day: date) -> dict[int, Holdings]:
    """The figures of many rooms in five queries; a room without records has noughts."""
    given = list(rooms)
    keys, orgs = [one.pk for one in given], [one.org_id for one in given]
    found: dict[int, dict[str, int]] = defaultdict(dict)
    held: Any = Copy.objects.held().filter(bookroom__in=keys).order_by().values("bookroom")
    for row in held.annotate(books=Count("pk"), new=Count("pk", filter=Q(added_on__gt=day - YEAR))):
        found[row.pop("bookroom")] |= row
    loans: Any = Loan.objects.filter(copy__bookroom__in=keys).order_by().values("copy__bookroom")
    recent = Q(lent_on__gt=day - YEAR)
    for row in loans.annotate(
        loans=Count("pk", filter=recent),
        readers=Count("reader", filter=recent, distinct=True),
        lent=Count("pk", filter=Q(returned_on=None)),
        overdue=Count("pk", filter=Q(returned_on=None, due_on__lt=day)),
    ):
        found[row.pop("copy__bookroom")] |= row
    meetings, workers = _meetings(orgs, day), _workers({one.org.path for one in given})
    return {
        one.pk: Holdings(
            **found[one.pk],
            meetings=meetings.get(one.org_id, 0),
            workers=workers[one.org.path],
        )
        for one in given
    }


def _workers(paths: set[str]) -> dict[str, int]:
    """Path of a body → the people on its books and on those of all below it."""
    found = dict.fromkeys(paths, 0)
    people: Any = Person.objects.active().filter(org__within=tuple(paths)).order_by()
    for row in people.values("org__path").annotate(n=Count("pk")):
        path = row["org__path"]
        for end in range(STEP, len(path) + 1, STEP):
            if path[:end] in found:
                found[path[:end]] += row["n"]
    return found


def _meetings(orgs: list[int], day: date) -> dict[int, int]:
    """Body → reading activities of its circles that were held within the year."""
    rows: Any = Circle.objects.filter(
        org__in=orgs,
        activities__state__in=OVER,
        activities__starts_at__date__gt=day - YEAR,
        activities__starts_at__date__lte=day,
    )
    counted = rows.order_by().values("org").annotate(n=Count("activities", distinct=True))
    return {row["org"]: row["n"] for row in counted}


# The room's own figure, what it is called, and its unit; its standard is called after it.
_TYPED = (
    ("area", "面积", "平方米"),
    ("periodicals", "报刊", "种"),
    ("terminals", "电脑或阅读终端", "台"),
    ("open_days", "一年开放", "天"),
    ("open_hours", "一周开放", "小时"),
)
FIGURES = (
    *(f"bookroom_{name}" for name, *_ in _TYPED),
    "bookroom_books",
    "bookroom_new_share",
    "bookroom_meetings",
    "bookroom_keepers",
    "bookroom_rules",
    "bookroom_loans_each",
)
# What is asked instead of a bookroom that was named a demonstration one.
MODEL = {"bookroom_area": "bookroom_model_area", "bookroom_books": "bookroom_model_books"}


def asked_of(room: Bookroom, holds: Holdings, at: Callable[[str], Value | None]) -> list[Asked]:
    """Each standard that holds for the room, met, missed or not filled in; ``at`` gives values."""

    def value(name: str) -> Value | None:
        key = f"bookroom_{name}"
        return at(MODEL.get(key, key) if room.is_model else key)

    lines = [
        _typed(label, getattr(room, name), unit, found)
        for name, label, unit in _TYPED
        if (found := value(name))
    ]
    if found := value("books"):
        lines.append(_counted("藏书", holds.books, "册", found))
    if found := value("new_share"):
        lines.append(_fresh(holds, found))
    if found := value("meetings"):
        lines.append(_counted("近一年读书活动", holds.meetings, "次", found))
    if found := value("keepers"):
        lines.append(_typed("管理员", 1 if room.keeper_id else None, "人", found))
    if found := value("rules"):
        lines.append(_on_the_wall(room.has_rules, found))
    if found := value("loans_each"):
        lines.append(_each(holds, found))
    return lines


def _typed(label: str, said: int | None, unit: str, value: Value) -> Asked:
    """A figure somebody typed, or has not yet."""
    if said is None:
        return Asked(label, f"至少 {value.words}", "没有填", None, value)
    return _counted(label, said, unit, value)


def _counted(label: str, count: int, unit: str, value: Value) -> Asked:
    return Asked(label, f"至少 {value.words}", f"{count} {unit}", count >= value.value, value)


def _fresh(holds: Holdings, value: Value) -> Asked:
    """New books of the year against all there were before them; whole numbers throughout."""
    before = holds.books - holds.new
    if before <= 0:
        return Asked("近一年新增", f"至少 {value.words}", "以前没有藏书，算不出比例", None, value)
    met = holds.new >= value.value * before
    words = f"{holds.new} 册，原有 {before} 册"
    return Asked("近一年新增", f"至少 {value.words}", words, met, value)


def _on_the_wall(said: bool | None, value: Value) -> Asked:
    """Whether its rules hang on the wall; of how many rules nobody is asked."""
    words = {True: "已上墙", False: "没有上墙", None: "没有填"}[said]
    return Asked("制度", "应上墙", words, said, value)


def _each(holds: Holdings, value: Value) -> Asked:
    """Loans of the year against all who may borrow."""
    wanted = f"至少 {value.words}"
    if not holds.workers:
        return Asked("近一年人均借阅", wanted, "没有职工，算不出", None, value)
    words = f"{holds.loans} 次，职工 {holds.workers} 人"
    return Asked("近一年人均借阅", wanted, words, holds.loans >= value.value * holds.workers, value)
