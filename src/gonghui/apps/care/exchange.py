"""The columns of the register and of dismissals as written out; the illness never is."""

from __future__ import annotations

from gonghui.core.screens.exports import Column, Export

HARDSHIPS = Export(
    (
        Column("姓名", lambda one: one.person.name),
        Column("建档的组织", lambda one: one.org.name, 32),
        Column("档案编号", lambda one: one.number, 20),
        Column("困难类别", lambda one: one.get_grade_display(), 12),
        Column("主要致困原因", lambda one: one.get_cause_display()),
        Column("建档日期", lambda one: one.since),
        Column("审核文号或会议", lambda one: one.approval, 24),
        Column("销档日期", lambda one: one.until),
        Column("销档原因", lambda one: one.get_ending_display(), 12),
    )
)

DISMISSALS = Export(
    (
        Column("姓名", lambda one: one.person.name),
        Column("所在组织", lambda one: one.org.name, 32),
        Column("单位的理由", lambda one: one.reason, 32),
        Column("通知工会日期", lambda one: one.notified_on),
        Column("解除日期", lambda one: one.ends_on),
        Column("工会要求重新研究的日期", lambda one: one.objected_on),
        Column("工会的意见", lambda one: one.objection, 32),
        Column("单位书面答复日期", lambda one: one.answered_on),
        Column("处理结果", lambda one: one.answer, 32),
    )
)
