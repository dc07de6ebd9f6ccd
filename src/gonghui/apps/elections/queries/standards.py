"""The standards an election is held against, as they hold for its union on that day."""

from __future__ import annotations

from datetime import date

from gonghui.core.orgs.models import UPPER, Org
from gonghui.core.regulations.standards import Value, standard
from gonghui.kit.errors import DomainError

from ..models import Office

DIFFERENCE = {
    Office.MEMBER: "difference_member",
    Office.STANDING: "difference_standing",
    Office.AUDITOR: "difference_audit",
    Office.WOMEN: "difference_member",
}
SIZES = {
    Office.MEMBER: "committee_sizes",
    Office.STANDING: "standing_committee_sizes",
    Office.AUDITOR: "audit_committee_sizes",
}


def needed(key: str, org: Org, day: date) -> Value:
    """A standard that must be set before the step can be taken."""
    found = standard(key, org=org, day=day)
    if found is None:
        raise DomainError("这一步要核对的标准还没有规定，请先到「标准」里填写。")
    return found


def terms_of(org: Org, day: date) -> Value | None:
    """How many years a term of this union may last (ORG-05)."""
    key = "upper_terms" if org.kind in UPPER else "grassroots_terms"
    return standard(key, org=org, day=day)


def said(value: Value, words: str = "") -> str:
    """A value (or what of a table applies) with where it comes from, as it stands at a check."""
    words = words or value.words
    doubt = "，待核实" if value.is_doubtful else ""
    source = value.source or value.org_name
    return f"标准：{words}（{source}{doubt}）" if source else f"标准：{words}{doubt}"
