"""Hands a written file to the browser: always as a download, under its Chinese name."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.http import HttpResponse

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "ics": "text/calendar; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
LONGEST_NAME = 120
# Separators, characters Windows forbids, control characters, and those that turn text around.
UNWANTED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """A response no browser shows in place or guesses about; ``kind`` is the file's ending."""
    response = HttpResponse(content, content_type=TYPES.get(kind, "application/octet-stream"))
    response["Content-Disposition"] = disposition(name, kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def disposition(name: str, kind: str) -> str:
    """The header with a plain name for old programs and the true one by RFC 5987."""
    words = UNWANTED.sub(" ", name.removesuffix(f".{kind}")).split()
    stem = " ".join(words).strip(" .")[:LONGEST_NAME] or "文件"
    return f"attachment; filename=\"gonghui.{kind}\"; filename*=UTF-8''{quote(f'{stem}.{kind}')}"
