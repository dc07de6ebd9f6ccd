"""What is asked of rules and ratings."""

from __future__ import annotations

from datetime import date

from django.db import models

from ..models import Rating, Regulation, RegulationVersion


def in_force(regulation: Regulation, day: date) -> RegulationVersion | None:
    return regulation.versions.on(day).first()  # type: ignore[attr-defined, no-any-return]  # our own queryset


def with_version(rows: models.QuerySet[Regulation], day: date) -> models.QuerySet[Regulation]:
    """Rules with ``in_force``: since when the version of the day has been in force."""
    versions = RegulationVersion.objects.on(day).filter(regulation=models.OuterRef("pk"))
    return rows.annotate(in_force=models.Subquery(versions.values("since")[:1]))


def ratings_before(rating: Rating) -> models.QuerySet[Rating]:
    """The same person's earlier ratings by the same profile, newest first."""
    rows = Rating.objects.filter(person=rating.person_id, profile=rating.profile)
    return rows.filter(on__lt=rating.on).prefetch_related("scores")
