"""Where the pages of an import are."""

from __future__ import annotations

from django.urls import reverse

from .models import Batch


def page_of(batch: Batch) -> str:
    return reverse("exchange:batch-detail", args=[batch.pk])
