"""Codes shown at the door: signed, good for a minute on a screen, for the session on paper."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

STEP = 30  # seconds a code stays on the screen; the one before it is still taken
MAC = 16  # bytes of the signature that are kept: 128 bits cannot be guessed


class BadCode(ValueError):
    """``sentence`` says to the person why the code was not taken, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a session's codes are taken."""

    opens_at: datetime
    closes_at: datetime


def screen_code(session: int, secret: bytes, now: datetime) -> str:
    """The code of this half minute."""
    turn = int(now.timestamp()) // STEP
    return f"s.{session}.{turn}.{_sign(secret, f's.{session}.{turn}')}"


def poster_code(session: int, secret: bytes) -> str:
    """The code printed on paper; it is good while the session's doors are open."""
    return f"p.{session}.{_sign(secret, f'p.{session}')}"


def said_code(words: str) -> str:
    """The code in what was read or pasted: the whole address of the door, or the code alone."""
    return parse_qs(urlsplit(words.strip()).query).get("code", [words.strip()])[0]


def session_of(code: str) -> int:
    """Which session a code says it is of; nothing is proved by that yet."""
    parts = code.strip().split(".")
    if len(parts) not in (3, 4) or parts[0] not in ("s", "p") or not parts[1].isdecimal():
        raise BadCode("这不是签到码，请扫现场屏幕或海报上的码。")
    return int(parts[1])


def check(code: str, secret: bytes, window: Window, now: datetime) -> None:
    """Refuse a code that is forged, of another minute, or shown outside the session's doors."""
    said, _, mac = code.strip().rpartition(".")
    if not hmac.compare_digest(mac, _sign(secret, said)):
        raise BadCode("这个码不是本场发出的，请重新扫现场的码。")
    if now < window.opens_at:
        raise BadCode(f"还没到签到时间，{window.opens_at:%H:%M} 开始签到。")
    if now > window.closes_at:
        raise BadCode("签到已经结束。确实到场的，请找组织者补签。")
    if said.startswith("s.") and not _fresh(int(said.rpartition(".")[2]), now):
        raise BadCode("这个码已经过期，请扫屏幕上现在的码。")


def _fresh(turn: int, now: datetime) -> bool:
    current = int(now.timestamp()) // STEP
    return current - 1 <= turn <= current


def _sign(secret: bytes, said: str) -> str:
    mac = hmac.new(secret, said.encode(), hashlib.sha256).digest()[:MAC]
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def doors(starts_at: datetime, ends_at: datetime, *, early: timedelta, late: timedelta) -> Window:
    """When the doors of a session stand open."""
    return Window(starts_at - early, ends_at + late)
