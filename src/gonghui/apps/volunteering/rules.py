"""Who sees partners and needs, and who keeps them: whoever holds activities of the body."""

from __future__ import annotations

from gonghui.core.access.actor import in_reach

holder = in_reach("activities.write")
reader = in_reach("activities.view")

PARTNER_RULES = {"view": holder | reader, "edit": holder, "place": holder}
NEED_RULES = {"view": holder | reader, "edit": holder, "place": holder}
