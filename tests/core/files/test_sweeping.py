"""Files a failed transaction left behind go; everything else stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from gonghui.core.backoffice.notices import sweep_files
from gonghui.core.files.models import Attachment
from gonghui.core.files.store import attach
from gonghui.core.files.sweeping import orphans, sweep

pytestmark = pytest.mark.django_db

LATER = timedelta(days=2)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def attach_one(cast) -> Attachment:
    paper = ContentFile(b"%PDF-1.7 minutes")
    return attach(cast.company, paper, name="纪要.pdf", by=cast.actor("frank"))


def attach_and_fail(cast) -> str:
    with transaction.atomic():
        name = attach_one(cast).file.name
        transaction.set_rollback(True)
    return name


def test_sweep_deletes_the_file_of_a_failed_transaction_only(cast):
    kept, lost = attach_one(cast), attach_and_fail(cast)
    storage = kept.file.storage

    assert sweep(timezone.now() + LATER) == 1
    assert not storage.exists(lost)
    assert storage.exists(kept.file.name)


def test_young_file_is_left_because_its_row_may_still_come(cast):
    lost = attach_and_fail(cast)

    assert list(orphans(timezone.now())) == []
    assert list(orphans(timezone.now() + LATER)) == [lost]


def test_daily_job_says_how_many_and_needs_no_folder():
    assert sweep_files(timezone.localdate()) == "0 files"
