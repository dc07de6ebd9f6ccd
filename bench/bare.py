"""Pages with nothing to them, behind the same middleware: what Django itself takes here."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines

from gonghui.core.notices.models import Notice
from gonghui.core.people.models import Person

# For each table: what is joined, a date and a word, so that a row has five cells.
CELLS = {
    "plans.item": ("plan", "due_on", "state"),
    "people.person": ("org", "joined_on", "employment"),
}

_PAGE = """<!doctype html><html lang="zh-CN"><head><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1>%s</body></html>"""
_RECORD = _PAGE % "<dl><dt>{{ record.name }}</dt><dd>{{ record.pinyin }}</dd></dl>"
_ROWS = (
    _PAGE
    % """<table>{% for row in rows %}
<tr><td>{{ row.pk }}</td><td><a href="/{{ row.pk }}/">{{ row }}</a></td>
<td>{{ row.joined }}</td><td>{{ row.day|date:"n月j日" }}</td><td>{{ row.word }}</td></tr>
{% endfor %}</table>"""
)


def record(request: HttpRequest) -> HttpResponse:
    """One query by the primary key, for whoever is logged in."""
    found = Person.objects.get(pk=request.user.person_id)  # type: ignore[union-attr]  # logged in
    return _drawn(_RECORD, title="一人", record=found)


def insert(request: HttpRequest) -> HttpResponse:
    """One row with one foreign key, for whoever is logged in, and a way on as forms answer it."""
    person = request.user.person_id  # type: ignore[union-attr]  # logged in
    Notice.objects.create(person_id=person, kind="bare", title="一行", body="只写一行")
    return HttpResponseRedirect("/bare/record/")


def rows(request: HttpRequest, label: str, count: int) -> HttpResponse:
    """So many rows with one join, five cells each."""
    join, day, word = CELLS[label]
    found = list(apps.get_model(label).objects.select_related(join).order_by("pk")[:count])
    for row in found:
        row.joined, row.day, row.word = getattr(row, join), getattr(row, day), getattr(row, word)
    return _drawn(_ROWS, title="列表", rows=found)


_compiled: dict[str, Any] = {}


def _drawn(source: str, **context: Any) -> HttpResponse:
    if source not in _compiled:
        _compiled[source] = engines["django"].from_string(source)
    return HttpResponse(_compiled[source].render(context))
