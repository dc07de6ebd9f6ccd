"""Registers membership with Django."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "gonghui.apps.membership"
    label = "membership"
    verbose_name = "会员"
