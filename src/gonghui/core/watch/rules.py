"""Who sees what should be noticed, and who may answer for it."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import in_reach
from gonghui.kit.rules import Rule

still_so = Rule(lambda actor: Q(gone_on=None), "still so")
answer = in_reach("watch.acknowledge")

FINDING_RULES = {
    "view": in_reach("watch.view"),
    "edit": answer & still_so,
    "place": answer,
}
