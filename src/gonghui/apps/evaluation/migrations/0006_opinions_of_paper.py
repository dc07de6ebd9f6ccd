"""What two tellers had agreed on before results were written down, of the day of the last entry."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import migrations
from django.db.models import Max
from django.utils import timezone


def write_down(apps: Any, editor: Any) -> None:
    counts = apps.get_model("evaluation", "BallotCount").objects.select_related("line")
    opinions = apps.get_model("evaluation", "Opinion").objects
    said: dict[Any, list[tuple[int, int]]] = {}
    for one in counts.order_by("line_id", "pk"):
        said.setdefault(one.line, []).append((one.yes, one.cast))
    days = _days(apps)
    for line, pairs in said.items():
        (yes, cast), times = Counter(pairs).most_common(1)[0]
        day = days.get(line.contender_id)
        if times > 1 and day:
            found = {"heard_on": day, "cast": cast, "content": yes}
            opinions.update_or_create(line=line, defaults=found)


def _days(apps: Any) -> dict[int, date]:
    """Contender → the day of the last entry by a teller."""
    rows = apps.get_model("history", "Entry").objects.filter(
        content_type__app_label="evaluation",
        content_type__model="contender",
        verb="count_votes",
    )
    last = rows.order_by().values_list("object_id").annotate(last=Max("at"))
    return {pk: timezone.localdate(at) for pk, at in last}


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0005_opinion"), ("history", "0004_lean_indexes")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
