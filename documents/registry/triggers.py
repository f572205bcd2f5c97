"""The database itself forbids changing, deleting or un-registering what was registered.

Made after every migrate and lifted before it, not in a migration: SQLite drops a table's triggers
whenever a migration rebuilds the table, and PostgreSQL alters no column that a trigger names.
"""

from django.db import connections

ISSUED = "documents_issuedfile"
DOCUMENT = "documents_document"
MESSAGE = "registered papers never change"
FINAL = (
    *("number", "date", "series_id", "year", "sequence", "kind", "school_id", "programme_id"),
    *("title", "facts", "edits", "changes_id", "change", "registered_at"),
)
# Trigger → table, deed, and for which rows; {differs} compares as the database does.
TRIGGERS = {
    "issued_file_is_final": (ISSUED, "UPDATE", ""),
    "issued_file_is_kept": (ISSUED, "DELETE", ""),
    "registered_is_final": (
        DOCUMENT,
        "UPDATE",
        "OLD.number <> '' AND (NEW.state IN ('draft', 'for_signature') OR "
        + " OR ".join(f"NEW.{column} {{differs}} OLD.{column}" for column in FINAL)
        + ")",
    ),
    "registered_is_kept": (DOCUMENT, "DELETE", "OLD.number <> ''"),
}
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
FUNCTION = f"""CREATE OR REPLACE FUNCTION documents_refuse_change() RETURNS trigger AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
LANGUAGE plpgsql"""


def install(sender, using: str, **kwargs) -> None:
    """Handler of ``post_migrate``."""
    vendor = connections[using].vendor
    statements = [FUNCTION] if vendor == "postgresql" else []
    for name, (table, deed, condition) in TRIGGERS.items():
        when = condition.format(differs=DIFFERS[vendor]) if condition else ""
        if vendor == "postgresql":
            clause = f"WHEN ({when}) " if when else ""
            body = "EXECUTE FUNCTION documents_refuse_change()"
        else:
            clause = f"WHEN {when} " if when else ""
            body = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        each = "FOR EACH ROW " if vendor == "postgresql" else ""
        statements.append(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} {each}{clause}{body}")
    _run(using, [*_lifting(using), *statements])


def lift(sender, using: str, **kwargs) -> None:
    """Handler of ``pre_migrate``; a test database is emptied without them too."""
    _run(using, _lifting(using))


def _lifting(using: str) -> list[str]:
    on = connections[using].vendor == "postgresql"
    return [
        f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on else "")
        for name, (table, _, _) in TRIGGERS.items()
    ]


def _run(using: str, statements: list[str]) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        if DOCUMENT not in connection.introspection.table_names(cursor):
            return
        for statement in statements:
            cursor.execute(statement)
