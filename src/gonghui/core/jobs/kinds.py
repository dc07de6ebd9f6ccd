"""The kinds of long work, which apps register in ``jobs.py``, and what their functions meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.files.base import File

from gonghui.kit.registry import Registry

if TYPE_CHECKING:
    from .work import Work


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a sentence, the door to what was made, a file, what was refused and why.

    ``refused`` holds pairs: what, and the reason in words.
    """

    words: str
    url: str = ""
    refused: Sequence[tuple[str, str]] = ()
    file: File[bytes] | None = None
    file_name: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A kind of long work; ``run`` may be called again after an interruption and then goes on."""

    code: str
    label: str
    run: Callable[[Work], Outcome]


kinds: Registry[Kind] = Registry("kinds of jobs")


def register(kind: Kind) -> Kind:
    return kinds.add(kind.code, kind)
