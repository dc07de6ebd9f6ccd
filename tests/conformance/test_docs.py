"""The docs name every capability, setting, life, library and seam, and lead nowhere in vain."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from gonghui.core.access.capabilities import SHIPPED_ROLES, capabilities
from gonghui.core.flow.life import flows
from gonghui.core.orgs.models import Kind

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_every_setting_is_told_and_none_that_is_not():
    read = re.compile(r"env\.\w+\(\s*\"([A-Z_]+)\"")
    sources = (ROOT / "src").rglob("*.py")
    used = {name for path in sources for name in read.findall(path.read_text("utf-8"))}

    told = set(re.findall(r"^\| `([A-Z_]+)`", text("docs/settings.md"), re.MULTILINE))

    assert told == used


def test_every_capability_and_role_is_told():
    page = text("docs/vocabulary.md")

    missing = [name for name, _ in capabilities.items() if f"`{name}`" not in page]
    missing += [label for _, label in capabilities.items() if label not in page]
    missing += [role for role in SHIPPED_ROLES if role not in page]

    assert missing == []


def test_every_kind_of_body_has_its_word():
    page = text("docs/vocabulary.md")

    missing = [kind for kind in Kind if f"`{kind.value}`" not in page or kind.label not in page]

    assert missing == []


def test_every_life_is_drawn():
    drawn = {path.stem for path in (DOCS / "flows").glob("*.md")}

    assert drawn == {label for label, _ in flows.items()}


def test_every_seam_is_told():
    page = text("docs/architecture.md")
    seams = [p.stem for p in (ROOT / "src/gonghui/seams").glob("*.py") if p.stem != "__init__"]

    assert [name for name in seams if f"`{name}`" not in page] == []


def test_every_runtime_library_has_its_decision():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    names = [re.split(r"[\[<>=~]", spec)[0] for spec in project["dependencies"]]
    pages = "\n".join(p.read_text("utf-8") for p in (DOCS / "decisions").rglob("*.md"))

    assert [name for name in names if f"`{name}`" not in pages] == []


def test_every_command_is_told():
    page = text("docs/architecture.md")
    commands = [
        path.stem
        for path in (ROOT / "src").rglob("management/commands/*.py")
        if path.stem != "__init__"
    ]

    assert [name for name in commands if f"`gonghui {name}" not in page] == []


def test_every_target_of_make_is_told():
    targets = re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.MULTILINE)
    page = text("CONTRIBUTING.md")

    assert targets is not None
    assert [name for name in targets[1].split() if f"`make {name}" not in page] == []
    assert len(targets[1].split()) <= 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_and_names_exist(page):
    said = page.read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", said) if "://" not in link]
    paths = re.findall(r"`((?:src|tests|docs|bench)/[\w./-]+)`", said)

    assert [link for link in links if not (page.parent / link).exists()] == []
    assert [path for path in paths if not (ROOT / path).exists()] == []
