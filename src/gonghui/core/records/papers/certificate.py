"""Certificates as PDF, one a page, each with the code and the address where it is checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gonghui.core.credits.models import Credit
from gonghui.core.documents.outbound.pdf import write_pdf
from gonghui.core.orgs.models import UNIT, UPPER
from gonghui.kit.dates import full_day

from ..engine.proofs import drawn, printed
from ..models import Certificate

DID = {
    Credit.Role.ATTENDED: "参加了",
    Credit.Role.TAUGHT: "在以下活动中授课：",
    Credit.Role.HELPED: "在以下活动中服务：",
}


def words_of(certificate: Certificate) -> str:
    """What the paper says of whoever it names; the public page says the same."""
    first, last = full_day(certificate.first_on), full_day(certificate.last_on)
    when = first if first == last else f"{first}至{last}"
    held = f"{issuer_of(certificate)}举办的“{certificate.title}”"
    if certificate.sort == Certificate.Sort.PASSED:
        grade = f"，成绩：{certificate.grade}" if certificate.grade else ""
        return f"{when}参加{held}，完成 {certificate.time}，考核合格{grade}，准予结业。"
    return f"{when}{DID[Credit.Role(certificate.role)]}{held}，计 {certificate.time}。"


def issuer_of(certificate: Certificate) -> str:
    """A stranger knows the union; what is part of one is named with the body it stands below."""
    org = certificate.org
    if org.kind in UPPER | UNIT or org.parent is None:
        return org.name
    return f"{org.parent.name}{org.name}"


def write_certificates(papers: Sequence[Certificate], address: str) -> bytes:
    """``address`` is the page where a stranger checks a code."""
    sheets: list[dict[str, Any]] = [
        {
            "title": one.get_sort_display(),
            "name": str(one.registration),
            "words": words_of(one),
            "org": issuer_of(one),
            "day": full_day(one.issued_on),
            "code": printed(one.code),
            "address": address,
            "drawn": drawn(f"{address}?code={one.code}"),
        }
        for one in papers
    ]
    return write_pdf(
        "certificate",
        {"title": "、".join(sorted({one["title"] for one in sheets})), "papers": sheets},
    )
