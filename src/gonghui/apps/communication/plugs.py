"""What communication adds elsewhere: on the page of a draft, what was issued from it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from gonghui.core.reports.models import Paper
from gonghui.core.screens.panels import Custom, plug

from .queries import KIND_OF_DRAFT, standing_of
from .rules import PUBLICATION_RULES


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


plug("reports.paper", Custom("印发", "communication/panel_paper.html", _issued))
