"""A process of its own that fills a filing at an agreed moment; test_two_processes starts some.

``filler.py FILING CELL EDITION MOMENT FIGURE [and-wait]``: says whether its figure was kept; with
the last word it says so before it commits, and then waits to be killed.
"""

from __future__ import annotations

import os
import sys
import time

import django


def main(said: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gonghui.site.settings_test")
    django.setup()
    from decimal import Decimal  # after Django is set up, with the others

    from django.db import transaction

    from gonghui.apps.statistics.actions.filing import Said, fill
    from gonghui.apps.statistics.models import Filing
    from gonghui.core.access.actor import SYSTEM
    from gonghui.kit.errors import DomainError

    filing, cell, edition, moment, figure, *more = said
    row = Filing.objects.get(pk=filing)
    time.sleep(max(0.0, float(moment) - time.time()))
    with transaction.atomic():
        try:
            fill(row, {int(cell): Said(Decimal(figure))}, edition=int(edition), by=SYSTEM)
        except DomainError:
            print("refused", flush=True)  # noqa: T201  # read by the test
            return
        print("kept", flush=True)  # noqa: T201  # likewise
        if more:
            time.sleep(120)


if __name__ == "__main__":
    main(sys.argv[1:])
