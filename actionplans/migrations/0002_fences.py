from django.db import migrations

from timeline.isolation import landlord_key, row_security, same_landlord


class Migration(migrations.Migration):
    """Row-level security and composite keys."""

    dependencies = [("actionplans", "0001_initial"), ("cases", "0011_working_fences")]

    operations = [
        *(row_security(f"actionplans_{one}") for one in ("plan", "action", "tooluse")),
        landlord_key("actionplans_plan"),
        *(same_landlord(f"actionplans_{one}", "case_id", "cases_case") for one in ("plan", "tooluse")),
        *(same_landlord(f"actionplans_{one}", "person_id", "cases_person") for one in ("plan", "tooluse")),
        same_landlord("actionplans_action", "plan_id", "actionplans_plan"),
        same_landlord("actionplans_action", "owner_id", "landlords_membership"),
    ]
