"""The slogans of the founding documents, written into the table after every release."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction

from ..models import Slogan

FILE = Path(__file__).parents[1] / "slogans.json"


@transaction.atomic
def ship_slogans() -> int:
    """Enter what is missing and correct it by the file; what units keep is not touched."""
    shipped = json.loads(FILE.read_text("utf-8"))
    known = {(one.name, one.meant_by): one for one in Slogan.objects.filter(org=None)}
    changed = 0
    for said in shipped:
        facts = {"is_inferred": False, "note": ""} | said
        one = known.get((said["name"], said["meant_by"]), Slogan())
        if one.pk is None or any(getattr(one, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(one, name, value)
            one.save()
            changed += 1
    return changed
