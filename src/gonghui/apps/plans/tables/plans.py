"""The columns of the list of plans."""

from __future__ import annotations

import django_tables2 as tables

from gonghui.kit.ui.drawing import state_badge

from ..models import Plan, PlanState

PLAN_TONES = {
    PlanState.DRAFT: "plain",
    PlanState.SUBMITTED: "wait",
    PlanState.RETURNED: "late",
    PlanState.APPROVED: "doing",
    PlanState.ISSUED: "doing",
    PlanState.RUNNING: "doing",
    PlanState.CLOSED: "done",
}


class PlanTable(tables.Table):
    title = tables.Column(
        linkify=("plans:plan-detail", {"pk": tables.A("pk")}), order_by=("title", "pk")
    )
    org = tables.Column("工会", order_by=("org_id", "-starts_on", "pk"))
    starts_on = tables.Column("期间", order_by=("starts_on", "pk"))
    state = tables.Column(order_by=("state", "pk"))

    class Meta:
        model = Plan
        fields = ("title", "org", "kind", "starts_on", "state")
        caption = "计划"

    def render_starts_on(self, record: Plan) -> str:
        return f"{record.starts_on:%Y-%m-%d} 至 {record.ends_on:%Y-%m-%d}"

    def render_state(self, record: Plan) -> str:
        return state_badge(
            record.get_state_display(), PLAN_TONES.get(PlanState(record.state), "plain")
        )
