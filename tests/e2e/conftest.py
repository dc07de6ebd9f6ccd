"""A real Chromium before the live server, at the two sizes the design is drawn for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from .visitor import Size, Visitor

DESK = Size("desk", 1440, 900)
PHONE = Size("phone", 390, 844)
WAIT = 15_000  # two slow cores share a page with the server that writes it
NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def _chromium() -> str:
    named = os.environ.get("CHROMIUM", "")
    found = [path for name in (named, *NAMES) if name and (path := shutil.which(name))]
    if not found:
        pytest.skip("no Chromium found; name one in CHROMIUM")
    return found[0]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory) -> None:
    """A database in a file: browser and test each have a connection of their own."""
    from django.conf import settings

    if settings.EMBEDDED:
        made = tmp_path_factory.mktemp("database") / "journeys.sqlite3"
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(made)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps a loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=WAIT)
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=_chromium(),
            args=["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


@pytest.fixture(params=[DESK, PHONE], ids=lambda size: size.name)
def size(request) -> Size:
    return request.param


@pytest.fixture
def scripts() -> bool:
    """Whether the browser runs scripts; a journey without them overrides this."""
    return True


@pytest.fixture
def enter(browser, live_server, cast, size, scripts, request) -> Iterator[object]:
    """``enter("frank", to="/plans/")`` is his own browser, logged in; ``enter()`` is outside."""
    cache.clear()
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []
    numbers = count(1)
    journey = request.node.originalname.removeprefix("test_")

    def _enter(name: str = "", to: str = "/") -> Visitor:
        context = browser.new_context(
            viewport={"width": size.width, "height": size.height},
            has_touch=size.name == "phone",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
            accept_downloads=True,
            reduced_motion="reduce",
        )
        context.set_default_timeout(WAIT)
        contexts.append(context)
        visitor = Visitor(
            context.new_page(), live_server.url, size, journey, scripts, numbers=numbers
        )
        visitors.append(visitor)
        if name:
            visitor.log_in(name, to)
        return visitor

    yield _enter
    for context in contexts:
        context.close()
    complaints = [one for visitor in visitors for one in visitor.complaints]
    assert not complaints, "\n".join(complaints)
