"""One process of the race: sets a database up, or registers the number when the moment comes."""

from __future__ import annotations

import sys
import time

import django

NUMBER = "11010519491231002X"


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def set_up() -> None:
    from django.core.management import call_command

    from tests.factories.organisation import PersonFactory

    call_command("migrate", verbosity=0)
    say(f"{PersonFactory().pk} {PersonFactory().pk}")


def register(person: int, moment: float) -> None:
    from gonghui.apps.membership.actions.record import change_record
    from gonghui.core.access.actor import SYSTEM
    from gonghui.core.people.models import Person
    from gonghui.kit.errors import DomainError

    one = Person.objects.get(pk=person)
    time.sleep(max(0.0, moment - time.time()))
    try:
        change_record(one, by=SYSTEM, number=NUMBER)
    except DomainError:
        say("refused")
    else:
        say("kept")


def count() -> None:
    from gonghui.core.people.models import Document, Identity

    say(str(Identity.objects.numbered(Document.ID_CARD, NUMBER).count()))


if __name__ == "__main__":
    django.setup()
    what, *said = sys.argv[1:]
    if what == "register":
        register(int(said[0]), float(said[1]))
    else:
        {"set_up": set_up, "count": count}[what]()
