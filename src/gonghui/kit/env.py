"""Strict readers of the environment: what is missing or wrong is told in a sentence."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in {"", "0", "1", "false", "true", "no", "yes"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")
    return value in {"1", "true", "yes"} if value else default


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if value and not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value) if value else default


def one_of(name: str, default: str, *choices: str) -> str:
    value = os.environ.get(name, "") or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {value!r}")
    return value


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str, default: str) -> dict[str, object]:
    return dict(_env.db_url_config(text(name, default)))


def email(name: str) -> dict[str, object]:
    """The e-mail settings of an address such as ``smtp://user:pass@host:25``; empty when unset."""
    value = text(name, "")
    return dict(_env.email_url_config(value)) if value else {}


def _random() -> str:
    return os.urandom(48).hex()


def secret(name: str, keep_in: Path, *, embedded: bool, make: Callable[[], str] = _random) -> str:
    """A secret from the environment; the embedded setting makes its own once and keeps it."""
    value = text(name, "")
    if value:
        return value
    if not embedded:
        raise ImproperlyConfigured(f"{name} must be set when DATABASE_URL names a server")
    if not keep_in.exists():
        _keep(keep_in, make())
    return keep_in.read_text().strip()


def _keep(path: Path, made: str) -> None:
    """Write a secret whole or not at all; of two processes that begin at once one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(made)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
