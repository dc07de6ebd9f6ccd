"""Files are handed out as downloads, under names that are safe and Chinese."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from gonghui.kit.downloads import disposition, download


def test_a_download_is_never_shown_or_guessed():
    response = download(b"content", "年度总结", "docx")

    assert response.content == b"content"
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert response["Content-Disposition"] == (
        'attachment; filename="gonghui.docx"; '
        "filename*=UTF-8''%E5%B9%B4%E5%BA%A6%E6%80%BB%E7%BB%93.docx"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_an_unknown_kind_is_only_bytes():
    assert download(b"", "原件", "wps")["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("总结.docx", "总结.docx"),
        ("../../etc/passwd", "etc passwd.docx"),
        ('a"\r\nX-Evil: 1', "a X-Evil 1.docx"),
        ("计划\u202excod.exe", "计划 xcod.exe.docx"),
        ("...", "文件.docx"),
        ("长" * 500, "长" * 120 + ".docx"),
    ],
)
def test_names_lose_what_could_deceive(name, kept):
    header = disposition(name, "docx")

    assert unquote(header.split("UTF-8''")[1]) == kept
    assert "\n" not in header
