"""Which term an election is for."""

from __future__ import annotations

from gonghui.core.orgs.models import Org
from gonghui.kit.errors import DomainError

from ..models import ElectionKind, Term


def running_term(org: int | Org | None) -> Term | None:
    """The term that runs, of a union or of its number."""
    return Term.objects.filter(org=org).open().first() if org else None


def check_number(org: Org, kind: str, number: int) -> None:
    """The number follows from the running term: the next one, or the same for a by-election."""
    running = running_term(org)
    if running is None:
        return
    wanted = running.number + (0 if kind == ElectionKind.BY_ELECTION else 1)
    if number != wanted:
        raise DomainError(f"现在是第 {running.number} 届，这次应填第 {wanted} 届。")
