from django.db import migrations

from timeline.isolation import append_only, landlord_key, row_security, same_landlord

OF_A_CASE = (
    "approval", "notice", "deviation", "request", "mailing", "referral", "sharing", "evidence", "casereview",
)  # fmt: skip
OF_A_PERSON = ("notice", "request", "mailing", "referral", "sharing", "evidence", "casereview")
WRITTEN_ONCE = ("approval", "notice", "deviation", "evidencereview")


class Migration(migrations.Migration):
    """What is put on record while a case is worked: row-level security, composite keys, and no second thoughts."""

    dependencies = [("cases", "0010_working_a_case")]

    operations = [
        *(
            row_security(f"cases_{one}")
            for one in (*OF_A_CASE, "evidencereview", "caselink", "rearrangement")
        ),
        landlord_key("cases_evidence"),
        landlord_key("cases_incident"),
        *(same_landlord(f"cases_{one}", "case_id", "cases_case") for one in OF_A_CASE),
        *(same_landlord(f"cases_{one}", "person_id", "cases_person") for one in OF_A_PERSON),
        same_landlord("cases_evidence", "incident_id", "cases_incident"),
        same_landlord("cases_evidencereview", "evidence_id", "cases_evidence"),
        same_landlord("cases_caselink", "case_id", "cases_case"),
        same_landlord("cases_caselink", "other_id", "cases_case"),
        same_landlord("cases_rearrangement", "source_id", "cases_case"),
        same_landlord("cases_rearrangement", "target_id", "cases_case"),
        *(operation for one in WRITTEN_ONCE for operation in append_only(f"cases_{one}")),
    ]
