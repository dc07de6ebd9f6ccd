"""The long work of the archive: freezing a year of everybody of a union."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from gonghui.core.jobs.kinds import Kind, Outcome, register
from gonghui.core.jobs.work import Work
from gonghui.core.orgs.models import Org
from gonghui.core.people.models import Person
from gonghui.kit.errors import DomainError

from .actions.freezing import freeze
from .queries.volumes import people_with_credits


def freeze_all(work: Work) -> Outcome:
    """One person after another, each in a transaction of their own; gone on with where it broke."""
    said, actor = work.arguments, work.actor
    org = Org.objects.get(pk=said["body"])
    if not actor.can("learning.write", at=org):
        raise DomainError("您已不管理这里的学习，不能封存。")
    numbers = list(people_with_credits(org, said["year"]).values_list("pk", flat=True))
    done, last = work.kept.get("done", 0), work.kept.get("last", 0)
    for at, pk in enumerate(numbers):
        work.advance(at, len(numbers), "正在封存")
        if pk <= last:
            continue
        with transaction.atomic():
            person = Person.objects.select_related("org").get(pk=pk)
            made = freeze(person, said["year"], address=said["address"], by=actor)
            done += made is not None
            work.keep(done=done, last=pk)
    work.advance(len(numbers), len(numbers))
    listed = reverse("archive:volume-list")
    words = f"{org} {said['year']} 年：{done} 人的学习档案已封存；当年没有积累的人没有档案。"
    return Outcome(words, url=f"{listed}?org={org.pk}&scope=below&year={said['year']}")


register(Kind("archive.freeze", "封存学习档案", freeze_all))
