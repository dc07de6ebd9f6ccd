"""The capabilities an app asks for, by name, and the roles the product ships."""

from __future__ import annotations

from gonghui.kit.registry import Registry

capabilities: Registry[str] = Registry("capabilities")

for _name, _label in (
    ("organisation.view", "查看组织"),
    ("organisation.write", "管理组织"),
    ("people.view", "查看人员"),
    ("people.write", "管理人员"),
    ("people.reveal", "查看证件号和手机号"),
    ("people.audit", "查看谁看过个人信息"),
    ("people.anonymise", "注销个人资料"),
    ("membership.approve", "批准会籍"),
    ("access.grant", "授予角色"),
    ("access.shape", "设置角色"),
    ("history.view", "查看历史"),
    ("plans.view", "查看计划"),
    ("plans.write", "编写计划"),
    ("plans.review", "审定计划"),
    ("plans.work", "办理任务"),
    ("plans.send", "下达任务"),
    ("activities.view", "查看活动"),
    ("activities.write", "组织活动"),
    ("activities.check", "办理签到"),
    ("learning.view", "查看学习"),
    ("learning.write", "管理学习"),
    ("evaluation.view", "查看评估"),
    ("evaluation.write", "管理评估"),
    ("evaluation.apply", "申报评估"),
    ("organisation.account", "查看银行账号"),
    ("indicators.view", "查看指标"),
    ("indicators.close", "锁定指标"),
    ("reports.write", "编写报告用语"),
    ("statistics.view", "查看报表"),
    ("statistics.write", "填报和下发报表"),
    ("statistics.review", "审核报表"),
    ("communication.view", "查看简报信息"),
    ("communication.write", "登记简报信息"),
    ("elections.view", "查看换届选举"),
    ("elections.write", "办理换届选举"),
    ("elections.approve", "批复换届选举"),
    ("cadres.view", "查看干部档案"),
    ("cadres.write", "管理干部档案"),
    ("honours.write", "管理荣誉"),
    ("care.view", "查看困难职工档案"),
    ("care.write", "管理困难职工档案"),
    ("regulations.set", "规定标准"),
    ("watch.view", "查看要留意事项"),
    ("watch.acknowledge", "认领要留意事项"),
):
    capabilities.add(_name, _label)

_READ = [
    "organisation.view",
    "indicators.view",
    "statistics.view",
    "communication.view",
    "plans.view",
    "watch.view",
    "elections.view",
    "activities.view",
    "learning.view",
]
_LEADS = [
    "indicators.close", "reports.write",
    "organisation.account", "elections.write", "elections.approve", "cadres.view", "cadres.write",
    "evaluation.write", "statistics.review",
]  # fmt: skip
_OFFICE = [
    *_READ, "people.view", "history.view", "plans.work", "activities.check", "activities.write",
    "learning.write", "evaluation.apply", "statistics.write",
    "communication.write",
]  # fmt: skip

# Roles are data: these are the ones a new installation begins with (issue 2, AA. PEOP).
SHIPPED_ROLES: dict[str, list[str]] = {
    "系统管理员": ["organisation.view", "organisation.write", "people.view", "people.write",
              "access.grant", "access.shape", "history.view", "regulations.set", "watch.view",
              "indicators.view"],
    "上级工会": [*_OFFICE, "plans.write", "plans.review", "plans.send", "organisation.write",
             "people.write", "membership.approve", "access.grant", "regulations.set",
             "watch.acknowledge", *_LEADS],
    "工会主席": [*_OFFICE, "plans.write", "plans.review", "plans.send", "organisation.write",
             "people.write", "membership.approve", "access.grant", "regulations.set",
             "watch.acknowledge", *_LEADS],
    "工会委员": [*_OFFICE, "membership.approve", "plans.write", "plans.send", "watch.acknowledge",
             "elections.write"],
    "分会主席": [*_OFFICE, "plans.write", "elections.write"],
    "班组长": [*_READ, "people.view", "plans.work", "activities.check", "learning.write",
            "evaluation.apply"],
    "经审委员": ["organisation.view", "indicators.view", "people.view", "people.audit"],
    "协会负责人": ["activities.view", "activities.write", "activities.check"],
    "会员": [],
    # They look, and take no part.
    "党政领导": [*_READ, "people.view", "evaluation.view"],
}  # fmt: skip

# Roles that a post brings with it, at that body only: kinds of body, titles.
SHIPPED_POSTS: dict[str, tuple[list[str], list[str]]] = {
    "协会负责人": (["association", "friendship"], ["会长", "副会长", "秘书长", "召集人", "部长"]),
}

# Who leads a union may look at what is sealed of its people, with a reason, and let it go.
for _role in ("上级工会", "工会主席"):
    SHIPPED_ROLES[_role] += ["people.reveal", "people.anonymise"]
# What is known of hardship stays with few, and honours with those who answer for them.
for _role in ("上级工会", "工会主席"):
    SHIPPED_ROLES[_role] += ["honours.write", "care.view", "care.write"]
# The upper union may read the record of who looked, as the audit committees may.
SHIPPED_ROLES["上级工会"] += ["people.audit"]
