"""The database role the application connects as: it owns nothing and cannot pass the landlord fence."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections


def grant_to_application(using: str, **_: Any) -> None:
    """Before migrating, let the application role use what the migrations will create."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = (cursor.fetchone() or [""])[0]
        if owner == settings.APPLICATION_ROLE:
            return
        role = connection.ops.quote_name(settings.APPLICATION_ROLE)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        for grant in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES"):
            cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {grant} TO {role}")


def unsafe_powers(using: str = "default") -> list[str]:
    """What lets the connected role pass row-level security; empty when it is safe."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        superuser, bypasses = cursor.fetchone() or (True, True)
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'django_migrations'"
            " AND pg_get_userbyid(c.relowner) = current_user"
        )
        owned = (cursor.fetchone() or (0,))[0]
    powers = {
        "is a superuser": superuser,
        "bypasses row-level security": bypasses,
        "owns the tables": owned > 0,
    }
    return [words for words, held in powers.items() if held]


def refuse_unsafe_role() -> None:
    """Called when the web server and the workers start. Raises ImproperlyConfigured on an unsafe role."""
    powers = unsafe_powers()
    if powers:
        raise ImproperlyConfigured(
            f"The database role {' and '.join(powers)}; landlords would not be kept apart."
        )
