"""What records add to an activity: it needs one that says what came of it."""

from __future__ import annotations

from django.db.models import Q

from gonghui.core.activities.sockets import Part, parts
from gonghui.core.people.own import Detail, own_details

from .actions import certifying, crediting  # noqa: F401  # listen to finished records
from .models import Certificate, Contribution, Feedback

parts.add("gains", Part("活动收获", Q(record__gains__gt="")))
for _model in (Certificate, Contribution, Feedback):
    own_details.add(_model._meta.label_lower, Detail(_model, "registration"))
