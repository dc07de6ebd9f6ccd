"""What a report is made of: a union's own texts with their figures, and parts made of records.

An app adds a part in its ``reports.py``: ``parts.add("tasks", write)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.activities.models import OVER, Activity
from gonghui.core.activities.rules import ACTIVITY_RULES
from gonghui.core.indicators.counting import NOTHING, Figure, Number
from gonghui.core.indicators.periods import OWN, before, query_of, words_of
from gonghui.core.indicators.reading import Table, figures, table
from gonghui.core.indicators.registry import Declared, Ratio, indicators
from gonghui.core.indicators.screens.page import shown_units
from gonghui.core.indicators.shown import change_words, spread
from gonghui.core.orgs.models import STEP, Org
from gonghui.core.screens.place import Place
from gonghui.core.watch.checking import checks
from gonghui.core.watch.queries import pressing
from gonghui.kit.dates import Period
from gonghui.kit.registry import Registry

from .composing import Composition, told_words
from .models import Wording
from .shipped import BLANK, MADE, TEXTS

CODE = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
MOST = 8  # lines of what is lacking, of news, of steps
TIED = 3
HELD = "activities.held"
REST = "其余各类问题见“要留意”。"
T = TypeVar("T")


@dataclass
class Scope:
    """Whose report, of which days, read by whom; figures are asked for once for all parts."""

    org: Org
    period: Period
    actor: Actor
    today: date
    codes: tuple[str, ...] = ()
    _kept: dict[Callable[[Scope], Any], Any] = field(default_factory=dict)

    def once(self, find: Callable[[Scope], T]) -> T:
        """What a function finds for this report, kept for its other parts."""
        if find not in self._kept:
            self._kept[find] = find(self)
        kept: T = self._kept[find]
        return kept

    @cached_property
    def texts(self) -> dict[str, str]:
        """Part → text: the nearest union's own, else the shipped one."""
        return texts_for(self.org)

    @cached_property
    def some(self) -> list[Declared]:
        return [indicators[code] for code in self.codes if code in indicators]

    @cached_property
    def now(self) -> Table:
        return table(self.some, self.org, self.period)

    @cached_property
    def then(self) -> dict[str, Figure]:
        return figures(self.some, self.org, before(self.period))

    @property
    def place(self) -> Place:
        return Place(self.org, below=True, actor=self.actor)


Write = Callable[[Composition, Scope], None]
parts: Registry[Write] = Registry("parts of reports")


def texts_for(org: Org) -> dict[str, str]:
    """The texts that hold for a union: its own before those of the unions above it."""
    above = [org.path[:end] for end in range(STEP, len(org.path) + 1, STEP)]
    rows = Wording.objects.filter(org__path__in=above)
    own = dict(rows.order_by("org__path").values_list("part", "text"))
    return {**TEXTS, **own}


def codes_in(text: str) -> list[str]:
    """The indicators a text names, in their order."""
    return list(dict.fromkeys(CODE.findall(text)))


def unknown_in(text: str) -> list[str]:
    return [code for code in codes_in(text) if code not in indicators]


def scope_for(names: Iterable[str], org: Org, period: Period, actor: Actor, today: date) -> Scope:
    """A scope that knows every figure the texts of these parts name."""
    scope = Scope(org, period, actor, today)
    said = [scope.texts.get(name, "") for name in names]
    scope.codes = tuple(dict.fromkeys(code for text in said for code in codes_in(text)))
    return scope


def write_part(paper: Composition, scope: Scope, name: str) -> None:
    """One part; a made one by whoever makes it, any other from its text."""
    if name in MADE:
        write = parts.get(name)
        if write is not None:
            write(paper, scope)
        return
    text = scope.texts.get(name, "")
    codes = [code for code in codes_in(text) if code in indicators]
    paper.paragraph(_filled(paper, scope, text))
    if codes:
        paper.table(HEAD, [_row(paper, scope, indicators[code]) for code in codes], WIDTHS)


HEAD = ("数字", "本期", "上年同期", "增减", "下级最低", "中位数", "最高")
WIDTHS = (2.2, 1.7, 1.7, 1.7, 1.5, 1.5, 1.5)
NO_FIGURE = "—"


def _filled(paper: Composition, scope: Scope, text: str) -> str:
    said = text.replace("{单位}", scope.org.name).replace("{期间}", period_words(scope.period))

    def cited(found: re.Match[str]) -> str:
        one = indicators.get(found[1])
        if one is None:
            return BLANK
        return paper.cite(one, scope.org, scope.period, scope.now.total[one.code])

    return CODE.sub(cited, said)


def _row(paper: Composition, scope: Scope, one: Declared) -> tuple[str, ...]:
    """The figure, the same days of last year, and how far the units below lie apart."""
    now, then = scope.now.total[one.code], scope.then[one.code]
    return (
        one.title,
        paper.cite(one, scope.org, scope.period, now),
        paper.cite(one, scope.org, before(scope.period), then),
        _changed(paper, scope, one),
        *_apart(paper, scope, one),
    )


def _changed(paper: Composition, scope: Scope, one: Declared) -> str:
    said = change_words(one, scope.now.total[one.code], scope.then[one.code])
    return paper.compare(one, scope.org, scope.period, said, "比上年同期") if said else NO_FIGURE


def _apart(paper: Composition, scope: Scope, one: Declared) -> tuple[str, str, str]:
    """The lowest and the highest are units' own figures; the middle is worked out of all."""
    known = _known_units(scope, one)
    apart = spread(figure for _, _, figure in known)
    if apart is None:
        return NO_FIGURE, NO_FIGURE, NO_FIGURE
    middle = told_words(one, apart.middle)
    return (
        _of_unit(paper, scope, one, known[0]),
        paper.compare(one, scope.org, scope.period, middle, "下级中位数"),
        _of_unit(paper, scope, one, known[-1]),
    )


