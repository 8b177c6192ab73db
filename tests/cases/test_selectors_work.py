"""What stands in My work, in which part, and what is counted."""

import datetime
import uuid

from cases.models import Breach
from cases.selectors.work import PAGE, Part, Wanted, Work, attempts_of, my_work, next_promise
from cases.services.categorising import reassign
from cases.services.closing import close_case
from cases.services.misses import explain_miss
from cases.services.working import ContactDetails, record_contact
from cases.sweep import sweep_landlord
from landlords.permissions import Role
from policies.selectors import policy_of
from tests.factories.world import MONDAY, NOON, Side
from timeline.clock import clock_at

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def give(here: Side, role: str = Role.OFFICER) -> None:
    reassign(here.case, owner=here.members[role], reason="Yours", by=here.actor(Role.MANAGER))


def work(here: Side, role: str = Role.OFFICER, **wanted: object) -> Work:
    calendar = policy_of(here.case.policy).calendar
    return my_work(Wanted(**wanted), by=here.actor(role), calendar=calendar)  # type: ignore[arg-type]


def everything(found: Work) -> list[tuple[Part, str]]:
    return [(Part(row.part), row.kind) for row in found.rows]  # type: ignore[attr-defined]


def kinds(found: Work) -> list[tuple[Part, str]]:
    """Without the reminder of the waiting report, which is the officer's team's too."""
    return [one for one in everything(found) if one[1] != "triage_decision"]


def test_my_cases_and_nobody_elses(here: Side) -> None:
    assert kinds(work(here)) == []
    give(here)
    assert kinds(work(here)) == [
        (Part.SOON, "initial_contact"),
        (Part.NO_TIME, "risk_assessment"),
        (Part.NO_TIME, "action_plan"),
        (Part.NO_TIME, "lead_agency"),
    ]
    assert kinds(work(here, Role.SPECIALIST)) == []


def test_a_promise_moves_from_soon_to_today_to_missed(here: Side) -> None:
    give(here)
    due_at = here.case.deadlines.get(kind="initial_contact").due_at
    assert due_at is not None
    found = []
    for moment in (due_at - DAY, due_at, due_at + datetime.timedelta(seconds=1)):
        with clock_at(moment):
            found.append(kinds(work(here))[0])
    assert found == [
        (Part.SOON, "initial_contact"),
        (Part.TODAY, "initial_contact"),
        (Part.MISSED, "initial_contact"),
    ]


def test_later_begins_after_the_second_working_day(here: Side) -> None:
    give(here)
    ends = {"soon": "2026-11-18T23:59:59+00:00", "later": "2026-11-19T00:00:00+00:00"}
    found = {}
    for name, due_at in ends.items():
        here.case.deadlines.filter(kind="initial_contact").update(
            due_at=datetime.datetime.fromisoformat(due_at)
        )
        found[name] = kinds(work(here))[0][0]
    assert found == {"soon": Part.SOON, "later": Part.LATER}


def test_an_explained_miss_that_is_still_owed_is_a_part_of_its_own(here: Side) -> None:
    give(here)
    with clock_at(MONDAY + 3 * DAY):
        sweep_landlord(here.landlord.pk)
        breach = Breach.objects.get(deadline__case=here.case)
        explain_miss(breach, reason="our_failure", explanation="Ill", by=here.actor())
        found = work(here)
    assert kinds(found)[0] == (Part.EXPLAINED, "initial_contact")
    assert found.promises[Part.MISSED] == 0


def test_a_miss_met_late_stays_until_it_is_explained_even_when_the_case_is_closed(here: Side) -> None:
    give(here)
    late = MONDAY + 3 * DAY
    with clock_at(late):
        spoke = ContactDetails(here.complainant.pk, "telephone", "spoke", late)
        record_contact(here.case, spoke, by=here.actor())
        close_case(here.case, ground="resolved", reason="Quiet", by=here.actor())
        assert kinds(work(here)) == [(Part.MISSED, "initial_contact")]


def test_a_manager_also_answers_for_cases_nobody_has(here: Side) -> None:
    found = work(here, Role.MANAGER)
    assert {row.case_id for row in found.rows if row.case_id} == {here.case.pk, here.restricted_case.pk}
    assert found.with_nobody == 2
    give(here)
    assert {row.case_id for row in work(here, Role.MANAGER).rows if row.case_id} == {here.restricted_case.pk}
    assert work(here, Role.MANAGER).with_nobody == 1


