"""Calendars as RFC 5545 wants them, read back by a strict reader of our own."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from gonghui.kit.icalendar import Event, rows, write_calendar

CONTENT = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", re.DOTALL)


def parsed(data: bytes) -> list[tuple[str, str]]:
    """Unfold and take apart; fails on anything the standard forbids."""
    assert data.endswith(b"\r\n")
    physical = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in physical)
    logical: list[str] = []
    for line in physical:
        text = line.decode()  # a fold inside a character would fail here
        if text.startswith(" "):
            logical[-1] += text[1:]
        else:
            logical.append(text)
    found = []
    for text in logical:
        match = CONTENT.fullmatch(text)
        assert match, text
        found.append((match[1] + match[2], match[3]))
    return found


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def event(**changes) -> Event:
    plain = {
        "uid": "task-7@gonghui",
        "start": date(2025, 3, 1),
        "end": None,
        "summary": "召开会员代表大会",
        "description": "",
        "url": "",
        "updated": datetime(2025, 1, 2, 8, 30, tzinfo=timezone(timedelta(hours=8))),
    }
    return Event(**(plain | changes))


def test_a_calendar_is_named_and_framed():
    lines = parsed(write_calendar("我的任务,安澜", []))

    assert lines[0] == ("BEGIN", "VCALENDAR")
    assert lines[-1] == ("END", "VCALENDAR")
    assert ("VERSION", "2.0") in lines
    assert ("X-WR-CALNAME", "我的任务\\,安澜") in lines
    assert len([name for name, _ in lines if name == "PRODID"]) == 1


def test_an_event_fills_whole_days_and_ends_the_day_after():
    one, span, backwards = (
        dict(parsed(write_calendar("任务", [event(end=end)])))
        for end in (None, date(2025, 3, 31), date(2025, 2, 1))
    )

    assert one["DTSTART;VALUE=DATE"] == "20250301"
    assert one["DTEND;VALUE=DATE"] == "20250302"
    assert span["DTEND;VALUE=DATE"] == "20250401"
    assert backwards["DTEND;VALUE=DATE"] == "20250302"
    assert one["DTSTAMP"] == "20250102T003000Z"
    assert one["UID"] == "task-7@gonghui"


def test_text_of_any_kind_survives():
    words = "第一行，a;b,c\\n\r\n第二行\t" + "长" * 200 + "🎉\x07\nBEGIN:VEVENT"
    found = parsed(write_calendar("任务", [event(summary=words, description=words)]))

    kept = words.replace("\r\n", "\n").replace("\t", " ").replace("\x07", "")
    assert unescaped(dict(found)["SUMMARY"]) == kept
    assert unescaped(dict(found)["DESCRIPTION"]) == kept
    assert [name for name, _ in found].count("BEGIN") == 2


def test_addresses_cannot_open_a_new_line():
    found = dict(parsed(write_calendar("任务", [event(url="https://a.invalid/x\r\nATTACH:y")])))

    assert found["URL"] == "https://a.invalid/xATTACH:y"


def test_the_same_events_make_the_same_file():
    events = [event(uid=f"task-{n}@gonghui") for n in range(3)]

    assert write_calendar("任务", events) == write_calendar("任务", iter(events))
    assert [row for row in rows("任务", events) if row.startswith("UID")] == [
        "UID:task-0@gonghui",
        "UID:task-1@gonghui",
        "UID:task-2@gonghui",
    ]


def test_event_of_hours_says_when_it_begins_and_ends_and_where():
    start = datetime(2026, 3, 1, 18, 30, tzinfo=timezone(timedelta(hours=8)))

    said = parsed(
        write_calendar(
            "活动",
            [event(start=start, end=start + timedelta(hours=2), place="体育馆；二楼", is_off=True)],
        )
    )

    assert ("DTSTART", "20260301T103000Z") in said
    assert ("DTEND", "20260301T123000Z") in said
    assert ("STATUS", "CANCELLED") in said
    assert ("TRANSP", "OPAQUE") in said
    assert "体育馆；二楼" in dict(said)["LOCATION"]
