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
    """Names with 、 between them; each is found as a single one is."""

    def clean(self, value: Any) -> list[Any]:  # type: ignore[override]  # several instead of one
        said = str(forms.CharField.clean(self, value) or "")
        return [self._find(one.strip()) for one in BETWEEN.split(said) if one.strip()]

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, list | tuple):
            return "、".join(self.prepare_value(one) for one in value)
        return str(value or "")
