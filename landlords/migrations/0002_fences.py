from django.db import migrations

from timeline.isolation import definer_function, landlord_key, row_security, same_landlord


class Migration(migrations.Migration):
    """Row-level security, and the look-ups asked before a landlord is known."""

    dependencies = [("landlords", "0001_initial")]

    operations = [
        row_security("landlords_team"),
        row_security("landlords_membership"),
        row_security("landlords_apitoken"),
        landlord_key("landlords_team"),
        landlord_key("landlords_membership"),
        same_landlord("landlords_membership", "team_id", "landlords_team"),
        definer_function(
            "find_memberships(person bigint)",
            "TABLE (landlord_id bigint, membership_id bigint)",
            """SELECT m.landlord_id, m.id FROM landlords_membership m JOIN landlords_user u ON u.id = m.user_id
               WHERE m.user_id = person AND m.is_active AND u.is_active ORDER BY m.id""",
        ),
        definer_function(
            "find_token(sha256_hex text)",
            "bigint",
            "SELECT landlord_id FROM landlords_apitoken WHERE digest = sha256_hex AND revoked_at IS NULL",
        ),
    ]
