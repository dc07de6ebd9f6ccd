"""The index over the cards: FTS5 kept by triggers on SQLite, GIN on PostgreSQL.

A later migration that rebuilds the table of cards on SQLite loses its triggers and runs this anew.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import migrations

SQLITE = (
    # The words come cut and folded; positions are not needed, so none are kept. Without an index
    # of beginnings "wang" costs 26 ms among a million people, with it 0.3.
    """CREATE VIRTUAL TABLE search_grams USING fts5(
        grams, content='search_searchcard', content_rowid='id', detail='none', columnsize=0, prefix='2 3 4',
        tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER search_card_added AFTER INSERT ON search_searchcard BEGIN
        INSERT INTO search_grams(rowid, grams) VALUES (new.id, new.grams);
    END""",
    """CREATE TRIGGER search_card_removed AFTER DELETE ON search_searchcard BEGIN
        INSERT INTO search_grams(search_grams, rowid, grams) VALUES ('delete', old.id, old.grams);
    END""",
    """CREATE TRIGGER search_card_changed AFTER UPDATE OF grams ON search_searchcard
    WHEN old.grams <> new.grams BEGIN
        INSERT INTO search_grams(search_grams, rowid, grams) VALUES ('delete', old.id, old.grams);
        INSERT INTO search_grams(rowid, grams) VALUES (new.id, new.grams);
    END""",
)
SQLITE_BACK = (
    "DROP TRIGGER search_card_added",
    "DROP TRIGGER search_card_removed",
    "DROP TRIGGER search_card_changed",
    "DROP TABLE search_grams",
)
POSTGRESQL = (
    # Its price tells the planner what reading a card through costs: at the usual price it would
    # rather read a whole table for a LIMIT, and two common words that never meet cost a second.
    """CREATE FUNCTION search_vector(grams text) RETURNS tsvector
        LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000
        AS $$ BEGIN RETURN array_to_tsvector(string_to_array(grams, ' ')); END $$""",
    "CREATE INDEX search_grams ON search_searchcard USING gin (search_vector(grams))",
)
POSTGRESQL_BACK = ("DROP INDEX search_grams", "DROP FUNCTION search_vector(text)")


def _run(statements_by_vendor: Mapping[str, Sequence[str]]) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in statements_by_vendor[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0001_search_card")]

    operations = [
        migrations.RunPython(
            _run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            _run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
