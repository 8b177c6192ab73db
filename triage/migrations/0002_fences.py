from django.db import migrations

from timeline.isolation import row_security, same_landlord


class Migration(migrations.Migration):
    """Row-level security and composite keys."""

    dependencies = [("triage", "0001_initial"), ("cases", "0002_fences")]

    operations = [
        row_security("triage_proposal"),
        same_landlord("triage_proposal", "report_id", "cases_report"),
        same_landlord("triage_proposal", "team_id", "landlords_team"),
    ]
