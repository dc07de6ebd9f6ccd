"""The columns with which bodies and posts are written out."""

from __future__ import annotations

from gonghui.core.screens.exports import Column, Export

ORGS = Export(
    (
        Column("全称", lambda org: org.name, 32),
        Column("简称", lambda org: org.short_name),
        Column("类型", lambda org: org.get_kind_display()),
        Column("上级", lambda org: org.parent.name if org.parent else "", 32),
        Column("第二上级", lambda org: org.second_parent.name if org.second_parent else "", 32),
        Column("成立日期", lambda org: org.since),
        Column("终止日期", lambda org: org.until),
    )
)

POSTS = Export(
    (
        Column("姓名", lambda post: post.person.name),
        Column("组织", lambda post: post.org.name, 32),
        Column("职务", lambda post: post.title),
        Column("任职日期", lambda post: post.since),
        Column("离任日期", lambda post: post.until),
        Column("专职", lambda post: {True: "专职", False: "兼职"}.get(post.full_time, ""), 8),
        Column("产生方式", lambda post: post.get_way_display()),
        Column("责任", lambda post: post.get_duty_display()),
        Column("批复文号", lambda post: post.approval, 24),
        Column("批复日期", lambda post: post.approved_on),
    )
)

PROSPECTS = Export(
    (
        Column("单位名称", lambda one: one.unit, 32),
        Column("负责的工会", lambda one: one.org.name, 32),
        Column("统一社会信用代码", lambda one: one.code, 22),
        Column("单位类型", lambda one: one.get_sort_display()),
        Column("职工数", lambda one: one.workers, 10),
        Column("联系人", lambda one: one.contact),
        Column("联系电话", lambda one: one.phone),
        Column("登记日期", lambda one: one.found_on),
        Column("状态", lambda one: one.get_state_display()),
    )
)
