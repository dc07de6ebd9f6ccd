"""Seals the lists that are kept, their rows and their originals, with the current key."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from django.db import transaction

from gonghui.kit import sealing
from gonghui.kit.resealing import Keeper, keepers

from .models import Batch, Chunk
from .vault import keep_again, key_of, resealed

COLUMNS = ("rows", "findings", "written")
BATCH = 20  # chunks at a time; each holds some hundred rows


def reseal() -> int:
    """Rows first, then the originals; each step is a transaction of its own and may be the last."""
    return _reseal_chunks() + _reseal_files()


def keys_in_use() -> Counter[int]:
    """How many pieces and originals each key seals."""
    found: Counter[int] = Counter()
    for chunk in Chunk.objects.only(*COLUMNS).iterator(chunk_size=BATCH):
        found.update(bytes(value)[0] for value in _values(chunk))
    files = (key_of(batch.file) for batch in Batch.objects.exclude(file="").iterator())
    found.update(key for key in files if key)
    return found


def _reseal_chunks() -> int:
    last, done = 0, 0
    while True:
        with transaction.atomic():
            locked = Chunk.objects.select_for_update().filter(pk__gt=last).order_by("pk")
            chunks = list(locked.only(*COLUMNS)[:BATCH])
            for chunk in chunks:
                done += _reseal_chunk(chunk)
        if not chunks:
            return done
        last = chunks[-1].pk


def _reseal_chunk(chunk: Chunk) -> int:
    current = sealing.keys().current
    stale = [name for name in COLUMNS if (v := getattr(chunk, name)) and bytes(v)[0] != current]
    for name in stale:
        setattr(chunk, name, resealed(getattr(chunk, name)))
    if stale:
        chunk.save(update_fields=stale)
    return len(stale)


def _reseal_files() -> int:
    done = 0
    for key in list(Batch.objects.exclude(file="").values_list("pk", flat=True)):
        with transaction.atomic():
            batch = Batch.objects.select_for_update().get(pk=key)
            if key_of(batch.file) in (None, sealing.keys().current):
                continue
            storage, old = batch.file.storage, batch.file.name or ""
            keep_again(batch.file)
            batch.save(update_fields=["file"])
            # Gone only once the row names the new one for good.
            transaction.on_commit(partial(storage.delete, old))
            done += 1
    return done


def _values(chunk: Chunk) -> list[Any]:
    return [value for name in COLUMNS if (value := getattr(chunk, name))]


keepers.add("exchange", Keeper("导入的名单", reseal, keys_in_use))
