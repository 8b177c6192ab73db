from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

from timeline.isolation import append_only, definer_function, landlord_key, row_security, same_landlord

CHAIN = """
CREATE FUNCTION timeline_event_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(7241, NEW.landlord_id::int);
    SELECT sequence, hash INTO last FROM timeline_event
        WHERE landlord_id = NEW.landlord_id ORDER BY sequence DESC LIMIT 1;
    NEW.sequence := coalesce(last.sequence, 0) + 1;
    NEW.previous_hash := coalesce(last.hash, '');
    NEW.hash := timeline_event_hash(NEW);
    RETURN NEW;
END $$;

CREATE FUNCTION timeline_event_hash(e timeline_event) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        e.previous_hash, e.landlord_id, e.sequence, e.case_id, e.subject_type, e.subject_id, e.verb, e.payload,
        e.actor_name, e.actor_user_id, extract(epoch FROM e.occurred_at), extract(epoch FROM e.recorded_at)
    )::text, 'UTF8')), 'hex')
$$;

CREATE TRIGGER chain BEFORE INSERT ON timeline_event FOR EACH ROW EXECUTE FUNCTION timeline_event_chain();
"""
UNCHAIN = """
DROP TRIGGER chain ON timeline_event;
DROP FUNCTION timeline_event_chain();
DROP FUNCTION timeline_event_hash(timeline_event);
"""
TABLES = ("timeline_event", "timeline_eventtext", "timeline_access", "timeline_notification")


class Migration(migrations.Migration):
    """Row-level security, the hash chain, and the look-up the e-mail relay starts from."""

    dependencies = [("timeline", "0001_initial")]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        *[row_security(table) for table in TABLES],
        landlord_key("timeline_event"),
        same_landlord("timeline_eventtext", "event_id", "timeline_event"),
        migrations.RunSQL(CHAIN, UNCHAIN),
        *append_only("timeline_event"),
        *append_only("timeline_access"),
        definer_function(
            "landlords_with_mail_to_send(at timestamptz)",
            "TABLE (landlord_id bigint)",
            """SELECT DISTINCT n.landlord_id FROM timeline_notification n
               WHERE n.email_state IN ('waiting', 'sending') AND n.email_next_at <= at""",
        ),
    ]
