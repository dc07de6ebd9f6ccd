"""`make quick` keeps the rules that read the code; those that fill tables grow with every model."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and "db" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
