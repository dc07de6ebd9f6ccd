"""Fixtures every test may use."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from tests.cast import Cast, make_cast
from tests.replay import replayed
from tests.schema import fill_from_copy

# A busy machine draws its examples slowly, and tests that share a fixture set their rows back.
# A submission is judged by the same examples each time; whoever runs the tests draws new ones.
settings.register_profile(
    "gonghui",
    deadline=None,
    derandomize="GONGHUI_SAME_EXAMPLES" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("quick", parent=settings.get_profile("gonghui"), max_examples=10)
settings.load_profile("gonghui")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker,
) -> Iterator[None]:
    """On PostgreSQL as pytest-django does it; on SQLite the migrations run once, not each time."""
    if connection.vendor != "sqlite":
        request.getfixturevalue("django_db_setup")
        yield
        return
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        connection.close()
        memory = connection.creation._get_test_db_name()
        connection.settings_dict["NAME"] = memory
        fill_from_copy()
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name


@pytest.fixture
def cast(db) -> Cast:
    """The known people and bodies."""
    return replayed(make_cast)
