"""``gonghui check-ledger``: whose membership is not what the ledger says."""  # noqa: N999  # so named

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gonghui.core.people.ledger import BATCH, mend, wrong_people
from gonghui.core.people.models import Person
from gonghui.core.people.replay import Contradiction


class Command(BaseCommand):
    help = "Compares every person's membership with a replay of their ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="write it as the ledger says")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong: list[int] = []
        checked = last = 0
        while part := list(
            Person.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        ):
            last, checked = part[-1], checked + len(part)
            for pk, why in wrong_people(part):
                self.stdout.write(f"{Person.objects.get(pk=pk)} #{pk}：{why}")
                wrong.append(pk)
        if not wrong:
            self.stdout.write(f"{checked} 人的会籍与台账一致。")
            return
        if not options["mend"]:
            raise CommandError(f"{len(wrong)} 人的会籍与台账不一致，加 --mend 按台账改正。")
        for one in wrong:
            with suppress(Contradiction):
                mend([one])
        left = wrong_people(wrong)
        self.stdout.write(f"已按台账改正 {len(wrong) - len(left)} 人。")
        if left:
            raise CommandError(f"还有 {len(left)} 人的台账本身有矛盾，请人工核对。")