def test_a_manager_of_a_team_answers_for_that_team_only(here: Side) -> None:
    manager = here.members[Role.MANAGER]
    manager.team = here.case.team
    manager.save()
    found = {row.case_id for row in work(here, Role.MANAGER).rows if row.case_id}
    assert found == {here.case.pk}


def test_reminders_of_waiting_reports_go_to_their_team_and_are_not_counted_as_promises(here: Side) -> None:
    found = work(here)
    assert [(row.report_id, row.basis) for row in found.rows] == [(here.proposal.report_id, "reminder")]
    assert (sum(found.promises.values()), sum(found.reminders.values())) == (0, 1)
    here.proposal.report.deadlines.update(team=here.restricted_case.team)
    assert work(here).rows == []


def test_whoever_may_not_decide_is_not_reminded(here: Side) -> None:
    assert work(here, Role.ADVISER).rows == []


def test_a_waiting_report_of_domestic_abuse_is_for_those_who_deal_with_it(here: Side) -> None:
    told = here.proposal.report
    reminder = told.deadlines.get()
    told.pk, told.reference, told.behaviours = None, "VV-00000-00000", ["domestic_abuse"]
    told.save(force_insert=True)
    reminder.pk, reminder.key, reminder.report = None, uuid.uuid4(), told
    reminder.save(force_insert=True)
    seen = {
        role: told.pk in [row.report_id for row in work(here, role).rows]
        for role in (Role.OFFICER, Role.SPECIALIST, Role.MANAGER)
    }
    assert seen == {Role.OFFICER: False, Role.SPECIALIST: True, Role.MANAGER: True}


def test_an_overdue_reminder_comes_after_the_promises_of_today(here: Side) -> None:
    give(here)
    due_at = here.case.deadlines.get(kind="initial_contact").due_at
    assert due_at is not None
    with clock_at(due_at):
        found = work(here)
    assert everything(found)[:2] == [(Part.TODAY, "initial_contact"), (Part.TODAY, "triage_decision")]
    assert (found.promises[Part.TODAY], found.reminders[Part.TODAY]) == (1, 1)


def test_filters_narrow_the_rows_and_the_counts(here: Side) -> None:
    give(here)
    assert kinds(work(here, kind="action_plan")) == [(Part.NO_TIME, "action_plan")]
    assert work(here, kind="action_plan").promises[Part.SOON] == 0
    assert kinds(work(here, level="a")) == []
    assert len(work(here, level="b").rows) == 4
    assert len(work(here, team="neighbourhood").rows) == 5
    assert work(here, team="tenancy_enforcement").rows == []
    shown = work(here, part=Part.SOON, level="b")
    assert (kinds(shown), shown.total) == ([(Part.SOON, "initial_contact")], 1)
    assert shown.promises[Part.NO_TIME] == 3


def test_a_page_holds_fifty_and_the_next_one_the_rest(here: Side) -> None:
    give(here)
    plan = here.case.deadlines.get(kind="action_plan")
    for _ in range(PAGE):
        plan.pk, plan.key = None, uuid.uuid4()
        plan.save(force_insert=True)
    first, second = work(here), work(here, page=2)
    assert (len(first.rows), len(second.rows), first.total) == (PAGE, 5, PAGE + 5)
    assert {row.pk for row in first.rows} & {row.pk for row in second.rows} == set()


def test_attempts_are_counted_from_the_start_of_the_clock(here: Side) -> None:
    give(here)
    for hours in (-1, 0, 1):
        tried = ContactDetails(here.complainant.pk, "telephone", "no_answer", MONDAY + hours * HOUR)
        record_contact(here.case, tried, by=here.actor())
    tries = {row.kind: attempts_of(row) for row in work(here).rows}
    assert {kind: number for kind, number in tries.items() if number} == {"initial_contact": 2}


def test_the_next_promise_is_the_earliest_ahead(here: Side) -> None:
    assert next_promise(by=here.actor()) is None
    give(here)
    ahead = next_promise(by=here.actor())
    assert ahead is not None
    assert ahead.kind == "initial_contact"
    with clock_at(NOON + 30 * DAY):
        assert next_promise(by=here.actor()) is None


def test_another_landlords_work_is_not_seen(here: Side) -> None:
    give(here)
    assert {row.landlord_id for row in work(here, Role.MANAGER).rows} == {here.landlord.pk}
