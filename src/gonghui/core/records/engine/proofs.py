"""Codes on papers: made by chance, written so that a person can copy them from print."""

from __future__ import annotations

import io
import secrets

import segno

LENGTH = 16  # of 32 letters each: 80 bits, which nobody finds by trying
# Crockford's letters: none of them is taken for another, and no word comes out by chance.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TAKEN_FOR = str.maketrans("OIL", "011")


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def printed(code: str) -> str:
    """In fours, as it stands on the paper."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read(said: str) -> str:
    """The code somebody typed; nothing where it cannot be one."""
    kept = "".join(char for char in said.upper() if char.isalnum()).translate(TAKEN_FOR)
    return kept if len(kept) == LENGTH and set(kept) <= set(LETTERS) else ""


def drawn(words: str) -> str:
    """A square code of the words as SVG, to be scanned from paper."""
    out = io.BytesIO()
    segno.make(words, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()
