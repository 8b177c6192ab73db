from django.db import migrations

from timeline.isolation import append_only, row_security, same_landlord


class Migration(migrations.Migration):
    """Decisions on record: row-level security, composite key, and no second thoughts in place."""

    dependencies = [("cases", "0003_decision")]

    operations = [
        row_security("cases_decision"),
        same_landlord("cases_decision", "case_id", "cases_case"),
        *append_only("cases_decision"),
    ]
