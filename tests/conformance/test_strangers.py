"""Nobody from another subtree finds a record, at any address, to read or to change."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.conformance.exemptions import check
from tests.conformance.test_screens import ADDRESSES, PUBLIC, REACHED_ELSEWHERE, arguments

NOT_FOUND = {404, 405}  # an address that only takes the other kind of request is no way in
# The province, which stands above both, meant these for them too.
OF_THE_PROVINCE = {
    "archive:book-read": "a book recommended to every member below",
    "communication:publication-read": "sent out to all its members",
    "evaluation:my-vote": "a vote of all its members",
    "mentoring:my-offer": "an offer open to all its members",
    "signing:portal-activity": "an activity open to all its members",
    "training:my-quiz": "a test open to all its members",
}
MEANT_FOR_THEM = {
    "mallory": OF_THE_PROVINCE,
    "dave": OF_THE_PROVINCE
    | {"backoffice:role-detail": "roles are the same for whoever may grant any"},
}


@pytest.mark.slow
def test_strangers_find_no_record_at_any_address(cast):
    """Mallory belongs to another company without a role; Dave works for the other city."""
    clients = {name: cast.client(name) for name in MEANT_FOR_THEM}
    found: dict[str, list[str]] = {name: [] for name in clients}

    for address, wanted in ADDRESSES.items():
        if "pk" in wanted and address not in REACHED_ELSEWHERE and address not in PUBLIC:
            url = reverse(address, kwargs=arguments(address, wanted, cast))
            for name, client in clients.items():
                found[name] += [address] if _opens(client, url) else []

    for name, meant in MEANT_FOR_THEM.items():
        check(found[name], meant, f"{name} finds a record of others")


def _opens(client: Client, url: str) -> bool:
    return bool({client.get(url).status_code, client.post(url).status_code} - NOT_FOUND)
