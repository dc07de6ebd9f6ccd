"""Puts the shipped roles into the database and leaves alone what a union made its own."""

from __future__ import annotations

from typing import Any

from django.db import connections, transaction

from .capabilities import SHIPPED_POSTS, SHIPPED_ROLES
from .models import Role


def is_ready(using: str) -> bool:
    """Whether the table stands as it is now; in a database migrated only in part it may not."""
    connection, table = connections[using], Role._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        found = connection.introspection.get_table_description(cursor, table)
    return {field.column for field in Role._meta.concrete_fields} <= {one.name for one in found}


@transaction.atomic
def ship_roles(model: type[Any] = Role) -> list[str]:
    """Create or refresh the shipped roles; the names of those that changed are returned.

    A shipped role that somebody edited is no longer marked as shipped and stays as it was made.
    A migration gives its own historical ``model``.
    """
    changed = []
    for name, capabilities in SHIPPED_ROLES.items():
        role, created = model.objects.get_or_create(
            name=name, defaults={"capabilities": capabilities, "is_shipped": True}
        )
        if not created and role.is_shipped and role.capabilities != capabilities:
            role.capabilities = capabilities
            role.save(update_fields=["capabilities"])
            created = True
        if created:
            changed.append(name)
    _ship_posts(model)
    return changed


def _ship_posts(model: type[Any]) -> None:
    """Tell the shipped roles which posts bring them; one that somebody edited stays as it is."""
    if not hasattr(model, "post_titles"):
        return  # an earlier migration's role knows of no posts
    for name, (kinds, titles) in SHIPPED_POSTS.items():
        shipped = model.objects.filter(name=name, is_shipped=True)
        shipped.update(post_kinds=kinds, post_titles=titles)
