"""Lists handed in are sealed with the current key too, rows and original, and still undone."""

from __future__ import annotations

import base64
from io import StringIO

import pytest
from django.core.management import call_command

from gonghui.core.exchange.models import Batch
from gonghui.core.exchange.resealing import keys_in_use
from gonghui.core.exchange.vault import pieces
from gonghui.core.people.models import Identity, Person
from tests.apps.membership.rosters import commit, hand_in, line, undo

pytestmark = pytest.mark.slow

NEW = "9:" + base64.b64encode(b"n" * 16).decode()


@pytest.fixture
def batch(cast):
    return commit(cast, hand_in(cast, line("徐望舒", serial=3)))


@pytest.mark.django_db(transaction=True)
def test_rotating_takes_the_lists_along(cast, batch, settings):
    settings.SEALING_KEYS = f"{NEW},{settings.SEALING_KEYS}"
    original = b"".join(pieces(batch.file))
    storage, old = batch.file.storage, batch.file.name
    said = StringIO()

    call_command("rotate-keys", stdout=said)

    assert set(keys_in_use()) == {9}
    assert "钥匙 1 已经没有数据在用" in said.getvalue()
    settings.SEALING_KEYS = NEW
    kept = Batch.objects.get(pk=batch.pk)
    assert b"".join(pieces(kept.file)) == original
    assert not storage.exists(old)
    undo(cast, kept)
    assert not Person.objects.filter(name="徐望舒").exists()
    assert not Identity.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_second_run_has_nothing_to_do(batch, settings):
    settings.SEALING_KEYS = f"{NEW},{settings.SEALING_KEYS}"
    call_command("rotate-keys", stdout=StringIO())
    said = StringIO()

    call_command("rotate-keys", stdout=said)

    assert "导入的名单：重新加密 0 处" in said.getvalue()
