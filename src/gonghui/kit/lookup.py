"""A form field that finds one record by what people call it, without listing them all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MOST = 8  # candidates named when a name fits several
MOST_MARKS = 4  # within one name
OFFERED = 100  # rows offered while one types
NUMBER = re.compile(r"#(\d+)\s*$")
OPENING = re.compile("（")
READINGS = {"pinyin", "initials"}
BETWEEN = re.compile(r"[、,，;；\n]+")


class LookupInput(forms.TextInput):
    """A text box with the browser's own list of suggestions; works without a script."""

    offered: Callable[[], Iterable[str]] | None = None

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        own = f"{(attrs or {}).get('id', name)}_offered"
        box = super().render(name, value, {**(attrs or {}), "list": own}, renderer)
        options = format_html_join(
            "", '<option value="{}"></option>', ((one,) for one in (self.offered or tuple)())
        )
        return format_html('{}<datalist id="{}">{}</datalist>', box, own, options)


class LookupField(forms.CharField):
    """A text box that takes a name, its pinyin or initials, or a choice that was offered before.

    A choice is written ``名称``, and ``名称 #12`` where another one reads the same. Only rows of
    ``queryset`` are found, so a row outside it is as unknown as one that does not exist.
    """

    default_error_messages = {
        "none": "没有找到「%(said)s」。请写名称、拼音或首字母。",
        "many": "「%(said)s」有好几个：%(found)s。请选其中一个，连编号一起填。",
    }

    def __init__(
        self, *, names: tuple[str, ...] = ("name",), beside: str = "", **kwargs: Any
    ) -> None:
        super().__init__(widget=LookupInput, **kwargs)
        self.queryset: QuerySet[Any] | None = None
        self.names = names  # fields a person may mean
        self.beside = beside  # a field that tells namesakes apart
        self.widget.attrs |= {"autocomplete": "off"}

    def offer(self, queryset: QuerySet[Any]) -> None:
        """Say which rows may be found; the first of them are offered while one types."""
        self.queryset = queryset
        self.widget.offered = lambda: self._told_apart(queryset[:OFFERED])  # type: ignore[attr-defined]  # our own widget

    def clean(self, value: Any) -> Model | None:
        said = str(super().clean(value) or "").strip()
        return self._find(said) if said else None

    def prepare_value(self, value: Any) -> str:
        """A record given as the initial value is shown as a choice."""
        if isinstance(value, Model):
            return self.shown(value) if self._reads_alone(value) else self.choice(value)
        if isinstance(value, int) and self.queryset is not None:
            found = self.queryset.filter(pk=value).first()
            return self.prepare_value(found) if found else ""
        return str(value or "")

    def shown(self, found: Any) -> str:
        """What people call it, with what tells namesakes apart."""
        where = getattr(found, self.beside, None) if self.beside else None
        return f"{found}（{where}）" if where else str(found)

    def choice(self, found: Any) -> str:
        """Its label with its number, which no other has."""
        return f"{self.shown(found)} #{found.pk}"

    def _told_apart(self, rows: Iterable[Any]) -> list[str]:
        """Choices by their labels; those that read the same, with their numbers.

        One that only reads like a row further down is asked about again when it is chosen.
        """
        labels = [(one, self.shown(one)) for one in rows]
        times = Counter(label for _, label in labels)
        return [
            label if times[label] == 1 and self._is_called(one) else self.choice(one)
            for one, label in labels
        ]

    @property
    def _words(self) -> list[str]:
        """The fields that hold what is shown, not how it is read."""
        return [name for name in self.names if name not in READINGS]

    def _is_called(self, found: Any) -> bool:
        """Whether it is found by what is shown of it, which may not read like a number."""
        words = [getattr(found, name, None) for name in self._words]
        return str(found) in words and not NUMBER.search(self.shown(found))

    def _reads_alone(self, found: Any) -> bool:
        """Whether its label leads back to it; of a large table only what stands beside is asked."""
        near = {self.beside: getattr(found, self.beside)} if self.beside else {}
        return self._is_called(found) and self._labelled(self.shown(found), **near) == [found]

    def _labelled(self, said: str, **near: Any) -> list[Model]:
        """The rows whose label is said word for word."""
        heads = [said[: at.start()] for at in OPENING.finditer(said)] if self.beside else [said]
        wanted = Q(pk__in=[])
        for name in self._words:
            wanted |= Q(**{f"{name}__in": heads})
        rows = self.queryset.filter(wanted, **near) if self.queryset is not None and heads else ()
        return [one for one in rows if self.shown(one) == said]

    def _find(self, said: str) -> Model:
        rows = self.queryset
        if rows is None:
            raise ValueError("LookupField: offer() was not called")
        if number := NUMBER.search(said):
            exact = list(rows.filter(pk=int(number[1]))[:1])
        else:
            exact = self._labelled(said) or list(rows.filter(self._called(said, ""))[: MOST + 1])
            exact = exact or list(rows.filter(self._called(said, "__contains"))[: MOST + 1])
        if not exact:
            raise ValidationError(self.error_messages["none"], "none", {"said": said})
        if len(exact) > 1:
            found = "；".join(self.choice(one) for one in exact[:MOST])
            raise ValidationError(
                self.error_messages["many"], "many", {"said": said, "found": found}
            )
        return exact[0]  # type: ignore[no-any-return]  # rows of the model we were given

    def _called(self, said: str, lookup: str) -> Q:
        wanted = Q()
        for name in self.names:
            plain = said.lower() if name in READINGS else said
            wanted |= Q(**{f"{name}{lookup}": plain})
        return wanted


