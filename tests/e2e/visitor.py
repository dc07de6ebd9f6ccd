"""One person at one browser: what they do, what is on their screen, and what went wrong there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, expect

from tests.cast import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(__file__).parent / "pictures"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# WCAG 2.2 AA and what axe calls good practice; the stylesheets are all our own.
RUN_AXE = "axe.run(document, {preload: false}).then((found) => JSON.stringify(found.violations))"
BELOW_THE_BODY = (
    "document.querySelector('main').getBoundingClientRect().bottom"
    " - document.body.getBoundingClientRect().bottom"
)


@dataclass(frozen=True)
class Size:
    """A screen the design is drawn for."""

    name: str
    width: int
    height: int


@dataclass
class Visitor:
    """A page with a conscience: it remembers every console error and refusal of the CSP."""

    page: Page
    address: str
    size: Size
    journey: str
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))  # of a journey's pictures
    seen: str = "nothing yet"  # the picture taken last
    expected: tuple[int, ...] = ()  # statuses a refusal on purpose answers with

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._broke)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        status = re.search(r"server responded with a status of (\d+)", message.text)
        if status and int(status[1]) in self.expected:
            return
        where = f"{self.page.url} ({message.location['url']}:{message.location['lineNumber']})"
        self.complaints.append(f"console at {where} after {self.seen}: {message.text}")

    def _broke(self, error: Error) -> None:
        self.complaints.append(f"script at {self.page.url}: {error.message}")

    def open(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status in (200, *self.expected), f"{answer.status} at {path}"

    def log_in(self, name: str, to: str = "/") -> None:
        self.open(f"/account/login/?next={to}")
        self.fill_in("用户名或手机号", name)
        self.fill_in("密码", PASSWORD)
        self.press("登录")
        expect(self.page.locator(".me")).to_be_visible()
        self.page.wait_for_load_state()  # a page half read does not listen yet

    def fill_in(self, label: str, words: str) -> None:
        field = self.page.get_by_label(re.compile(f"^{label}(选填)?$"))
        field.fill(words)

    def button(self, name: str, inside: str = "main") -> Locator:
        return self.page.locator(inside).get_by_role("button", name=name, exact=True)

    def press(self, name: str, inside: str = "main") -> None:
        self.button(name, inside).click()

    def follow(self, name: str, inside: str = "main") -> None:
        """Follow a link by the words one reads on it."""
        self.page.locator(inside).get_by_role("link", name=name, exact=True).first.click()

    def sees(self, words: str, inside: str = "main") -> None:
        expect(self.page.locator(inside)).to_contain_text(words)

    def headed(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def look(self, name: str) -> None:
        """Take a picture, and let axe read the page."""
        PICTURES.mkdir(exist_ok=True)
        file = f"{self.journey}-{self.size.name}-{next(self.numbers):02}-{name}.png"
        self.seen = name
        self.page.screenshot(path=PICTURES / file, full_page=True, caret="initial")
        self._fits(name)
        if self.scripts:
            self._axe(name)

    def _fits(self, name: str) -> None:
        """Nothing is wider than the screen (WCAG 1.4.10)."""
        wide = self._evaluate("document.documentElement.scrollWidth")
        if int(wide) > self.size.width:
            self.complaints.append(f"{name}: {wide} wide on a screen of {self.size.width}")
        # What sticks to the frame leaves the screen where the page is taller than its body.
        below = self._evaluate(BELOW_THE_BODY)
        if float(below) > 1:
            self.complaints.append(f"{name}: the page goes on {below} px below its body")

    def _axe(self, name: str) -> None:
        self._evaluate(AXE.read_text(encoding="utf-8") + ";1")
        for found in json.loads(self._evaluate(RUN_AXE)):
            places = [" ".join(map(str, node["target"])) for node in found["nodes"]]
            self.complaints.append(f"axe at {name}: {found['id']} ({found['help']}): {places[:5]}")

    def _evaluate(self, expression: str) -> str:
        """Through the debugger, so that the page keeps its strict CSP while it is read."""
        session = self.page.context.new_cdp_session(self.page)
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        try:
            answer = session.send("Runtime.evaluate", asked)
        finally:
            session.detach()
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return str(answer["result"]["value"])
