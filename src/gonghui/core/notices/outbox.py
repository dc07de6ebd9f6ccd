"""The outbox: letters written with the notice, sent later, tried again until they are through."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from .channels import channels
from .models import Letter, Notice
from .ticking import every_tick

log = logging.getLogger(__name__)

# Minutes to wait after the first, second … failed try; after the last of them the letter failed.
WAITS = (1, 5, 30, 120, 480)
MOST_TRIES = len(WAITS) + 1
# A mail server that refuses three letters in a row is down: the rest wait for the next round.
ENOUGH_FAILURES = 3
ROUND_SECONDS = 60.0


@dataclass(frozen=True)
class Round:
    """What one round of the outbox came to."""

    sent: int
    failed: int

    def __str__(self) -> str:
        return f"sent {self.sent}, failed {self.failed}"


def address_letters(notices: Sequence[Notice]) -> int:
    """Write a letter for every notice on every channel that is set up and knows the person."""
    letters: list[Letter] = []
    for name, channel in channels.items():
        if notices and channel.is_configured():
            known = channel.addresses({notice.person_id for notice in notices})
            letters += [
                Letter(notice=notice, channel=name, address=known[notice.person_id])
                for notice in notices
                if notice.person_id in known
            ]
    Letter.objects.bulk_create(letters, batch_size=1000)
    return len(letters)


def send_due(now: datetime | None = None) -> Round:
    """Send the letters whose time has come; safe beside other senders.

    A letter is claimed by moving its next try ahead before it is sent, so a crash between sending
    and marking sends it a second time and never loses it.
    """
    now = now or timezone.now()
    started, sent, failed, in_a_row = time.monotonic(), 0, 0, 0
    while in_a_row < ENOUGH_FAILURES and time.monotonic() - started < ROUND_SECONDS:
        letter = _claim(now)
        if letter is None:
            break
        if _send(letter):
            sent, in_a_row = sent + 1, 0
        else:
            failed, in_a_row = failed + 1, in_a_row + 1
    return Round(sent, failed)


@transaction.atomic
def _claim(now: datetime) -> Letter | None:
    """The next due letter, its try counted and its next one set, before anything leaves."""
    # SQLite has no such lock and needs none: its transactions of ours take the one write lock.
    due = Letter.objects.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at")
    due = due.filter(state=Letter.State.WAITING, next_try_at__lte=now)
    letter = due.select_related("notice").first()
    if letter is None:
        return None
    wait = WAITS[min(letter.tries, len(WAITS) - 1)]
    letter.tries += 1
    letter.next_try_at = max(now, timezone.now()) + timedelta(minutes=wait)
    letter.save(update_fields=["tries", "next_try_at"])
    return letter


def _send(letter: Letter) -> bool:
    try:
        if letter.tries > MOST_TRIES:  # every try before ended without a word: the process died
            raise TimeoutError("发送多次中断")
        channels[letter.channel].send(letter)
    except Exception as error:  # whatever the channel throws, the letter waits
        log.warning("Letter %s was not sent: %s", letter.pk, error)
        _put_off(letter, f"{type(error).__name__}: {error}")
        return False
    letter.state, letter.error = Letter.State.SENT, ""
    letter.save(update_fields=["state", "error"])
    return True


def _put_off(letter: Letter, reason: str) -> None:
    letter.error = reason[:300]
    if letter.tries >= MOST_TRIES:
        letter.state = Letter.State.FAILED
    letter.save(update_fields=["state", "error"])


@every_tick("letters")
def send_letters(now: datetime) -> str:
    """The outbox's turn in the scheduled job."""
    return str(send_due(now))
