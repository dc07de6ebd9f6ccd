"""What is done with the texts of reports."""

from __future__ import annotations

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org

from .models import Wording
from .parts import texts_for

VERBS |= {"word_report": "改报告用语"}


@transaction.atomic
def keep_wording(org: Org, part: str, text: str, *, by: Actor) -> str:
    """A union's own words for a part; empty ends that. What holds now is returned."""
    before = texts_for(org)[part]
    row = Wording.objects.filter(org=org, part=part).first()
    if row is None:
        row = Wording(org=org, part=part)
    if text:
        row.text = text
        row.save()
        record(row, "word_report", by=by, changes={"text": [before, text]})
    elif row.pk:
        record(row, "word_report", by=by, changes={"text": [before, ""]})
        row.delete()
    return texts_for(org)[part]
