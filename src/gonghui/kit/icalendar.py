"""Writes events as an iCalendar file (RFC 5545) that phones subscribe to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75  # octets, without the line break (RFC 5545 §3.1)
PRODUCT = "-//Gonghui//Gonghui//ZH"
REFRESH = "PT6H"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\t": " "})


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: ``uid`` stays the same for ever.

    Of days, ``end`` is the last (None: one day). Of moments, it is when it ends; an hour of
    somebody's, so it shows as busy. One that is ``off`` stays, crossed out, where it was.
    """

    uid: str
    start: date | datetime
    end: date | datetime | None
    summary: str
    description: str
    url: str
    updated: datetime
    place: str = ""
    is_off: bool = False


def write_calendar(name: str, events: Iterable[Event]) -> bytes:
    """The calendar with its name, folded and ended with CRLF as the standard asks."""
    return b"".join(_fold(row) for row in rows(name, events))


def rows(name: str, events: Iterable[Event]) -> Iterator[str]:
    """The content lines before folding."""
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}")
    yield from (f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}", f"X-PUBLISHED-TTL:{REFRESH}")
    for event in events:
        yield from _event_rows(event)
    yield "END:VCALENDAR"


def _event_rows(event: Event) -> Iterator[str]:
    stamp = _moment(event.updated)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield from _when(event)
    yield f"SUMMARY:{_text(event.summary)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.url:
        yield f"URL:{''.join(CONTROL.sub('', event.url).split())}"
    if event.is_off:
        yield "STATUS:CANCELLED"
    yield f"TRANSP:{'OPAQUE' if isinstance(event.start, datetime) else 'TRANSPARENT'}"
    yield "END:VEVENT"


def _when(event: Event) -> Iterator[str]:
    start, end = event.start, event.end
    if isinstance(start, datetime):
        yield f"DTSTART:{_moment(start)}"
        if isinstance(end, datetime) and end > start:
            yield f"DTEND:{_moment(end)}"
        return
    last = max(end or start, start)
    yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"  # the day after, by the standard


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", lines).translate(ESCAPES)


def _fold(row: str) -> bytes:
    """Break a line between characters, never inside one: a cut Chinese character is lost."""
    pieces: list[bytes] = []
    piece = b""
    for char in row:
        octets = char.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
