"""What is sealed stays sealed: in the database, in writing, in lists; one person, one record."""

from __future__ import annotations

import base64
import json
from io import StringIO

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from gonghui.core.people.models import Account, Identity, logs_in_with
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.kit import resealing, sealing
from gonghui.kit.sealed_fields import Secret, derive
from tests.factories.organisation import AccountFactory
from tests.factories.record import IdentityFactory, PersonFactory, id_number

NUMBER, MOBILE, CARD = "11010519491231002X", "13812345678", "4111111111111111"
pytestmark = pytest.mark.django_db


@pytest.fixture
def identity():
    return IdentityFactory(number=NUMBER, mobile=MOBILE, bank_card=CARD, marital="20")


def raw(identity) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_identity WHERE id = %s", [identity.pk])
        return repr([bytes(v) if isinstance(v, memoryview) else v for v in cursor.fetchone()])


def test_the_database_holds_no_plain_number(identity):
    row = raw(identity)

    assert not any(plain in row for plain in (NUMBER, MOBILE, CARD))
    assert "002X" in row  # the tail, by which people look


def test_what_was_sealed_is_revealed(identity):
    kept = Identity.objects.get()

    assert kept.number.reveal() == NUMBER
    assert kept.mobile.reveal() == MOBILE
    assert (kept.bank_card.reveal(), kept.marital.reveal()) == (CARD, "20")


def test_however_it_is_written_out_it_is_masked(identity):
    kept = Identity.objects.get()

    assert str(kept.number) == "110105********002X"
    assert f"{kept.mobile} {kept.bank_card}" == "138****5678 **** 1111"
    assert str(kept.marital) == "••••••"
    assert repr(kept.number) == "<Secret people.identity.number>"
    assert NUMBER not in str(vars(kept))
    with pytest.raises(TypeError):
        json.dumps(kept.number)


def test_history_keeps_masks_even_where_the_masks_are_the_same(identity):
    before = snapshot(Identity.objects.get())
    identity.bank_card = "4222222222221111"

    changes = changes_of(before, snapshot(identity))

    assert changes == {"bank_card": ["**** 1111", "**** 1111"]}


def test_a_sealed_column_is_compared_with_nothing(identity):
    with pytest.raises(FieldError, match="Unsupported lookup"):
        Identity.objects.filter(number=NUMBER).exists()
    assert Identity.objects.filter(number__isnull=False).count() == 1


def test_a_person_is_found_by_number_and_mobile(identity):
    IdentityFactory(mobile=MOBILE)

    assert Identity.objects.numbered("1", "11010519491231002x").get() == identity
    assert Identity.objects.numbered("5", NUMBER).get() == identity
    assert not Identity.objects.numbered("1", "110105194912310038").exists()
    assert Identity.objects.reached_at(MOBILE).count() == 2


def test_one_number_one_record(identity):
    with transaction.atomic(), pytest.raises(IntegrityError):
        IdentityFactory(number=NUMBER.lower(), kind="5")


def test_other_documents_are_unique_within_their_kind():
    IdentityFactory(kind="2", number="E12345678")
    IdentityFactory(kind="4", number="E12345678")

    with transaction.atomic(), pytest.raises(IntegrityError):
        IdentityFactory(kind="2", number="e12345678")


def test_rows_without_a_number_do_not_collide():
    first, second = IdentityFactory(number=None), IdentityFactory(number="")

    assert first.number is None is second.number
    assert (bytes(Identity.objects.count()), first.number_index) == (b"\0\0", None)


def test_bulk_rows_derive_their_columns():
    people = [PersonFactory() for _ in range(3)]
    Identity.objects.bulk_create(
        [Identity(person=p, number=id_number(n), mobile=MOBILE) for n, p in enumerate(people)]
    )
    changed = Identity.objects.get(person=people[0])
    changed.mobile = "13900009999"
    derive(changed)
    Identity.objects.bulk_update([changed], ["mobile", "mobile_index", "mobile_tail"])

    assert Identity.objects.numbered("1", id_number(2)).get().person == people[2]
    assert Identity.objects.reached_at("13900009999").get().mobile_tail == "9999"


def test_a_deferred_number_is_read_when_asked(identity):
    kept = Identity.objects.only("id").get()

    assert kept.number == NUMBER
    assert kept.number != "110105194912310038"
    assert hash(kept.number) == hash(NUMBER)


def test_a_number_is_the_door_without_lying_open():
    account = AccountFactory(mobile=MOBILE)

    assert Account.objects.get(logs_in_with(f" {MOBILE} ")) == account
    with transaction.atomic(), pytest.raises(IntegrityError):
        AccountFactory(mobile=MOBILE)


def rotate(*args) -> str:
    said = StringIO()
    call_command("rotate-keys", *args, stdout=said)
    return said.getvalue()


@pytest.fixture
def two_keys(settings):
    """Eleven rows sealed with the old key; the new one stands first."""
    rows = [IdentityFactory(bank_card=CARD) for _ in range(11)]
    AccountFactory(mobile=MOBILE)
    new = base64.b64encode(b"n" * 16).decode()
    settings.SEALING_KEYS = f"9:{new},{settings.SEALING_KEYS}"
    return rows


def test_rotating_seals_everything_with_the_first_key(two_keys, settings):
    numbers = [row.number.reveal() for row in two_keys]

    said = rotate("--batch", "4")

    assert resealing.keys_in_use() == {9: 34}
    assert "身份信息：重新加密 33 处" in said
    assert "钥匙 1 已经没有数据在用" in said
    settings.SEALING_KEYS = settings.SEALING_KEYS.split(",")[0]
    assert [row.number.reveal() for row in Identity.objects.order_by("pk")] == numbers
    assert "重新加密 0 处" in rotate()


def test_rotating_broken_off_leaves_whole_batches_and_goes_on(two_keys, monkeypatch):
    batches = iter([1, 1])
    locked = resealing._locked

    def killed(*args):
        if next(batches, None) is None:
            raise KeyboardInterrupt
        return locked(*args)

    monkeypatch.setattr(resealing, "_locked", killed)
    with pytest.raises(KeyboardInterrupt):
        resealing.reseal(Identity, batch=4)
    monkeypatch.undo()

    used = resealing.keys_in_use()
    assert (used[9], used[1]) == (24, 10)
    assert all(one.number.reveal() for one in Identity.objects.all())
    rotate("--batch", "4")
    assert resealing.keys_in_use() == {9: 34}


def test_a_fresh_key_has_a_free_number(settings):
    assert rotate("--make").startswith("2:")
    assert sealing.Keys.parse(rotate("--make").strip()).current == 2


def test_after_a_new_index_key_everybody_is_found_again(identity, settings):
    settings.INDEX_KEY = sealing.new_index_key()
    assert not Identity.objects.numbered("1", NUMBER).exists()

    rotate("--index")

    assert Identity.objects.numbered("1", NUMBER).get() == identity


def test_a_secret_made_of_text_is_sealed_once():
    secret = Secret("x.y.z", str, plain="abc")

    assert secret.sealed() == secret.sealed() == secret.resealed()
