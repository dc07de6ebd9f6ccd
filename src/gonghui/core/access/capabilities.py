"""The capabilities an app asks for, by name, and the roles the product ships."""

from __future__ import annotations

from gonghui.kit.registry import Registry

capabilities: Registry[str] = Registry("capabilities")

for _name, _label in (
    ("organisation.view", "查看组织"),
    ("organisation.write", "管理组织"),
    ("people.view", "查看人员"),
    ("people.write", "管理人员"),
    ("access.grant", "授予角色"),
    ("access.shape", "设置角色"),
    ("history.view", "查看历史"),
    ("plans.view", "查看计划"),
    ("plans.write", "编写计划"),
    ("plans.review", "审定计划"),
    ("plans.work", "办理任务"),
    ("plans.send", "下达任务"),
):
    capabilities.add(_name, _label)

_READ = ["organisation.view", "plans.view"]
_OFFICE = [*_READ, "people.view", "history.view", "plans.work"]

# Roles are data: these are the ones a new installation begins with (issue 2, AA. PEOP).
SHIPPED_ROLES: dict[str, list[str]] = {
    "系统管理员": ["organisation.view", "organisation.write", "people.view", "people.write",
              "access.grant", "access.shape", "history.view"],
    "上级工会": [*_OFFICE, "plans.write", "plans.review", "plans.send", "organisation.write",
             "people.write", "access.grant"],
    "工会主席": [*_OFFICE, "plans.write", "plans.review", "plans.send", "organisation.write",
             "people.write", "access.grant"],
    "工会委员": [*_OFFICE, "plans.write", "plans.send"],
    "分会主席": [*_OFFICE, "plans.write"],
    "班组长": [*_READ, "people.view", "plans.work"],
    "会员": [],
    "党政领导": [*_READ, "people.view"],
}  # fmt: skip
