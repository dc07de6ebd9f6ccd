"""``gonghui why alice edit plans.plan 12``: which operand of a rule lets a person, or does not."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gonghui.core.access.actor import Actor
from gonghui.core.people.models import Account
from gonghui.core.screens.screens import Screens, registry
from gonghui.kit.rules import Rule


class Command(BaseCommand):
    """Prints the rule as a tree, with whether each part holds."""

    help = "Explain whether a person may do something to a record, operand by operand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the account's user name")
        parser.add_argument("action", help="view, edit, place, … or a transition of the flow")
        parser.add_argument("model", help="app.model, such as plans.plan")
        parser.add_argument("pk", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(username=options["username"]).first()
        if account is None:
            raise CommandError(f"There is no account named {options['username']!r}.")
        label = options["model"].lower()
        if label not in registry:
            known = ", ".join(sorted(name for name, _ in registry.items()))
            raise CommandError(f"There are no screens of {label!r}; known: {known}.")
        screens = registry[label]
        rule = _rule_of(screens, options["action"])
        obj = screens.model._base_manager.filter(pk=options["pk"]).first()
        if obj is None:
            raise CommandError(f"There is no {label} number {options['pk']}.")
        for depth, name, holds in rule.explain(Actor(account.person), obj):
            self.stdout.write(f"{'  ' * depth}{'yes' if holds else 'no '}  {name}")


def _rule_of(screens: type[Screens], action: str) -> Rule:
    steps = screens.flow.by_name if screens.flow else {}
    if action in screens.rules:
        return screens.rules[action]
    if action in steps:
        return steps[action].guard
    known = ", ".join([*screens.rules, *steps])
    raise CommandError(f"There is no rule or transition {action!r}; known: {known}.")
