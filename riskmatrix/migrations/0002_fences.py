from django.db import migrations

from timeline.isolation import row_security, same_landlord


class Migration(migrations.Migration):
    """Row-level security and composite keys."""

    dependencies = [("riskmatrix", "0001_initial"), ("cases", "0011_working_fences")]

    operations = [
        *(row_security(f"riskmatrix_{one}") for one in ("assessment", "consent")),
        *(same_landlord(f"riskmatrix_{one}", "case_id", "cases_case") for one in ("assessment", "consent")),
        *(
            same_landlord(f"riskmatrix_{one}", "person_id", "cases_person")
            for one in ("assessment", "consent")
        ),
    ]