class SeveralLookupField(LookupField):
    """Names with 、 between them; each is found as a single one is.

    Where the words around such a mark are together somebody's own, as shown or as a choice, they
    are one name.
    """

    def clean(self, value: Any) -> list[Any]:  # type: ignore[override]  # several instead of one
        said = str(forms.CharField.clean(self, value) or "")
        return [self._find(one) for one in self._apart(said)]

    def prepare_value(self, value: Any) -> str:
        if not isinstance(value, list | tuple):
            return str(value or "")
        shown = [super(SeveralLookupField, self).prepare_value(one) for one in value]
        if self._apart("、".join(shown)) != shown:  # two names side by side read as a third
            shown = [self.choice(one) if isinstance(one, Model) else str(one) for one in value]
        return "、".join(shown)

    def _apart(self, said: str) -> list[str]:
        """What is said, name by name: from each on, the longest that is somebody's own."""
        marks = list(BETWEEN.finditer(said))
        starts = [0, *(mark.end() for mark in marks)]
        ends = [*(mark.start() for mark in marks), len(said)]
        runs = {
            (first, last): said[starts[first] : ends[last]].strip()
            for first in range(len(starts))
            for last in range(first, min(len(ends), first + MOST_MARKS + 1))
        }
        whole = self._written({words for (first, last), words in runs.items() if last > first})
        found, at = [], 0
        while at < len(starts):
            longer = range(min(len(ends), at + MOST_MARKS + 1) - 1, at, -1)
            last = next((one for one in longer if runs[at, one] in whole), at)
            found.append(runs[at, last])
            at = last + 1
        return [one for one in found if one]

    def _written(self, said: set[str]) -> set[str]:
        """Of these words those that are exactly how a row is called, shown or offered."""
        if not said or self.queryset is None:
            return set()
        numbers = [int(number[1]) for one in said if (number := NUMBER.search(one))]
        heads = said | {one[: at.start()] for one in said for at in OPENING.finditer(one)}
        wanted = Q(pk__in=numbers)
        for name in self._words:
            wanted |= Q(**{f"{name}__in": heads})
        rows = self.queryset.filter(wanted)
        names = {str(getattr(one, name, "")) for one in rows for name in self._words}
        return said & (names | {w for one in rows for w in (self.shown(one), self.choice(one))})
