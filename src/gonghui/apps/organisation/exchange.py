"""The columns with which bodies, people and posts are written out."""

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

PEOPLE = Export(
    (
        Column("姓名", lambda person: person.name),
        Column("所在组织", lambda person: person.org.name, 32),
        Column("性别", lambda person: person.get_sex_display(), 8),
        Column("用工形式", lambda person: person.get_employment_display()),
        Column("加入日期", lambda person: person.joined_on),
        Column("离开日期", lambda person: person.left_on),
    )
)

POSTS = Export(
    (
        Column("姓名", lambda post: post.person.name),
        Column("组织", lambda post: post.org.name, 32),
        Column("职务", lambda post: post.title),
        Column("任职日期", lambda post: post.since),
        Column("离任日期", lambda post: post.until),
    )
)
