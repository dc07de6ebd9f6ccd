"""Several acts that begin at the same moment, each on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from gonghui.kit.errors import DomainError

# In memory, SQLite has one connection for all.
AT_ONCE = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time anyway"),
]


def together(*acts: Callable[[], object]) -> list[str]:
    """Let them begin at once; what was refused is returned, anything else fails the test."""
    ready, refused, broken = Barrier(len(acts)), [], []

    def run(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            act()
        except DomainError as error:
            refused.append(error.sentence)
        except Exception as error:  # a thread's exception would be lost
            broken.append(error)
        finally:
            connections.close_all()

    workers = [Thread(target=run, args=(act,)) for act in acts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert broken == []
    return refused
