"""Migration operations for the second fence: PostgreSQL itself keeps the landlords apart.

Every table with ``landlord_id`` is under FORCED row-level security, and a row may only point at rows of its
own landlord (composite foreign keys). Append-only tables refuse change whoever asks.
"""

from typing import Any

from django.conf import settings
from django.db import migrations

ACTIVE_LANDLORD = "nullif(current_setting('app.landlord', true), '')::bigint"


def row_security(table: str) -> migrations.RunSQL:
    """Only the active landlord's rows are seen or written; the owner (migrations, definer look-ups) sees all."""
    return migrations.RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY active_landlord ON {table}
            USING (landlord_id = {ACTIVE_LANDLORD}) WITH CHECK (landlord_id = {ACTIVE_LANDLORD});
        CREATE POLICY owner_all ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
        """,
        f"""
        DROP POLICY owner_all ON {table};
        DROP POLICY active_landlord ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def landlord_key(table: str) -> migrations.RunSQL:
    """Lets other tables point at (landlord, row) together."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_landlord_key UNIQUE (landlord_id, id);",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_landlord_key;",
    )


def same_landlord(table: str, column: str, target: str) -> migrations.RunSQL:
    """``table.column`` may only name a row of ``target`` of the same landlord."""
    name = f"{table}_{column}_same_landlord"
    return migrations.RunSQL(
        f"""ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (landlord_id, {column})
            REFERENCES {target} (landlord_id, id) DEFERRABLE INITIALLY DEFERRED;""",
        f"ALTER TABLE {table} DROP CONSTRAINT {name};",
    )


def append_only(table: str) -> list[migrations.operations.base.Operation]:
    """Rows are written once: an UPDATE or DELETE is refused, whoever asks."""
    return [
        migrations.RunSQL(
            f"""
            CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{table} is append-only'; END $$;
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();
            """,
            f"DROP TRIGGER append_only ON {table}; DROP FUNCTION {table}_is_append_only();",
        ),
        migrations.RunPython(_Revoke(table), migrations.RunPython.noop),
    ]


class _Revoke:
    """Takes UPDATE and DELETE of one table from the application's role."""

    def __init__(self, table: str) -> None:
        self.table = table

    def __call__(self, apps: Any, schema_editor: Any) -> None:
        role = schema_editor.quote_name(settings.APPLICATION_ROLE)
        schema_editor.execute(f"REVOKE UPDATE, DELETE ON {self.table} FROM {role}")


def definer_function(
    signature: str, returns: str, body: str, *, volatility: str = "STABLE"
) -> migrations.RunSQL:
    """A look-up that runs as the owner and so sees every landlord. Few, named, and returning ids only."""
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql {volatility} SECURITY DEFINER
            SET search_path = public, pg_temp AS $$ {body} $$;
        """,
        f"DROP FUNCTION {signature};",
    )
