"""The columns with which terms and elections are written out."""

from __future__ import annotations

from gonghui.core.screens.exports import Column, Export

TERMS = Export(
    (
        Column("工会", lambda term: term.org.name, 32),
        Column("届次", lambda term: term.number, 8),
        Column("自", lambda term: term.since),
        Column("任期（年）", lambda term: term.years, 10),
        Column("应换届日期", lambda term: term.due_on),
        Column("延期至", lambda term: term.extended_to),
        Column("延期批复文号", lambda term: term.extension, 24),
        Column("届满日期", lambda term: term.ended_on),
    )
)

ELECTIONS = Export(
    (
        Column("工会", lambda election: election.org.name, 32),
        Column("类型", lambda election: election.get_kind_display()),
        Column("届次", lambda election: election.number, 8),
        Column("会议形式", lambda election: election.get_meeting_display()),
        Column("大会日期", lambda election: election.held_on),
        Column("应到会", lambda election: election.should_attend, 10),
        Column("实到会", lambda election: election.present, 10),
        Column("状态", lambda election: election.get_state_display()),
    )
)
