"""Hands a written file to the browser: always as a download, under its Chinese name."""

from __future__ import annotations

import re
from typing import IO, TypeVar
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

Response = TypeVar("Response", bound=HttpResponseBase)
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
    return _never_in_place(response, name, kind)


def stream(file: IO[bytes], name: str, kind: str) -> FileResponse:
    """The same of a file that may be large; it is read piece by piece and closed at the end."""
    response = FileResponse(file, content_type=TYPES.get(kind, "application/octet-stream"))
    return _never_in_place(response, name, kind)


def _never_in_place(response: Response, name: str, kind: str) -> Response:
    response["Content-Disposition"] = disposition(name, kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def disposition(name: str, kind: str) -> str:
    """The header with a plain name for old programs and the true one by RFC 5987."""
    stem = plain_name(name.removesuffix(f".{kind}"))
    return f"attachment; filename=\"gonghui.{kind}\"; filename*=UTF-8''{quote(f'{stem}.{kind}')}"


def plain_name(name: str) -> str:
    """A name every file system takes, and that is no path."""
    return " ".join(UNWANTED.sub(" ", name).split()).strip(" .")[:LONGEST_NAME] or "文件"
