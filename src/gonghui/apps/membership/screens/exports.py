"""The columns with which applications and transfers are written out."""

from __future__ import annotations

from gonghui.core.screens.exports import Column, Export

APPLICATIONS = Export(
    (
        Column("姓名", lambda row: row.person.name),
        Column("所在组织", lambda row: row.org.name, 32),
        Column("申请方式", lambda row: row.get_way_display()),
        Column("申请日期", lambda row: row.applied_on),
        Column("状态", lambda row: row.get_state_display()),
        Column("决定日期", lambda row: row.decided_on),
        Column("会议或文号", lambda row: row.document, 32),
        Column("未批准的原因", lambda row: row.refusal, 32),
    )
)

TRANSFERS = Export(
    (
        Column("姓名", lambda row: row.person.name),
        Column("原组织", lambda row: row.org.name, 32),
        Column("转入组织", lambda row: row.to.name, 32),
        Column("转接原因", lambda row: row.reason, 32),
        Column("发起日期", lambda row: row.asked_on),
        Column("办理期限", lambda row: row.due_on),
        Column("状态", lambda row: row.get_state_display()),
        Column("接收日期", lambda row: row.accepted_on),
    )
)
