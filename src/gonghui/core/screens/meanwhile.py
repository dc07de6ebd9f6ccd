"""Tells whose form was open what others saved meanwhile, so that nobody overwrites it unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.crypto import salted_hmac

from .changes import told

FIELD = "form_opened"  # the hidden answer that says what the form showed
LETTERS = 12  # of a mark; two values that share one are as rare as a lost save is cheap
MOST_WORDS = 40  # of a value, in the sentence


def opened(form: forms.BaseForm, values: Mapping[str, Any]) -> str:
    """A mark for the value of each field; the values themselves cannot be read out of it."""
    return " ".join(f"{name}:{_mark(values[name])}" for name in _shared(form, values))


def news(form: forms.BaseForm, values: Mapping[str, Any], said: str) -> str:
    """What the record says now where it said something else when the form was opened."""
    before = dict(one.split(":", 1) for one in said.split() if ":" in one)
    changed = [
        f"{form.fields[name].label}（现在是{_words(values[name])}）"
        for name in _shared(form, values)
        if before.get(name, _mark(values[name])) != _mark(values[name])
    ]
    if not changed:
        return ""
    return (
        f"您打开这一页以后，别人改过{'、'.join(changed)}。"
        "您写的都还在下面，没有存；核对后再保存一次。"
    )


def _shared(form: forms.BaseForm, values: Mapping[str, Any]) -> Iterator[str]:
    return (name for name in form.fields if name in values)


def _mark(value: Any) -> str:
    return salted_hmac("gonghui.meanwhile", repr(told(value))).hexdigest()[:LETTERS]


def _words(value: Any) -> str:
    value = told(value)
    if value in (None, "", []):
        return "空的"
    if isinstance(value, bool):
        return "“是”" if value else "“否”"
    if isinstance(value, list | tuple):
        value = "、".join(map(str, value))
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"“{text if len(text) <= MOST_WORDS else f'{text[:MOST_WORDS]}…'}”"
