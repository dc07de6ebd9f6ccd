"""What the import linter cannot see: string references, the one writer of states, sizes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from tests.conformance.exemptions import check

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "gonghui"
MODULES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
FUNCTION_LINES, CLASS_LINES, MODULE_LINES, TEST_LINES, TEMPLATE_LINES = 50, 300, 400, 600, 150
NAMELESS = {"utils", "helpers", "common", "misc", "base", "manager"}

NEEDS_NO_SENTENCE: dict[str, str] = {}
ASSIGNS_STATE = {
    "core/flow/life.py": "the one function that moves a record along its life",
    "core/notices/outbox.py": "a letter on its way out has tries and a time, and no flow",
}
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
HAS_OBJECTS = {
    "apps/membership/screens/people.py:asked": "filters by the reach that is the grants' rule",
    "apps/membership/screens/people.py:roles": "asks by its inner function, see asked",
    "apps/plans/screens/feeds.py:_events": "keeps the turns of tasks that were narrowed",
    "apps/plans/screens/lists.py:listed": "takes none",
    "apps/plans/screens/views.py:_month": "keeps the lines of a plan that was narrowed",
}
CROSSES_APPS: dict[str, str] = {}


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a module, walked once for all the checks."""
    return tuple(ast.walk(ast.parse(text_of(path))))


def naming(words: str) -> Iterator[tuple[Path, ast.AST]]:
    """Nodes of the modules that hold this text at all; the others need not be parsed."""
    return ((path, node) for path in MODULES if words in text_of(path) for node in nodes_of(path))


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT))


def lines_of(path: Path) -> int:
    return len(text_of(path).splitlines())


def domain_app(label: str) -> str:
    name = apps.get_app_config(label).name
    return name if name.startswith("gonghui.apps.") else ""


def test_no_relation_crosses_two_domain_apps():
    crossing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.related_model
        and (ours := domain_app(model._meta.app_label))
        and (theirs := domain_app(field.related_model._meta.app_label))
        and ours != theirs
    ]

    check(crossing, CROSSES_APPS, "a relation from one domain app to another")


def test_models_are_looked_up_by_name_only_in_migrations():
    users = [
        name_of(path)
        for path, node in naming("get_model")
        if isinstance(node, ast.Attribute)
        and node.attr == "get_model"
        and isinstance(node.value, ast.Name)
        and node.value.id in {"apps", "django_apps"}
    ]

    check(users, {}, "apps.get_model outside migrations")


def assigned(node: ast.AST) -> list[ast.expr]:
    """Targets of an assignment, tuples opened."""
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
        targets = [node.target]
    else:
        return []
    return [e for t in targets for e in (t.elts if isinstance(t, ast.Tuple) else [t])]


def test_only_the_flow_assigns_a_state():
    writers = [
        name_of(path)
        for path, node in naming(".state")
        for target in assigned(node)
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]

    check(writers, ASSIGNS_STATE, "assigns .state outside core/flow")


def test_no_state_is_written_in_bulk():
    writers = [
        f"{name_of(path)}:{node.lineno}"
        for path, node in naming("state=")
        if "demo" not in path.parts  # the demo writes a city's past at once, with its history
        and isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "update"
        and any(word.arg == "state" for word in node.keywords)
    ]

    check(writers, {}, ".update(state=…) goes past the flow")


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in nodes_of(path) if isinstance(node, ast.FunctionDef))


def ruled() -> set[str]:
    """Models with rules of their own; a part is reached after its whole was."""
    tables = re.compile(r"^([A-Z]+)_RULES\b", re.MULTILINE)
    texts = [text_of(path) for path in SOURCE.glob("*/*/rules.py")]
    return {name.title() for text in texts for name in tables.findall(text)}


