"""``gonghui begin``: the first union of an empty installation, and who sets it up."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from gonghui.apps.membership.api import add_person, open_account
from gonghui.apps.organisation.api import add_org
from gonghui.core.access.actor import SYSTEM
from gonghui.core.access.models import Grant, Role
from gonghui.core.history.trail import record
from gonghui.core.orgs.models import UNIT, UPPER, Kind, Org
from gonghui.core.screens.changes import changes_of, snapshot
from gonghui.site.readiness import refuse_unmigrated

# Nobody grants what they do not hold: whoever begins holds what every union's chair will need.
ROLES = ("系统管理员", "上级工会")
KINDS = sorted(UPPER | UNIT)


class Command(BaseCommand):
    help = "在空的数据库里建第一个工会和管理员；口令在屏幕上输入，或由 --password 给出。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--union", required=True, help="工会全称，如 安澜市总工会")
        parser.add_argument("--kind", choices=KINDS, default=Kind.FEDERATION.value)
        parser.add_argument("--name", required=True, help="管理员姓名")
        parser.add_argument("--username", required=True, help="登录用的用户名")
        parser.add_argument("--password", help="口令；不写就在屏幕上输入")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unmigrated()
        if Org.objects.exists():
            raise CommandError("已经有组织了。新的工会和人员请登录以后在页面上登记。")
        password = options["password"] or getpass.getpass("口令：")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError("；".join(error.messages)) from None
        self._found(options, password)
        self.stdout.write(f"已建立「{options['union']}」，请用 {options['username']} 登录。")

    @transaction.atomic
    def _found(self, options: dict[str, Any], password: str) -> None:
        """All of it or none, by the doors the screens use; the system is who acts."""
        union = add_org(None, name=options["union"], kind=options["kind"], by=SYSTEM)
        person = add_person(union, name=options["name"], by=SYSTEM)
        open_account(person, username=options["username"], password=password, by=SYSTEM)
        for role in Role.objects.filter(name__in=ROLES):
            grant = Grant.objects.create(person=person, role=role, org=union)
            record(grant, "create", by=SYSTEM, changes=changes_of({}, snapshot(grant)))
