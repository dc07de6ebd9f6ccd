"""A person's name and numbers go for good; what counts without them stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from gonghui.core.access.actor import Actor
from gonghui.core.flow.events import emit
from gonghui.core.history.trail import VERBS, history_of, record, redact
from gonghui.core.people.models import Account, Identity, Particulars, Person
from gonghui.kit.errors import DomainError

from ..models import Merge
from ..queries.privacy import TRACES, removal_of
from .forgetting import forget_name, forget_words

VERBS |= {"anonymise": "注销资料"}
NOBODY = "已注销人员"
HIDDEN = "（已注销）"
# What history may keep of a person without a name.
COUNTED = {
    "sex", "employment", "work_status", "joined_on", "left_on", "org", "education", "politics",
    "ethnicity", "household", "skill", "title_level", "gig", "is_migrant", "state", "since",
    "until", "title",
}  # fmt: skip


@transaction.atomic
def anonymise(person: Person, *, reason: str, by: Actor) -> Person:
    """Take away whatever points to the person; their history is rewritten without it.

    Sex, birth year, education, employment, posts and spans of membership stay for statistics.
    """
    kept = Person.objects.select_for_update().select_related("org").get(pk=person.pk)
    if forbidden := removal_of(kept).forbidden:
        raise DomainError(forbidden)
    for one in [*Person.objects.select_for_update().filter(merged_into=kept).order_by("pk"), kept]:
        _forget(one, by)
    Merge.objects.filter(kept=kept).update(before={}, reason="")
    record(kept, "anonymise", by=by, changes={"reason": reason})
    return kept


def _forget(person: Person, by: Actor) -> None:
    """Take the name and the numbers of one record, which may be a duplicate of the other."""
    names = {person.name, *_earlier_names(person)}
    _empty(person)
    for subject in _subjects(person):
        redact(subject, hide=lambda name, said: _without(name, said, names))
    Identity.objects.filter(person=person).delete()
    _empty_particulars(person)
    _close_account(person)
    forget_words(person)
    emit(person, "anonymise", by=by)
    forget_name(person, names, instead=NOBODY)


def _empty(person: Person) -> None:
    person.birth_year = person.birth_date.year if person.birth_date else None
    person.name, person.pinyin, person.initials = NOBODY, "", ""
    person.birth_date = None
    person.anonymised_at = timezone.now()
    for name in TRACES:
        if hasattr(person, name):
            setattr(person, name, "")
    person.save()


def _empty_particulars(person: Person) -> None:
    held = Particulars.objects.filter(person=person).first()
    if held:
        for name in TRACES:
            if hasattr(held, name):
                setattr(held, name, "")
        held.save()


def _close_account(person: Person) -> None:
    """The account stays as a row others refer to; nobody logs in with it any more."""
    account = Account.objects.filter(person=person).first()
    if account:
        account.username, account.mobile, account.email = f"gone-{account.pk}", None, ""
        account.is_active = False
        account.set_unusable_password()
        account.save()


def _subjects(person: Person) -> Iterator[models.Model]:
    """The person and every record that is theirs: their own history and those of their posts."""
    yield person
    for relation in Person._meta.related_objects:
        if relation.field.name == "person":
            rows: Any = relation.related_model._base_manager.filter(person=person)
            yield from rows


def _earlier_names(person: Person) -> Iterator[str]:
    for entry in history_of(person):
        said = entry.changes.get("name")
        if isinstance(said, list):
            yield from (name for name in said if name)


def _without(name: str, said: Any, names: set[str]) -> Any:
    """What history keeps of one value: what only counts, and nothing that says a name."""
    if isinstance(said, list):
        return [_without(name, one, names) for one in said]
    if name in COUNTED or said in (None, ""):
        return said
    return NOBODY if said in names else HIDDEN
