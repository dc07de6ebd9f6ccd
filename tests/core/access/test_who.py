"""The person behind a request; an account without one finds no page of its own."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import Http404

from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.who import person_of


def test_a_page_of_ones_own_belongs_to_a_person(cast):
    assert person_of(SimpleNamespace(actor=cast.actor("alice"))) == cast.alice
    with pytest.raises(Http404):
        person_of(SimpleNamespace(actor=SYSTEM))
