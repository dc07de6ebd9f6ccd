"""What is done with the texts of reports."""

from __future__ import annotations

from django.db import transaction

from gonghui.core.access.actor import Actor
from gonghui.core.history.trail import VERBS, record
from gonghui.core.orgs.models import Org

from .models import Wording
from .parts import texts_for
from .shipped import TITLES

VERBS |= {"word_report": "改报告用语"}


@transaction.atomic
def keep_wording(org: Org, part: str, text: str, *, by: Actor) -> str:
    """A union's own words for a part; empty ends that. What holds now is returned."""
    before = texts_for(org)[part]
    if text:
        Wording.objects.update_or_create(org=org, part=part, defaults={"text": text})
    else:
        Wording.objects.filter(org=org, part=part).delete()
    after = texts_for(org)[part]
    if after != before:
        record(org, "word_report", by=by, changes={TITLES[part]: [before, after]})
    return after
