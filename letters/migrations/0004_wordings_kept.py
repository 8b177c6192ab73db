from django.db import migrations, models

KEEP = """
CREATE FUNCTION letters_keep_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'published' AND NEW.status = 'retired'
        AND to_jsonb(NEW) - ARRAY['status', 'retired_at', 'retired_by']
            = to_jsonb(OLD) - ARRAY['status', 'retired_at', 'retired_by'] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'words that were published or given up are kept as they are';
END $$;
CREATE TRIGGER wording_kept BEFORE UPDATE OR DELETE ON letters_wording
    FOR EACH ROW WHEN (OLD.status <> 'draft') EXECUTE FUNCTION letters_keep_wording();
"""
LET_GO = "DROP TRIGGER wording_kept ON letters_wording; DROP FUNCTION letters_keep_wording();"


class Migration(migrations.Migration):
    """A published wording can only go out of use, and it is known who took it out and when."""

    dependencies = [("letters", "0003_print_batches")]

    operations = [
        migrations.AddField("wording", "retired_at", models.DateTimeField(null=True)),
        migrations.AddField("wording", "retired_by", models.CharField(blank=True, max_length=200)),
        migrations.AlterField(
            "wording",
            "status",
            models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("published", "Published"),
                    ("retired", "No longer used"),
                    ("given_up", "Given up"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            "wording",
            models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "given_up"]),
                    models.Q(("published_at__isnull", False), models.Q(("published_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="wording_published_by_somebody",
            ),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
