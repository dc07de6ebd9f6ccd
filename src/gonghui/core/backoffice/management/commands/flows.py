"""``gonghui flows``: draws every life as a state diagram, for the docs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from gonghui.core.flow.life import Flow, flows


class Command(BaseCommand):
    """Prints the drawings, or writes one file a life and takes out those of lives that ended."""

    help = "Draw every life cycle as a diagram."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", type=Path, help="a folder to put them in")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path | None = options["write"]
        pages = {label: page_of(label, flow) for label, flow in flows.items()}
        if folder is None:
            self.stdout.write("\n".join(pages.values()))
            return
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.md"):
            if old.stem not in pages:
                old.unlink()
        for label, page in pages.items():
            (folder / f"{label}.md").write_text(page, "utf-8")
        if options["verbosity"]:
            self.stdout.write(f"{len(pages)} lives drawn in {folder}")


def page_of(label: str, flow: Flow) -> str:
    """One life: the drawing, and each step with what it asks."""
    lines = [
        f"# {flow.model._meta.verbose_name} (`{label}`)",
        "",
        "Drawn from the code by `make docs`; do not edit.",
        "",
        "```mermaid",
        flow.mermaid(),
        "```",
        "",
        "| step | 中文 | from | to | asks for |",
        "| --- | --- | --- | --- | --- |",
    ]
    for step in flow.transitions:
        asks = "、".join(_labels(step.form)) if step.form else ""
        sources = ", ".join(step.sources)
        lines.append(f"| `{step.name}` | {step.label} | {sources} | {step.target} | {asks} |")
    lines += _waits(flow)
    return "\n".join(lines) + "\n"


def _waits(flow: Flow) -> list[str]:
    """What others must have done first, as the function that asks for it says."""
    found = [
        (step.name, (step.waits.__doc__ or "").strip()) for step in flow.transitions if step.waits
    ]
    return ["", *(f"- `{name}` waits for: {said}" for name, said in found)] if found else []


def _labels(form: Any) -> list[str]:
    return [str(field.label or name) for name, field in form.base_fields.items()]
