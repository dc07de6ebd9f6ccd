"""Seals single values with SM4-GCM and finds them again by HMAC-SM3; keys come from outside.

A sealed value is one byte of key number, twelve of nonce, the cipher text and sixteen of proof.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
LEAST_INDEX_BYTES = 16


class Unreadable(Exception):
    """A sealed value that was changed, moved to another column, or whose key is not at hand."""


@dataclass(frozen=True)
class Keys:
    """The keys by number; the first one named is the one new values are sealed with."""

    current: int
    by_number: Mapping[int, bytes] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Keys:
        """Read ``2:base64,1:base64``; a fault is told without telling any key."""
        found: dict[int, bytes] = {}
        for part in filter(None, (one.strip() for one in text.split(","))):
            number, key = _key(part)
            if number in found:
                raise ImproperlyConfigured(f"GONGHUI_KEYS names key {number} twice")
            found[number] = key
        if not found:
            raise ImproperlyConfigured("GONGHUI_KEYS must name at least one key")
        return cls(next(iter(found)), found)


def _key(part: str) -> tuple[int, bytes]:
    number, _, text = part.partition(":")
    if not number.isdigit() or not 1 <= int(number) <= 255:
        raise ImproperlyConfigured("each key of GONGHUI_KEYS begins with its number, 1 to 255")
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"key {number} of GONGHUI_KEYS must be 16 bytes in base64")
    return int(number), key


def new_key(number: int = 1) -> str:
    """A fresh key as ``GONGHUI_KEYS`` wants it."""
    return f"{number}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"


def new_index_key() -> str:
    """A fresh key for ``GONGHUI_INDEX_KEY``."""
    return base64.b64encode(os.urandom(32)).decode()


def index_key(text: str) -> bytes:
    """Read ``GONGHUI_INDEX_KEY``: at least 16 bytes in base64."""
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) < LEAST_INDEX_BYTES:
        raise ImproperlyConfigured("GONGHUI_INDEX_KEY must be at least 16 bytes in base64")
    return key


_parsed = lru_cache(maxsize=8)(Keys.parse)
_cipher_of = lru_cache(maxsize=8)(algorithms.SM4)


@lru_cache(maxsize=64)
def _begun(text: str, purpose: str) -> hmac.HMAC:
    """A digest that has read its key and purpose; every value goes on with a copy."""
    digest = hmac.HMAC(index_key(text), hashes.SM3())
    digest.update(purpose.encode() + b"\0")
    return digest


def keys() -> Keys:
    """The keys of the settings."""
    return _parsed(settings.SEALING_KEYS)


def encrypt(key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
    """SM4-GCM as RFC 8998 has it: the cipher text with its proof behind it."""
    cipher = Cipher(_cipher_of(key), modes.GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(bound)
    return cipher.update(text) + cipher.finalize() + cipher.tag


def decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """The text of a cipher text with its proof behind it, or ``InvalidTag``."""
    body, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    cipher = Cipher(_cipher_of(key), modes.GCM(nonce, tag)).decryptor()
    cipher.authenticate_additional_data(bound)
    return cipher.update(body) + cipher.finalize()


def seal(text: str, place: str) -> bytes:
    """Seal a text with the current key, bound to the place (table and column) it is kept in."""
    held = keys()
    nonce = os.urandom(NONCE_BYTES)
    body = encrypt(held.by_number[held.current], nonce, text.encode(), place.encode())
    return bytes([held.current]) + nonce + body


def unseal(sealed: bytes, place: str) -> str:
    """Open a sealed text; the errors say what is wrong and nothing of what is inside."""
    if len(sealed) < 1 + NONCE_BYTES + TAG_BYTES:
        raise Unreadable(f"{place}: too short to be a sealed value")
    number, nonce, body = sealed[0], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    key = keys().by_number.get(number)
    if key is None:
        raise Unreadable(f"{place}: sealed with key {number}, which GONGHUI_KEYS does not name")
    try:
        return decrypt(key, nonce, body, place.encode()).decode()
    except InvalidTag:
        raise Unreadable(f"{place}: key {number} does not open this value") from None


def key_number(sealed: bytes) -> int:
    """With which key a value is sealed."""
    return sealed[0]


def blind(text: str, purpose: str) -> bytes:
    """The same 32 bytes for the same text and purpose, from which neither can be read."""
    digest = _begun(settings.INDEX_KEY, purpose).copy()
    digest.update(text.encode())
    return digest.finalize()
