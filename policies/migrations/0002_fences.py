from django.db import migrations

from timeline.isolation import landlord_key, row_security

FROZEN = """
CREATE FUNCTION policies_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'draft' AND (NEW.content <> OLD.content OR NEW.number <> OLD.number) THEN
        RAISE EXCEPTION 'a published policy version cannot change';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON policies_policyversion
    FOR EACH ROW EXECUTE FUNCTION policies_version_is_frozen();
"""
UNFROZEN = "DROP TRIGGER frozen ON policies_policyversion; DROP FUNCTION policies_version_is_frozen();"


class Migration(migrations.Migration):
    """Row-level security, and published versions that cannot change."""

    dependencies = [("policies", "0001_initial"), ("timeline", "0002_fences_and_chain")]

    operations = [
        row_security("policies_policyversion"),
        landlord_key("policies_policyversion"),
        migrations.RunSQL(FROZEN, UNFROZEN),
    ]
