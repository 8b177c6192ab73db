from django.db import migrations

from timeline.isolation import definer_function


class Migration(migrations.Migration):
    """The look-up the public progress page starts from, before a landlord is known."""

    dependencies = [("cases", "0004_decision_fences")]

    operations = [
        definer_function(
            "find_report(wanted text)",
            "TABLE (landlord_id bigint, report_id bigint)",
            "SELECT r.landlord_id, r.id FROM cases_report r WHERE r.reference = wanted",
        ),
    ]
