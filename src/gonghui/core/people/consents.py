"""The texts people agree to, and whether a person agreed to one as it is now."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .models import Consent, Person, Scope


@dataclass(frozen=True)
class ConsentText:
    """A text people agree to; another version asks them anew."""

    scope: str
    version: str
    title: str
    text: tuple[str, ...]

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join(self.text).encode()).hexdigest()

    @property
    def told(self) -> str:
        """What the history says was agreed to: many read it, and what is sealed is for few."""
        return self.title if self.scope == Scope.RECORD else "单独同意"


@cache
def consent_texts() -> dict[str, ConsentText]:
    """The texts in force, by their scope."""
    path = Path(__file__).with_name("consents.json")
    rows = json.loads(path.read_text("utf-8"))
    texts = [ConsentText(**row | {"text": tuple(row["text"])}) for row in rows]
    return {text.scope: text for text in texts}


def has_agreed(person: Person, scope: Scope) -> bool:
    """Whether a person agreed to the text as it is now."""
    return Consent.objects.to_text(person, scope, consent_texts()[scope].digest).exists()
