"""People found by a number: a tail anybody says aloud, or the whole of it by its blind column."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import Q

from gonghui.core.people.models import Document, Identity, Person
from gonghui.kit.identity import looks_like_id, mobile_problem, tidy

MOST = 2000  # rows one tail is looked through for; among a million people it has about two hundred
_TAIL = re.compile(r"\d{3}[\dX]")


def numbered(text: str) -> models.QuerySet[Person] | None:
    """Whose ID number or mobile this is or ends in; None where the text is no number.

    Every hit tells something of a number: whoever asks narrows by who may see masks.
    """
    identities = _identities(tidy(text))
    if identities is None:
        return None
    # The few keys are read first: a planner who sees a limit may prefer to walk all names.
    keys = list(identities.order_by().values_list("person", flat=True)[:MOST])
    return Person.objects.filter(pk__in=keys, anonymised_at=None, merged_into=None)


def _identities(text: str) -> models.QuerySet[Identity] | None:
    if _TAIL.fullmatch(text):
        return Identity.objects.filter(Q(number_tail=text) | Q(mobile_tail=text))
    if not mobile_problem(text):
        return Identity.objects.reached_at(text)
    if looks_like_id(text):
        return Identity.objects.numbered(Document.ID_CARD, text)
    return None
