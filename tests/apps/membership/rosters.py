"""Rosters for tests: honest people with ID numbers that can be right."""

from __future__ import annotations

import io

from gonghui.core.exchange import actions
from gonghui.core.exchange.kinds import kinds
from gonghui.core.exchange.models import Batch
from gonghui.core.exchange.queries import rows_with
from gonghui.core.people.models import (
    Identity,
    LedgerEntry,
    Membership,
    Particulars,
    Person,
    Post,
)
from gonghui.core.search.models import SearchCard
from gonghui.kit.identity import id_check
from gonghui.kit.sealed_fields import Secret
from tests.core.sheets.sheet_files import xlsx

HEAD = ["姓名", "身份证号", "手机号码", "部门", "用工形式", "入会日期"]


def number(born: str = "19900105", serial: int = 1, place: str = "110105") -> str:
    """A number that can be right: place, day of birth, serial (odd for men)."""
    first = f"{place}{born}{serial:03d}"
    return first + id_check(first)


def line(name: str, serial: int = 1, **more) -> list:
    """A row of the head above."""
    values = {
        "姓名": name,
        "身份证号": number(serial=serial),
        "手机号码": f"138{serial:08d}",
        "部门": "生产部",
        "用工形式": "合同制",
        "入会日期": "2015-07-01",
    }
    values |= more
    return [values[head] for head in HEAD]


def roster(*rows, head=HEAD) -> bytes:
    return xlsx(("花名册", [head, *rows]))


def hand_in(cast, *rows, head=HEAD, by="frank", org=None, name="花名册.xlsx", **more) -> Batch:
    """Hand a roster in; jobs are done on the spot."""
    data = roster(*rows, head=head)
    kind = kinds["roster"]
    org = org or cast.company
    return actions.hand_in(kind, org, io.BytesIO(data), name=name, by=cast.actor(by), **more)


def commit(cast, batch: Batch, rule: str = "fill", by: str = "frank") -> Batch:
    return actions.commit(batch, rule, by=cast.actor(by))


def undo(cast, batch: Batch, by: str = "frank") -> Batch:
    return actions.undo(batch, by=cast.actor(by))


def verdicts(batch: Batch) -> list[tuple[int, str, list[str]]]:
    """Each row's line, verdict and reasons."""
    lines = rows_with(batch, "").lines
    return [(one.row.line, one.finding.verdict, one.finding.reasons) for one in lines]


def counts(batch: Batch) -> dict[str, int]:
    return {name: count for name, count in batch.counts.items() if count}


DERIVED = (Membership, SearchCard)  # made anew by whatever follows the ledger: no keys of their own


def everything() -> dict:
    """Every table of people, row by row; what is sealed is opened, for it is sealed anew."""
    told = {}
    for model in (Person, Particulars, Identity, Membership, LedgerEntry, SearchCard, Post):
        rows = [
            {name: _opened(value) for name, value in row.items() if name != "id"}
            | ({} if model in DERIVED else {"id": row["id"]})
            for row in model.objects.values()
        ]
        told[model.__name__] = sorted(rows, key=str)
    return told


def _opened(value):
    return value.reveal() if isinstance(value, Secret) else value
