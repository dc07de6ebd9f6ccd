"""Dull factories for what every app stands on: history, files, notices, search cards."""

from __future__ import annotations

import factory
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile

from gonghui.core.access.actor import SYSTEM
from gonghui.core.files.models import Attachment
from gonghui.core.history.models import Entry
from gonghui.core.history.trail import record
from gonghui.core.jobs.models import Job
from gonghui.core.notices.models import Letter, Notice, Tick
from gonghui.core.screens.models import SavedView
from gonghui.core.search.models import SearchCard

from .organisation import OrgFactory, PersonFactory


class EntryFactory(factory.django.DjangoModelFactory):
    """An entry of the history, written through its only door."""

    subject = factory.SubFactory(OrgFactory)
    verb = "update"
    by = SYSTEM

    class Meta:
        model = Entry

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return record(kwargs["subject"], kwargs["verb"], by=kwargs["by"])


class AttachmentFactory(factory.django.DjangoModelFactory):
    subject = factory.SubFactory(OrgFactory)
    name = "照片.txt"
    file = factory.LazyFunction(lambda: ContentFile("一张照片".encode(), name="1.txt"))
    kind = "text/plain"
    size = 12
    digest = "0" * 64

    class Meta:
        model = Attachment

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        subject = kwargs.pop("subject")
        kwargs["content_type"] = ContentType.objects.get_for_model(subject)
        return model_class.objects.create(object_id=subject.pk, **kwargs)


class NoticeFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    kind = "assigned"
    title = "有一项任务交给了您"

    class Meta:
        model = Notice


class JobFactory(factory.django.DjangoModelFactory):
    kind = "lists.export"
    title = "导出人员"
    org = factory.SubFactory(OrgFactory)
    by = factory.SubFactory(PersonFactory)

    class Meta:
        model = Job


class LetterFactory(factory.django.DjangoModelFactory):
    notice = factory.SubFactory(NoticeFactory)
    channel = "email"
    address = "someone@example.org"

    class Meta:
        model = Letter


class TickFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"job-{n}")

    class Meta:
        model = Tick


class SavedViewFactory(factory.django.DjangoModelFactory):
    person = factory.SubFactory(PersonFactory)
    list = "membership:person-list"
    name = factory.Sequence(lambda n: f"视图 {n}")

    class Meta:
        model = SavedView


class SearchCardFactory(factory.django.DjangoModelFactory):
    kind = "orgs.org"
    object_id = factory.Sequence(lambda n: n + 1_000_000)
    org = factory.SubFactory(OrgFactory)
    folded = "工会"
    grams = "工会"

    class Meta:
        model = SearchCard
