"""Who joins a case without a report, and who is not told yet how often we speak: what each policy says of them."""

import pytest

from cases.schema import DeadlinesSection
from tests.golden.conftest import policy_of

# who, due, basis, clause_id: the document's own words make a promise, a time that is ours a reminder
ADDED: dict[str, list[tuple[str, str, str, str | None]]] = {
    "plus-dane": [
        ("level-1", "within_working_days:1", "reminder", None),
        ("level-2", "within_working_days:3", "reminder", None),
        ("level-3", "within_working_days:5", "reminder", None),
    ],
    "derby-homes": [
        ("cat-1", "within_working_days:1", "reminder", None),
        ("cat-2", "within_working_days:5", "reminder", None),
    ],
    "believe": [
        ("1-day", "within_working_days:1", "promise", "BH-046"),
        ("5-day", "within_working_days:5", "promise", "BH-048"),
    ],
    "places-for-people": [
        ("tenancy_enforcement", "within_working_days:1", "promise", "PFP-085"),
        ("community_housing living_plus", "within_working_days:5", "promise", "PFP-085"),
    ],
    "vivid": [
        ("a", "same_working_day", "promise", "VV-027"),
        ("b", "end_of_next_working_day", "promise", "VV-030"),
    ],
}


@pytest.mark.parametrize("landlord", ADDED)
def test_first_contact_with_who_is_added_takes_no_longer_than_with_who_reports(landlord: str) -> None:
    rules = policy_of(landlord).section(DeadlinesSection).deadlines
    added = [rule for rule in rules if rule.start == "added"]
    found = [(" ".join(rule.levels or rule.teams), rule.due, rule.basis, rule.clause_id) for rule in added]
    assert found == ADDED[landlord]
    reported = [
        rule
        for rule in rules
        if rule.kind == "initial_contact" and rule.start == "received" and rule.routes == ("asb",)
    ]
    assert [(rule.levels, rule.teams, rule.due, rule.met_by) for rule in added] == [
        (rule.levels, rule.teams, rule.due, rule.met_by) for rule in reported
    ]


@pytest.mark.parametrize("landlord", ADDED)
def test_only_where_the_document_has_no_interval_a_reminder_asks_each_week(landlord: str) -> None:
    """VIVID 4.6 is weekly by itself; the others speak as often as is agreed."""
    rules = policy_of(landlord).section(DeadlinesSection).deadlines
    asking = [
        (rule.due, rule.start, rule.met_by, rule.basis, rule.public)
        for rule in rules
        if rule.kind == "contact_until_agreed"
    ]
    weekly = [("every_calendar_days:7", "last_contact", "successful_contact", "reminder", None)]
    assert asking == ([] if landlord == "vivid" else weekly)
