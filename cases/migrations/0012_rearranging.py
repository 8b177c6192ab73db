from django.db import migrations, models

MOVES = """
CREATE OR REPLACE FUNCTION cases_case_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'new' THEN RAISE EXCEPTION 'a case starts as new, not %%', NEW.status; END IF;
    ELSIF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN
        (('new', 'in_hand'), ('new', 'closed'), ('in_hand', 'closed'), ('closed', 'in_hand'),
         ('new', 'joined'), ('in_hand', 'joined'){parting}) THEN
        RAISE EXCEPTION 'a case cannot move from %% to %%', OLD.status, NEW.status;
    END IF;
    RETURN NEW;
END $$;
""".replace("%%", "%")
A_MERGE_IS_UNDONE = MOVES.replace("{parting}", ", ('joined', 'in_hand')")
JOINED_FOR_GOOD = MOVES.replace("{parting}", "")


class Migration(migrations.Migration):
    """A merged case may be parted again; a case review says who asked and who decided, and is never denied by nobody."""

    dependencies = [("cases", "0011_working_fences")]

    operations = [
        migrations.RunSQL(A_MERGE_IS_UNDONE, JOINED_FOR_GOOD),
        migrations.AddField("casereview", "applicant", models.CharField(blank=True, max_length=200)),
        migrations.AddField("casereview", "threshold_by", models.CharField(blank=True, max_length=200)),
        migrations.AddConstraint(
            model_name="casereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("threshold", "waiting"),
                    models.Q(
                        ("threshold_at__isnull", False),
                        models.Q(("threshold_by", ""), _negated=True),
                        models.Q(("threshold_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_review_decided_by_somebody",
            ),
        ),
    ]
