"""What an import of a roster takes, step by step, beside the plain library and plain SQL."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from gonghui.kit.identity import id_check

from .figures import Figure, Limit
from .places import Place

HEAD = (
    "序号", "姓名", "性别", "身份证号码", "出生日期", "手机号码", "民族", "学历", "政治面貌",
    "用工形式", "部门", "岗位", "入会日期", "会员证号",
)  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文斌玉兰"
BIG = 100_000  # the size the wanted seconds are said for
WANTED = {"preview": 25.0, "commit": 25.0}
MEMORY = 500.0  # megabytes, at BIG
TIMES = 3.0  # times the plain SQL a commit may take
TWICE = 0.5  # of the time of the plain library


def measure(places: list[Place]) -> Iterator[Figure]:
    for place in places:
        own = _own(place)
        own.found()
        file = own.folder / f"roster-{own.size}.xlsx"
        if not file.exists():
            _write(file, own.size)
        done = subprocess.run(
            [sys.executable, "-m", "bench.roster_worker", str(file), str(own.size)],
            env=own.environment() | {"GONGHUI_JOBS": "queue"},
            stdout=subprocess.PIPE,
            check=True,
        )
        yield from _figures(own, json.loads(done.stdout))


def _own(place: Place) -> Place:
    """A database beside the city's, so that an import that breaks off spoils nothing."""
    return replace(
        place,
        folder=place.folder.with_name(f"roster-{place.folder.name}"),
        url=place.url.replace("gonghui_bench_", "gonghui_bench_roster_"),
    )


def _figures(place: Place, told: dict[str, Any]) -> Iterator[Figure]:
    bounds = {"preview": told["read"], "commit": told.get("write")}
    for name in ("preview", "commit", "again", "undo"):
        limit = Limit("value", WANTED[name]) if place.size == BIG and name in WANTED else None
        yield _figure(place, name, told[name], "s", bounds.get(name), limit)
    most = Limit("value", MEMORY) if place.size == BIG else None
    yield _figure(place, "memory", told["memory"], "MB", None, most)
    if "plain" in told:
        whole = told["preview"] + told["commit"]
        limit = Limit("ratio", TWICE)
        yield _figure(place, "whole, beside django-import-export", whole, "s", told["plain"], limit)


def _figure(
    place: Place, name: str, value: float, unit: str, reference: float | None, limit: Limit | None
) -> Figure:
    where = {"database": place.database, "size": place.size}
    return Figure("roster", name, value, unit, reference, limit, **where)


def _write(file: Path, size: int) -> None:
    """Invented people whose numbers could be right."""
    with xlsxwriter.Workbook(str(file), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_row(0, 0, HEAD)
        for at, row in enumerate(_people(size), 1):
            sheet.write_row(at, 0, row)


def _people(size: int) -> Iterator[list[Any]]:
    random = Random(1)
    for at in range(size):
        born = date(1965, 1, 1) + timedelta(days=random.randrange(14_000))
        place = f"11{random.randrange(1, 3):02}{random.randrange(1, 30):02}"
        first = f"{place}{born:%Y%m%d}{at % 1000:03}"
        name = random.choice(SURNAMES) + random.choice(GIVEN) + random.choice(GIVEN)
        joined = date(2010, 1, 1) + timedelta(days=random.randrange(4000))
        yield [
            at + 1, name, "男" if int(first[16]) % 2 else "女", first + id_check(first),
            born.isoformat(), f"1{random.randrange(3_000_000_000, 9_999_999_999)}", "汉族",
            "大学本科", "群众", "合同制", "生产部", "操作工", joined.isoformat(), f"K{at:08}",
        ]  # fmt: skip
