"""Who sees bookrooms and their books, who keeps and lends them, and whose loans one may read."""

from __future__ import annotations

from gonghui.core.access.actor import at_home, in_reach, is_person
from gonghui.kit.rules import nobody

manages = in_reach("learning.write")
reads = in_reach("learning.view")

# A union's bookrooms serve its members, who find them and their books on their phones.
BOOKROOM_RULES = {
    "view": at_home() | reads | manages | is_person("keeper"),
    "edit": manages,
    "place": manages,
    "keep": manages | is_person("keeper"),
}

keeps_room = manages | is_person("bookroom__keeper")

BOOK_RULES = {
    "view": at_home() | reads | keeps_room,
    "edit": keeps_room,
    "place": keeps_room,
    "borrow": at_home() | keeps_room,
}

COPY_RULES = {
    "view": at_home(field="book__org")
    | in_reach("learning.view", field="book__org")
    | in_reach("learning.write", field="book__org")
    | is_person("bookroom__keeper"),
    "edit": nobody,
    "place": nobody,
}

keeps_loan = manages | is_person("copy__bookroom__keeper")

# What somebody reads is theirs; only who keeps the bookroom sees it too.
LOAN_RULES = {
    "view": is_person("reader") | keeps_loan,
    "edit": nobody,
    "place": nobody,
    "keep": keeps_loan,
    "own": is_person("reader"),
}

RESERVATION_RULES = {
    "view": is_person("reader") | manages | is_person("book__bookroom__keeper"),
    "edit": nobody,
    "place": nobody,
    "own": is_person("reader"),
}

CIRCLE_RULES = {
    "view": at_home() | reads | manages | is_person("leader"),
    "edit": manages | is_person("leader"),
    "place": manages | is_person("leader"),
    "plan": manages,
}
