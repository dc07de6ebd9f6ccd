"""What records add to an activity: it needs one that says what came of it."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.activities.sockets import Part, parts

from .actions import certifying, crediting  # noqa: F401  # listen to finished records

parts.add("gains", Part("活动收获", Q(record__gains__gt="")))