def takes_all(function: ast.FunctionDef, models: set[str]) -> bool:
    """Whether it names all rows of such a model and never narrows."""
    found = [one for one in ast.walk(function) if isinstance(one, ast.Attribute)]
    return all(one.attr != "narrow" for one in found) and any(
        one.attr == "objects" and isinstance(one.value, ast.Name) and one.value.id in models
        for one in found
    )


def test_screens_tables_filters_and_urls_reach_rows_through_a_rule():
    """``queryset`` of a declaration is narrowed by its base class; everything else narrows."""
    reaching = [
        f"{name_of(path)}:{function.name}"
        for path in MODULES
        if path.is_relative_to(SOURCE / "apps")
        and (path.stem in {"tables", "filters", "urls", "portal"} or "screens" in path.parts)
        and ".objects" in text_of(path)
        for function in functions(path)
        if function.name != "queryset" and takes_all(function, ruled())
    ]

    check(reaching, HAS_OBJECTS, ".objects in a screen, table, filter or address list")


def test_no_file_is_over_its_cap():
    long = [name_of(p) for p in MODULES if lines_of(p) > MODULE_LINES]
    long += [name_of(p) for p in TESTS if lines_of(p) > TEST_LINES]
    long += [name_of(p) for p in TEMPLATES if lines_of(p) > TEMPLATE_LINES]

    check(long, LONG_FILES, "longer than house.md §15 allows: split by model or by use-case")


def sized(path: Path) -> Iterator[tuple[str, ast.AST, int]]:
    for node in nodes_of(path):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield f"{name_of(path)}:{node.name}", node, (node.end_lineno or 0) - node.lineno + 1


def test_no_function_or_class_is_over_its_cap():
    long = [
        name
        for path in MODULES
        if lines_of(path) > FUNCTION_LINES
        for name, node, lines in sized(path)
        if lines > (CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES)
    ]

    check(long, LONG_FUNCTIONS, "a function over 50 lines or a class over 300")


def test_every_module_opens_with_one_sentence():
    opening = re.compile(r'"""(?:(?!\n\n|""").)+[.?!]\s*("""|\n\n)', re.DOTALL)
    silent = [
        name_of(path)
        for path in [*MODULES, *TESTS]
        if text_of(path).strip() and not opening.match(text_of(path))
    ]

    check(silent, NEEDS_NO_SENTENCE, "the first docstring is a sentence")


def test_no_file_is_named_after_nothing():
    nameless = [name_of(p) for p in [*MODULES, *TESTS] if p.stem in NAMELESS]

    check(nameless, {}, "a name that says nothing about what is inside")


def test_no_source_is_known_to_its_makers_alone():
    """What officers read as 依据 is a law or a paper of their own, never a number of ours."""
    shipped = [*MODULES, *TEMPLATES, *SOURCE.rglob("*.json")]
    ours = re.compile(r"basis=.R-\d|创建材料")

    assert [name_of(path) for path in shipped if ours.search(text_of(path))] == []


def test_no_unfinished_mark_stands_in_the_code():
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b(?!.*#\d)")
    marked = [
        f"{name_of(path)}:{number}"
        for path in [*MODULES, *TEMPLATES]
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if marks.search(line)
    ]

    check(marked, {}, "an unfinished mark without the number of its issue")


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_shows_nobody_its_own_braces(path):
    """A variable inside the text of a tag is not filled in: people would read the braces."""
    assert not re.search(r"\{%(?:(?!%\}).)*\{\{(?:(?!%\}).)*%\}", text_of(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_turns_pages_of_what_it_holds(path):
    """What the pager replaces is on the page, or nothing would happen at a press."""
    text = text_of(path)

    dead = re.search(r"\{% pager (?![^%]*target=)", text) and 'id="rows"' not in text

    assert not dead, 'say target="" where the page is turned as a whole'


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_holds_no_inline_script_or_style(path):
    text = text_of(path)

    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=", text)
    outside = re.findall(r"(?:src|href)=[\"'](?:https?:)?//[^\"']*", text)

    assert (inline, outside) == ([], []), "the page's content security policy would refuse it"
