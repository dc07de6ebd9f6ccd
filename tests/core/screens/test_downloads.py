"""A file is fetched through what it belongs to, and never shown inside our pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gonghui.core.files.store import attach
from gonghui.core.notices.models import Notice


@pytest.fixture
def kept(cast):
    file = SimpleUploadedFile("记录.txt", "一行".encode())
    return attach(cast.branch, file, name="记录.txt", by=cast.actor("bob"))


def address(kept):
    return reverse("attachment", args=[kept.pk])


def test_whoever_sees_the_record_gets_the_file_as_a_download(cast, kept):
    response = cast.client("bob").get(address(kept))

    assert b"".join(response.streaming_content) == "一行".encode()
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("who", ["alice", "dave", "mallory"])
def test_whoever_does_not_gets_404(cast, kept, who):
    assert cast.client(who).get(address(kept)).status_code == 404


def test_a_file_that_is_not_there_is_not_found(cast):
    assert cast.client("bob").get(reverse("attachment", args=[1])).status_code == 404


def test_a_file_of_a_record_without_screens_is_nobodys(cast):
    notice = Notice.objects.create(person=cast.bob, kind="test", title="试")
    file = SimpleUploadedFile("记录.txt", "一行".encode())
    hidden = attach(notice, file, name="记录.txt", by=cast.actor("bob"))

    assert cast.client("bob").get(address(hidden)).status_code == 404
