"""The database itself forbids changing what was registered.

Made after every migrate, not in a migration: SQLite drops a table's triggers whenever a later
migration rebuilds the table.
"""

from django.db import connections

ISSUED = "documents_issuedfile"
DOCUMENT = "documents_document"
MESSAGE = "registered papers never change"
CHANGED = " OR ".join(
    f"NEW.{column} {{differs}} OLD.{column}"
    for column in ("number", "date", "series_id", "year", "sequence", "kind", "school_id")
)

SQLITE = [
    "DROP TRIGGER IF EXISTS issued_file_is_final",
    f"CREATE TRIGGER issued_file_is_final BEFORE UPDATE ON {ISSUED} "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    "DROP TRIGGER IF EXISTS registered_is_final",
    f"CREATE TRIGGER registered_is_final BEFORE UPDATE ON {DOCUMENT} "
    f"WHEN OLD.number <> '' AND ({CHANGED.format(differs='IS NOT')}) "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
]
POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION documents_refuse_change() RETURNS trigger AS
    $$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    LANGUAGE plpgsql""",
    f"DROP TRIGGER IF EXISTS issued_file_is_final ON {ISSUED}",
    f"CREATE TRIGGER issued_file_is_final BEFORE UPDATE ON {ISSUED} "
    "FOR EACH ROW EXECUTE FUNCTION documents_refuse_change()",
    f"DROP TRIGGER IF EXISTS registered_is_final ON {DOCUMENT}",
    f"CREATE TRIGGER registered_is_final BEFORE UPDATE ON {DOCUMENT} FOR EACH ROW "
    f"WHEN (OLD.number <> '' AND ({CHANGED.format(differs='IS DISTINCT FROM')})) "
    "EXECUTE FUNCTION documents_refuse_change()",
]


def install(sender, using: str, **kwargs) -> None:
    """Handler of ``post_migrate``."""
    connection = connections[using]
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(connection.vendor, [])
    with connection.cursor() as cursor:
        if DOCUMENT not in connection.introspection.table_names(cursor):
            return
        for statement in statements:
            cursor.execute(statement)
