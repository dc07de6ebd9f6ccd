"""What a person's page says of them as a cadre."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from gonghui.core.people.models import Person
from gonghui.core.screens.panels import Custom, plug
from gonghui.kit.prepared import about

from ..models import Entitlement, Rating
from ..rules import ENTITLEMENT_RULES, RATING_RULES
from .records import EntitlementScreens, RatingScreens
from .three_ones import ones_of


def cadre(person: Person, request: Any) -> dict[str, Any]:
    """Of a person: their entitlements and ratings, to whoever may see them."""

    def rows(model: Any, rules: Any) -> list[Any]:
        def asked(pk: int) -> models.QuerySet[Any]:
            found: models.QuerySet[Any] = rules["view"].narrow(
                model.objects.filter(person=pk), request.actor
            )
            return found

        key = (model._meta.label, request.actor.key, timezone.localdate())
        return list(about(person.pk, key, asked))

    may = request.actor.can("cadres.write", at=person.org) and person.left_on is None
    at = f"?person={person.pk}"
    return {
        "entitlements": rows(Entitlement, ENTITLEMENT_RULES),
        "ratings": rows(Rating, RATING_RULES),
        "entitle_url": EntitlementScreens.url("create") + at if may else "",
        "rate_url": RatingScreens.url("create") + at if may else "",
        "cadre": ones_of(person, timezone.localdate(), request.actor),
    }


plug("people.person", Custom("干部档案", "cadres/panel_cadre.html", cadre, part="merit"))
