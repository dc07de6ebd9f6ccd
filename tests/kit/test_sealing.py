"""Sealing keeps the standards' vectors, comes back unchanged and never opens with a wrong key."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from gonghui.kit import sealing

ONE = "1:" + base64.b64encode(b"a" * 16).decode()
TWO = "2:" + base64.b64encode(b"b" * 16).decode()
PLACE = "people.identity.number"


def test_sm4_keeps_the_standard_vector():
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    block = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()

    assert block.update(key).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm3_keeps_the_standard_vector():
    digest = hashes.Hash(hashes.SM3())
    digest.update(b"abc")

    assert digest.finalize().hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


def test_sm4_gcm_keeps_the_vector_of_rfc_8998():
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    bound = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    text = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )

    sealed = sealing.encrypt(key, nonce, text, bound)

    assert sealed.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert sealing.decrypt(key, nonce, sealed, bound) == text


@given(st.text())
def test_what_is_sealed_opens_again(text):
    assert sealing.unseal(sealing.seal(text, PLACE), PLACE) == text


def test_the_same_text_is_sealed_differently_each_time():
    sealed = {sealing.seal("11010519491231002X", PLACE) for _ in range(20)}

    assert len(sealed) == 20
    assert not any(b"1949" in one for one in sealed)


@given(st.data())
def test_a_changed_byte_is_noticed(data):
    sealed = sealing.seal("13800001234", PLACE)
    at = data.draw(st.integers(1, len(sealed) - 1))
    changed = sealed[:at] + bytes([sealed[at] ^ data.draw(st.integers(1, 255))]) + sealed[at + 1 :]

    with pytest.raises(sealing.Unreadable, match="does not open this value"):
        sealing.unseal(changed, PLACE)


def test_a_value_moved_to_another_column_does_not_open():
    sealed = sealing.seal("13800001234", PLACE)

    with pytest.raises(sealing.Unreadable, match=r"people\.identity\.mobile: key 1"):
        sealing.unseal(sealed, "people.identity.mobile")


def test_a_wrong_and_a_missing_key_are_told_apart(settings):
    settings.SEALING_KEYS = ONE
    sealed = sealing.seal("13800001234", PLACE)

    settings.SEALING_KEYS = "1:" + base64.b64encode(b"c" * 16).decode()
    with pytest.raises(sealing.Unreadable, match="key 1 does not open"):
        sealing.unseal(sealed, PLACE)

    settings.SEALING_KEYS = TWO
    with pytest.raises(sealing.Unreadable, match="GONGHUI_KEYS does not name"):
        sealing.unseal(sealed, PLACE)

    with pytest.raises(sealing.Unreadable, match="too short"):
        sealing.unseal(b"\x02short", PLACE)


def test_the_first_key_seals_and_the_others_still_open(settings):
    settings.SEALING_KEYS = ONE
    old = sealing.seal("13800001234", PLACE)
    settings.SEALING_KEYS = f"{TWO}, {ONE}"

    new = sealing.seal("13800001234", PLACE)

    assert (sealing.key_number(old), sealing.key_number(new)) == (1, 2)
    assert sealing.unseal(old, PLACE) == sealing.unseal(new, PLACE) == "13800001234"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "at least one key"),
        ("abc", "begins with its number"),
        ("0:" + ONE[2:], "begins with its number"),
        ("256:" + ONE[2:], "begins with its number"),
        ("1:short", "16 bytes in base64"),
        ("1:不是", "16 bytes in base64"),
        (f"{ONE},{ONE}", "names key 1 twice"),
    ],
)
def test_wrong_keys_stop_the_start(said, why):
    with pytest.raises(ImproperlyConfigured, match=why):
        sealing.Keys.parse(said)


@pytest.mark.parametrize("said", ["", "no base64!", base64.b64encode(b"short").decode()])
def test_a_wrong_index_key_stops_the_start(said):
    with pytest.raises(ImproperlyConfigured, match="GONGHUI_INDEX_KEY"):
        sealing.index_key(said)


def test_keys_are_not_written_out():
    assert "YWFh" not in repr(sealing.Keys.parse(ONE))
    assert "a" * 16 not in repr(sealing.Keys.parse(ONE))


def test_fresh_keys_can_be_read():
    assert sealing.Keys.parse(sealing.new_key(7)).current == 7
    assert len(sealing.index_key(sealing.new_index_key())) == 32


def test_a_blind_index_is_the_same_for_the_same_text_and_purpose_only(settings):
    first = sealing.blind("11010519491231002X", "number")

    assert first == sealing.blind("11010519491231002X", "number")
    assert len(first) == 32
    assert first != sealing.blind("110105194912310038", "number")
    assert first != sealing.blind("11010519491231002X", "mobile")
    settings.INDEX_KEY = sealing.new_index_key()
    assert first != sealing.blind("11010519491231002X", "number")
