"""What the office does by itself every day, besides what the apps register."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gonghui.core.files.sweeping import sweep
from gonghui.core.notices.ticking import every_day


@every_day("files")
def sweep_files(day: date) -> str:
    """Free the disk of files whose record was never committed."""
    return f"{sweep(timezone.now())} files"
