from django.db import migrations

from timeline.isolation import append_only, definer_function, landlord_key, row_security, same_landlord

TABLES = (
    "cases_case",
    "cases_caseaccess",
    "cases_categorisation",
    "cases_person",
    "cases_party",
    "cases_report",
    "cases_incident",
    "cases_contact",
    "cases_note",
    "cases_deadline",
    "cases_breach",
)
POINTED_AT = ("cases_case", "cases_person", "cases_report", "cases_deadline")
POINTERS = (
    ("cases_case", "team_id", "landlords_team"),
    ("cases_case", "owner_id", "landlords_membership"),
    ("cases_case", "policy_id", "policies_policyversion"),
    ("cases_case", "joined_to_id", "cases_case"),
    ("cases_caseaccess", "case_id", "cases_case"),
    ("cases_caseaccess", "membership_id", "landlords_membership"),
    ("cases_categorisation", "case_id", "cases_case"),
    ("cases_party", "case_id", "cases_case"),
    ("cases_party", "person_id", "cases_person"),
    ("cases_report", "reporter_id", "cases_person"),
    ("cases_report", "complainant_id", "cases_person"),
    ("cases_report", "policy_id", "policies_policyversion"),
    ("cases_incident", "case_id", "cases_case"),
    ("cases_incident", "report_id", "cases_report"),
    ("cases_contact", "case_id", "cases_case"),
    ("cases_contact", "person_id", "cases_person"),
    ("cases_note", "case_id", "cases_case"),
    ("cases_deadline", "case_id", "cases_case"),
    ("cases_deadline", "report_id", "cases_report"),
    ("cases_deadline", "person_id", "cases_person"),
    ("cases_deadline", "team_id", "landlords_team"),
    ("cases_deadline", "replaced_by_id", "cases_deadline"),
    ("cases_breach", "deadline_id", "cases_deadline"),
)
ONLY_LEGAL_MOVES = """
CREATE FUNCTION cases_case_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'new' THEN RAISE EXCEPTION 'a case starts as new, not %%', NEW.status; END IF;
    ELSIF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN
        (('new', 'in_hand'), ('new', 'closed'), ('in_hand', 'closed'), ('closed', 'in_hand'),
         ('new', 'joined'), ('in_hand', 'joined')) THEN
        RAISE EXCEPTION 'a case cannot move from %% to %%', OLD.status, NEW.status;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER legal_moves BEFORE INSERT OR UPDATE OF status ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_case_moves();
""".replace("%%", "%")
ANY_MOVE = "DROP TRIGGER legal_moves ON cases_case; DROP FUNCTION cases_case_moves();"
MISSES_STAY = """
CREATE FUNCTION cases_breach_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.due_at <> OLD.due_at OR NEW.detected_at <> OLD.detected_at
       OR NEW.deadline_id <> OLD.deadline_id THEN
        RAISE EXCEPTION 'a miss is never erased or moved';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON cases_breach FOR EACH ROW EXECUTE FUNCTION cases_breach_stays();
"""
MISSES_GO = "DROP TRIGGER stays ON cases_breach; DROP FUNCTION cases_breach_stays();"


class Migration(migrations.Migration):
    """Row-level security, composite keys, legal moves, misses that stay, and the two definer look-ups."""

    dependencies = [
        ("cases", "0001_initial"),
        ("landlords", "0002_fences"),
        ("policies", "0002_fences"),
        ("timeline", "0002_fences_and_chain"),
    ]

    operations = [
        *[row_security(table) for table in TABLES],
        *[landlord_key(table) for table in POINTED_AT],
        *[same_landlord(*pointer) for pointer in POINTERS],
        *append_only("cases_report"),
        migrations.RunSQL(ONLY_LEGAL_MOVES, ANY_MOVE),
        migrations.RunSQL(MISSES_STAY, MISSES_GO),
        definer_function(
            "landlords_with_clocks_due(at timestamptz)",
            "TABLE (landlord_id bigint)",
            "SELECT DISTINCT d.landlord_id FROM cases_deadline d WHERE d.next_sweep_at <= at",
        ),
        definer_function(
            "search_cases(terms text, most integer)",
            "TABLE (case_id bigint)",
            """SELECT c.id FROM cases_case c
               WHERE c.landlord_id = nullif(current_setting('app.landlord', true), '')::bigint
                 AND c.search @@ to_tsquery('simple', unaccent(terms))
               ORDER BY c.opened_at DESC LIMIT most""",
        ),
    ]
