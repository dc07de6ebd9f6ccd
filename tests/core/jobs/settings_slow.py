"""The settings of a real worker in the tests: the product and the kinds made for tests."""

from __future__ import annotations

from gonghui.site.settings import *  # noqa: F403  # all of the product
from gonghui.site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.jobs.slow.SlowConfig"]
