"""What a round awarded becomes titles for a term, each with the sheet it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from gonghui.apps.evaluation import api as evaluation
from gonghui.apps.titles import api as titles
from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import on
from gonghui.core.screens.panels import Custom, plug
from gonghui.kit.deadlines import ONE_DAY, add_years


@on("evaluation.round", "award")
def give_titles(round_: Any, *, by: Actor, on: date | None = None) -> None:
    today = on or timezone.localdate()
    for one in evaluation.awarded(round_.pk):
        given = titles.Given(
            org=one.org,
            holder=one.holder,
            person=one.person,
            title=one.grade,
            evaluation=one.evaluation,
            since=today,
            until=add_years(today, one.years) - ONE_DAY,
            sheet=one.contender,
        )
        titles.grant(given, by=by)


def _basis(title: Any, request: Any) -> dict[str, Any]:
    basis = evaluation.basis_of(title.sheet, request.actor) if title.sheet else None
    return {"basis": basis}


plug("titles.title", Custom("评定依据", "evaluation/panel_title.html", _basis))
