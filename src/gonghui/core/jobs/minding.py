"""What is minded while nobody looks: silent jobs go on elsewhere, old results are thrown away."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from gonghui.core.files.models import Attachment
from gonghui.core.notices.inbox import kinds
from gonghui.core.notices.ticking import every_day, every_tick

from .models import Job
from .running import take_over_silent

KEPT = timedelta(days=7)  # a result is fetched at once or made anew; people's data do not lie about

kinds.add("job", "后台任务")


@every_tick("jobs")
def mind_silent(now: datetime) -> str:
    return f"{take_over_silent()} taken over"


@every_day("job results")
def drop_old_results(day: date) -> None:
    """Files of jobs that ended long ago; what the job says of itself stays."""
    ended = Job.objects.filter(finished_at__lt=timezone.now() - KEPT).order_by()
    kind = ContentType.objects.get_for_model(Job)
    for old in Attachment.objects.filter(content_type=kind, object_id__in=ended.values("pk")):
        old.file.delete(save=False)
        old.delete()
