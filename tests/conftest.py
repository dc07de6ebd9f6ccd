"""Fixtures every test may use."""

from __future__ import annotations

import pytest

from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db) -> Cast:
    """The known people and bodies."""
    return make_cast()
