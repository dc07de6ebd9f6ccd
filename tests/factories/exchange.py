"""Dull factories for lists that were handed in."""

from __future__ import annotations

import factory

from gonghui.core.exchange.models import Batch, Chunk, Stage
from gonghui.core.exchange.vault import pack

from .organisation import OrgFactory


class BatchFactory(factory.django.DjangoModelFactory):
    """A roster of one new person, read and waiting to be checked."""

    kind = "roster"
    org = factory.SubFactory(OrgFactory)
    name = "花名册.xlsx"
    file_kind = "xlsx"
    size = 100
    stage = Stage.PREVIEWED
    match_key = "number"
    counts = {"new": 1, "changed": 0, "same": 0, "doubtful": 0, "wrong": 0}
    head = {
        "sheet": 0, "sheet_name": "花名册", "last_line": 1, "labels": ["姓名"], "fields": ["name"],
    }  # fmt: skip

    class Meta:
        model = Batch


class ChunkFactory(factory.django.DjangoModelFactory):
    batch = factory.SubFactory(BatchFactory)
    number = 1
    first_line = last_line = 2
    verdicts = "n"
    rows = factory.LazyFunction(lambda: pack([[2, {"name": "安澜"}, [], [], []]]))
    findings = factory.LazyFunction(lambda: pack([["n", [], None, {}, []]]))

    class Meta:
        model = Chunk
