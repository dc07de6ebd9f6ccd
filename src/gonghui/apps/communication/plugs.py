"""What communication adds elsewhere: what came of a draft, and what there is to read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from gonghui.core.access.actor import Actor
from gonghui.core.reports.models import Paper
from gonghui.core.screens.panels import Custom, plug
from gonghui.core.screens.sockets import Card, Line, study_cards

from .models import Publication
from .queries import KIND_OF_DRAFT, issued_to, standing_of
from .rules import PUBLICATION_RULES

SHOWN = 2


def _issued(paper: Paper, request: Any) -> dict[str, Any]:
    """The door to register a draft as issued, or to what it became; nothing for other papers."""
    if paper.sort not in KIND_OF_DRAFT:
        return {}
    found = standing_of(paper)
    if found is None:
        if not request.actor.can("communication.write", at=paper.org):
            return {}
        address = reverse("communication:publication-create")
        return {"register_url": f"{address}?{urlencode({'paper': paper.pk})}"}
    seen = PUBLICATION_RULES["view"].allows(request.actor, found)
    return {"publication": found, "seen": seen}


def _card(actor: Actor, day: date) -> Card | None:
    """What the unions of a person issued last: officers too are members, and have no portal."""
    lines = tuple(_line(one) for one in issued_to(actor)[:SHOWN])
    url = reverse("communication:issued")
    return Card("工会简报", url, "全部", lines=lines, order=90) if lines else None


def _line(one: Publication) -> Line:
    return Line(str(one), str(one.org), reverse("communication:publication-read", args=[one.pk]))


study_cards.add("communication", _card)
plug("reports.paper", Custom("印发", "communication/panel_paper.html", _issued))
