"""Finds stored files no record names any more: what a transaction that failed left on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage

from .models import Attachment

# A file is written before its row is committed; younger ones may still get theirs.
YOUNG = timedelta(days=1)
FOLDER = "attachments"


def orphans(now: datetime) -> Iterator[str]:
    """The names of stored files older than a day without a row."""
    storage = _storage()
    for folder in _folders(storage, FOLDER):
        names = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
        known = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
        for name in sorted(set(names) - known):
            if now - storage.get_modified_time(name) > YOUNG:
                yield name


def sweep(now: datetime) -> int:
    """Delete the orphans; returns how many."""
    storage = _storage()
    gone = list(orphans(now))
    for name in gone:
        storage.delete(name)
    return len(gone)


def _storage() -> Storage:
    return Attachment._meta.get_field("file").storage  # type: ignore[union-attr]  # a FileField


def _folders(storage: Storage, folder: str) -> Iterator[str]:
    if not storage.exists(folder):
        return
    yield folder
    for inner in storage.listdir(folder)[0]:
        yield from _folders(storage, f"{folder}/{inner}")
