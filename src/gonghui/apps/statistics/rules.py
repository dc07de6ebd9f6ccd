"""Who may design forms, send them down, file them and approve what was filed."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.access.actor import at_home, in_reach
from gonghui.kit.rules import Rule, nobody, state_in

from .models import EDITABLE

reads = in_reach("statistics.view")
writes = in_reach("statistics.write")
reviews = in_reach("statistics.review")

FORM_RULES = {
    "view": reads | writes | (at_home() & ~state_in("draft")),
    "edit": writes & state_in("draft"),
    "place": writes,
    "version": writes & ~state_in("draft"),
    "send": writes & state_in("issued"),
}

COLLECTION_RULES = {
    "view": reads | writes,
    "remind": writes,
    "due": writes,
    "edit": nobody,
    "place": writes,
}

# The first of a collection is the sender's own: nobody stands above it.
of_the_sender = Rule(lambda actor: Q(above=None), "of the sender")
reviewer = in_reach("statistics.review", field="above__org") | (reviews & of_the_sender)

# Whoever a unit files to lets it off; never the unit itself.
lets_off = in_reach("statistics.write", field="above__org")

FILING_RULES = {
    "view": reads | writes | reviewer,
    "edit": writes & state_in(*EDITABLE),
    "extend": writes & state_in(*EDITABLE),
    "remind": writes,
    "place": writes,
    "review": reviewer,
}
