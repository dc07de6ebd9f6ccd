"""Checks of bookrooms: what the standards find missing, and books that are long overdue."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.db.models import Count, Min

from gonghui.core.regulations.standards import Value
from gonghui.core.watch.checking import Check, Hit, Sight, declare
from gonghui.core.watch.rolling import unions, unit_of
from gonghui.kit.dates import full_day

from .models import Bookroom, Loan, RoomKind
from .queries.figures import FIGURES, MODEL, asked_of, holdings

BATCH = 500


def below_standard(sight: Sight) -> Iterable[Hit]:
    """Each bookroom with what it has not reached, and what nobody has filled in."""
    known = unions(sight)
    rows = Bookroom.objects.filter(sight.below(), is_open=True, kind=RoomKind.ROOM).order_by("pk")
    rooms = list(rows.select_related("org"))
    for first in range(0, len(rooms), BATCH):
        some = rooms[first : first + BATCH]
        holds = holdings(some, sight.day)
        for room in some:
            path = unit_of(room.org.path, known)
            lines = asked_of(room, holds[room.pk], partial(_value, sight, room.org.path))
            missed = [one for one in lines if one.met is False]
            if path and missed:
                words = "；".join(f"{one.label} {one.found}，应{one.wanted}" for one in missed)
                values = tuple(one.value for one in missed)
                yield Hit(known[path].pk, f"{room}：{words}。", about=room.pk, values=values)


def _value(sight: Sight, path: str, key: str) -> Value | None:
    return sight.at(key, path)


def overdue(sight: Sight) -> Iterable[Hit]:
    """Each bookroom with books that should be back."""
    known = unions(sight)
    late = Loan.objects.overdue(sight.day).filter(sight.below()).order_by()
    sums = late.values("copy__bookroom", "copy__bookroom__name", "org__path")
    for row in sums.annotate(n=Count("pk"), first=Min("due_on")):
        if path := unit_of(row["org__path"], known):
            words = f"{row['copy__bookroom__name']}有 {row['n']} 册逾期未还"
            sentence = f"{words}，最早的应在{full_day(row['first'])}归还。"
            yield Hit(known[path].pk, sentence, about=row["copy__bookroom"])


declare(
    Check(
        "READ-01",
        "职工书屋没有达到建设标准",
        "学习创争",
        "info",
        "请按缺的一项项补；标准不合本单位实际的，到「设置 → 标准」里改成本级的规定。",
        below_standard,
        "reading.bookroom",
        act="去看书屋",
        basis="职工书屋建设标准（示例，示范点各年数字待核实）",
        uses=(*FIGURES, *MODEL.values()),
        touched_by=("reading.bookroom",),
    )
)
declare(
    Check(
        "READ-02",
        "职工书屋的书逾期未还",
        "学习创争",
        "info",
        "读者已经收到提醒；请管理员再联系，确实丢了的办理离藏。",
        overdue,
        "reading.bookroom",
        act="去借还台",
        basis="本单位的借阅制度",
        touched_by=("reading.loan",),
    )
)
