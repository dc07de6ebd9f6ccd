"""The lists of rules, entitlements and ratings are written out, those of people with a purpose."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from gonghui.apps.cadres.api import abilities, entitle, lay_down, rate
from gonghui.core.files.store import attachments_of
from gonghui.core.jobs.models import Job

POINTS = (4, 3, 5, 2)


def cells(content: bytes) -> list[str]:
    rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [str(cell) for row in rows for cell in row if cell is not None]


@pytest.fixture
def told(cast):
    """A rule in force, an entitlement of 鲍博 and his rating."""
    frank = cast.actor("frank")
    version = {"since": date(2026, 3, 1), "decided_on": date(2026, 2, 1), "decided_by": "全委会"}
    lay_down(cast.company, title="会议制度", subject="office", versions=[version], by=frank)
    entitle(cast.bob, kind="political", what="列席党委会", by=frank)
    points = dict(zip(abilities("county"), POINTS, strict=True))
    rate(cast.bob, org=cast.branch, profile="county", on=date(2026, 3, 1), points=points, by=frank)
    return cast


def test_rules_are_written_out_with_the_version_in_force(told):
    sent = told.client("frank").get("/cadres/regulation/?scope=below&export=xlsx")

    found = cells(sent.content)
    assert {"会议制度", "日常工作"} <= set(found)
    assert any("2026-03-01" in cell for cell in found)
    before = told.client("frank").get("/cadres/regulation/?as_of=2026-02-28&export=xlsx")
    assert "会议制度" not in cells(before.content)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("entitlement", "列席党委会"), ("rating", "协商谈判能力 4 分；纠纷调解能力 3 分")],
)
def test_what_tells_of_people_is_written_out_for_a_purpose(told, kind, said):
    url = f"/cadres/{kind}/?scope=below&export=xlsx"
    frank = told.client("frank")
    assert "请写明用途" in frank.get(url).content.decode()

    frank.post(url, {"purpose": "上级核对干部待遇"})

    kept = attachments_of(Job.objects.get(), "result").get()
    with kept.file.open() as file:
        told_of = cells(file.read())
    assert "鲍博" in told_of
    assert any(said in cell for cell in told_of)
