"""Whatever a phone may send is read as a log, or said to be none."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonghui.core.attendance.forms.notes import BROKEN, NO_LOG, log_of
from gonghui.kit.errors import DomainError

NOW = "2026-03-02T09:00:00+08:00"
FIELDS = ("number", "act", "way", "at", "behind", "registration", "ticket", "who", "undoes")
words = st.text(max_size=30) | st.sampled_from([NOW, "in", "ticked", str(UUID(int=7))])
values = st.none() | st.booleans() | st.integers() | st.floats() | words | st.lists(words)
rows = st.dictionaries(st.sampled_from(FIELDS), values) | values


@given(st.lists(rows, max_size=5))
def test_rows_of_anything_are_read_or_refused(said):
    log = log_of(json.dumps({"now": NOW, "notes": said}).encode())

    assert len(log.notes) + len(log.broken) <= len(said)
    assert {receipt.refused for receipt in log.broken} <= {BROKEN}


@given(st.binary(max_size=60) | values.map(lambda one: json.dumps(one).encode()))
def test_what_is_no_log_is_refused_with_one_sentence(body):
    with pytest.raises(DomainError, match=NO_LOG):
        log_of(body)