def _known_units(scope: Scope, one: Declared) -> list[tuple[Number, Org, Figure]]:
    """Unions directly below of which the figure is known, the lowest first."""
    found = []
    for org, numbers in shown_units(scope.now):
        figure = numbers.get(one.code, NOTHING)
        if org.is_union and figure.value is not None:
            found.append((figure.value, org, figure))
    return sorted(found, key=lambda each: (each[0], each[1].path))


def _of_unit(
    paper: Composition, scope: Scope, one: Declared, unit: tuple[Number, Org, Figure]
) -> str:
    _, org, figure = unit
    return paper.cite(one, org, scope.period, figure)


def period_words(period: Period) -> str:
    """2026年, 2026年7月, 2026年第三季度, or the two days."""
    if query_of(period)["period"] != OWN:
        return words_of(period).replace(" ", "")
    first, last = period.start, period.end
    return f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"


def _best(paper: Composition, scope: Scope) -> None:
    """Of every rate, who among the units directly below has the highest."""
    told = 0
    for one in scope.some:
        if not isinstance(one, Ratio) or not _more_is_better(one):
            continue
        found = _leaders(scope, one)
        if found:
            names = "、".join(str(org) for org, _ in found[:TIED])
            more = f"等{len(found)}个单位" if len(found) > TIED else ""
            said = paper.cite(one, found[0][0], scope.period, found[0][1])
            paper.paragraph(f"{one.title}最高的是{names}{more}，{said}。")
            told += 1
    if not told:
        paper.paragraph("下级单位还没有可以比较的数字。")


def _leaders(scope: Scope, one: Declared) -> list[tuple[Org, Figure]]:
    """The units that share the highest figure; none where all are alike or only one is known."""
    known = _known_units(scope, one)
    if not known or known[0][0] == known[-1][0]:
        return []
    return [(org, figure) for value, org, figure in known if value == known[-1][0]]


def _more_is_better(one: Declared) -> bool:
    """A share of what is late or of one sex makes nobody a model."""
    return not any(word in one.title for word in ("逾期", "未", "占比"))


def _weak(paper: Composition, scope: Scope) -> None:
    """What the checks found and nobody answers for, and where units lie furthest apart."""
    told = 0
    if scope.actor.can("watch.view", at=scope.org):
        rows = pressing(scope.actor, scope.place).order_by().values("check_code", "rank")
        lines = sorted(rows.annotate(count=Count("pk")), key=lambda n: (n["rank"], -n["count"]))
        known_lines = [line for line in lines if line["check_code"] in checks]
        for line in known_lines[:MOST]:
            check = checks[line["check_code"]]
            query = {"check": check.code, "org": scope.org.pk, "scope": "below"}
            address = f"{reverse('watch:finding-list')}?{urlencode(query)}"
            said = paper.mark(f"{line['count']}处", check.title, address, scope.org)
            basis = f"（{check.basis}）" if check.basis else ""
            paper.paragraph(f"{check.title}{said}{basis}。")
            told += 1
        if len(known_lines) > MOST:
            paper.paragraph(REST)
    for one in scope.some:
        known = _known_units(scope, one) if isinstance(one, Ratio) else []
        if known and known[0][0] != known[-1][0] and told < 2 * MOST:
            low, high = (_of_unit(paper, scope, one, unit) for unit in (known[0], known[-1]))
            paper.paragraph(f"{one.title}各单位不平衡，最高{high}，最低{low}。")
            told += 1
    if not told:
        paper.paragraph(f"检查没有发现没有认领的问题。其他不足：{BLANK}")


def _next(paper: Composition, scope: Scope) -> None:
    """What the checks advise; the apps' own steps come after."""
    told = 0
    if scope.actor.can("watch.view", at=scope.org):
        rows = pressing(scope.actor, scope.place).order_by("rank")
        codes = dict.fromkeys(rows.values_list("check_code", flat=True))
        for code in [code for code in codes if code in checks][:MOST]:
            paper.paragraph(checks[code].advice)
            told += 1
    steps = parts.get("steps")
    if steps is not None:
        steps(paper, scope)
    elif not told:
        paper.paragraph(BLANK)


def _news(paper: Composition, scope: Scope) -> None:
    """What was held in these days, the latest first."""
    rows = Activity.objects.filter(org__within=(scope.org.path,), state__in=OVER)
    seen = (
        ACTIVITY_RULES["view"]
        .narrow(rows, scope.actor)
        .filter(starts_at__date__range=(scope.period.start, scope.period.end))
    )
    told = 0
    for activity in seen.select_related("org").order_by("-starts_at")[:MOST]:
        day = timezone.localtime(activity.starts_at)
        address = reverse("activities:activity-detail", args=[activity.pk])
        said = paper.mark(f"{day.month}月{day.day}日", str(activity), address, activity.org)
        paper.paragraph(f"{said}，{activity.org}：{activity}。")
        told += 1
    if not told:
        paper.paragraph(f"期内没有举办过的活动记录。{BLANK}")
    elif told == MOST and seen.count() > MOST:
        held = indicators[HELD]
        figure = figures([held], scope.org, scope.period)[HELD]
        said = paper.cite(held, scope.org, scope.period, figure)
        paper.paragraph(f"以上是最近的{MOST}次。期内{held.title}{said}。")


for _name, _write in (("best", _best), ("weak", _weak), ("next", _next), ("news", _news)):
    parts.add(_name, _write)
