"""The same plan pasted again is noticed, also renumbered and with other punctuation."""

from __future__ import annotations

import json
import re

import pytest

from gonghui.apps.plans.engine.sameness import fingerprint, likeness
from tests.apps.plans.engine.reader_outlines import DOCUMENTS, SHARED

TEXTS = {p.stem: p.read_text(encoding="utf-8") for p in sorted(DOCUMENTS.glob("*.txt"))}


@pytest.mark.parametrize("name", TEXTS)
def test_the_same_text_is_the_same(name):
    mark = json.loads(json.dumps(fingerprint(TEXTS[name])))

    assert likeness(mark, fingerprint(TEXTS[name])) == 1.0


@pytest.mark.parametrize("name", TEXTS)
def test_other_numbers_and_punctuation_change_little(name):
    other = (
        re.sub(r"[一二三四五六七八九十]、", "1. ", TEXTS[name])
        .replace("，", ",")
        .replace("；", "。")
    )
    other = re.sub(r"（[一二三]）|\(\d\)|[①②③]", "★", other).replace("\n", "\n\n  ")

    assert likeness(fingerprint(TEXTS[name]), fingerprint(other)) > 0.9


def test_different_plans_are_different():
    marks = [fingerprint(text) for text in TEXTS.values()]

    assert max(likeness(a, b) for a in marks for b in marks if a is not b) < 0.2


def test_nothing_is_like_nothing():
    assert likeness(fingerprint(""), fingerprint("")) == 0.0
    assert likeness(fingerprint("一、"), fingerprint("学习计划")) == 0.0


@pytest.mark.skipif(not (SHARED / "documents").exists(), reason="no shared documents here")
def test_the_founding_documents_that_repeat_each_other():
    def mark(name: str) -> dict:
        return fingerprint((SHARED / "documents" / f"{name}.txt").read_text(encoding="utf-8"))

    assert likeness(mark("000-3"), mark("000-5")) > 0.8
    assert likeness(mark("001-8"), mark("002")) > 0.8
    assert likeness(mark("001-1"), mark("001-2")) < 0.2
