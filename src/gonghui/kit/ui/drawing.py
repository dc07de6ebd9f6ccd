"""The smallest pieces of a page, drawn in Python: a template for each would cost a list dearly."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe


def escaped(value: Any) -> str:
    """A value as it stands in HTML; Django's own way asks first whether it is lazy."""
    if type(value) is str:
        return html.escape(value)
    return conditional_escape(value)


TONES = ("plain", "doing", "done", "late", "wait")
# Django's message levels, said in our tones
_TONE_OF_LEVEL = {
    "debug": "plain",
    "info": "doing",
    "success": "done",
    "warning": "wait",
    "error": "late",
}


def tone_of(word: str) -> str:
    """A tone by its own name or by a message level's; an unknown word is a mistake, not plain."""
    tone = _TONE_OF_LEVEL.get(word, word or "plain")
    if tone not in TONES:
        raise ValueError(f"Unknown tone {word!r}; the tones are {', '.join(TONES)}.")
    return tone


@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """One of the drawings in icons.svg; decoration only, the word stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false" width="20" height="20">'
        '<use href="{}#{}"></use></svg>',
        static("ui/icons.svg"),
        name,
    )


def state_badge(word: Any, tone: str = "plain", title: str = "") -> SafeString:
    """A state, always with its word; tones: plain, doing, done, late, wait."""
    said = f' title="{escaped(title)}"' if title else ""
    drawn = f'<span class="state {tone_of(tone)}"{said}>{escaped(word)}</span>'
    return mark_safe(drawn)  # every part was escaped above


def attributes(given: Mapping[str, Any]) -> str:
    """HTML attributes with a space before each; True stands alone, False and None are left out."""
    drawn = ""
    for name, value in given.items():
        if value is True:
            drawn += f" {escaped(name)}"
        elif value is not False and value is not None:
            drawn += f' {escaped(name)}="{escaped(value)}"'
    return drawn
