"""What happens on a case between contacts: duties, notes, incidents, other levels, other hands, other tellers."""

import datetime
from collections.abc import Callable
from dataclasses import replace

from asbcases.demo import caring, casting, contacts
from asbcases.demo.content import content, what_else
from asbcases.demo.file import File
from asbcases.demo.hands import give_out
from asbcases.demo.office import ONE_DAY
from asbcases.demo.telling import submission
from cases.choices import DeadlineState, PartyRole
from cases.models import Case, Deadline
from cases.schema import MET_BY_CONTACT
from cases.services.categorising import recategorise
from cases.services.deciding import record_decision, to_record
from cases.services.joining import join_cases
from cases.services.moments import is_late
from cases.services.working import IncidentDetails, add_incident, add_note, record_duty_done
from timeline import clock
from timeline.actors import system
from triage.facts import Facts
from triage.services import Submission, submit_report

SOONER_OR_LATER = {"acknowledgement": (0.01, 0.1), "domestic_abuse_referral": (0.02, 0.1)}
"""Days until duties that are done at once; the others wait for a conversation."""

DONE_OTHERWISE = ("case_closed", "decision_recorded", "risk_acted_on")
"""What is met by closing the case, by putting a decision on record, or by saying what is done about a high risk."""
CARE: dict[str, Callable[[File, Case, int], None]] = {
    "risk_assessment_completed": caring.assess,
    "action_plan_agreed": caring.agree,
    "action_plan_sent": caring.agree,
}
"""What is done here rather than written down as done elsewhere."""


def plan(file: File) -> None:
    """Put down everything that is to happen to a new case besides contact."""
    case = file.open_case()
    assert case is not None
    assert file.closes_at is not None
    plan_duties(file, case)
    plan_care(file, case)
    file.in_days(0.2, 5, put_on_record)
    span = (file.closes_at - clock.now()) / ONE_DAY
    for _ in range(file.rng.randrange(1, 5)):
        file.in_days(0.5, span, write_note)
    for _ in range(file.rng.choice((0, 0, 1, 1, 2, 3))):
        file.in_days(0.5, span, happen_again)
    _plan_twists(file)


def _plan_twists(file: File) -> None:
    if file.has("raised"):
        file.in_days(2, 6, change_level, -1)
    if file.has("lowered"):
        file.in_days(2, 9, change_level, 1)
    if file.has("handed_over"):
        file.in_days(7, 14, give_out)
    if file.has("neighbours_too"):
        for _ in range(file.rng.randrange(1, 3)):
            file.in_days(1, 12, be_told_again)
    if file.has("reported_twice"):
        file.in_days(0.5, 2, be_reported_apart)


def plan_care(file: File, case: Case) -> None:
    """Where the policy gives no time, risk and plan come with the first conversations."""
    given = set(case.deadlines.values_list("met_by", flat=True))
    for party in case.parties.filter(role=PartyRole.COMPLAINANT).order_by("id"):
        if "risk_assessment_completed" not in given and file.chance(0.8):
            file.in_days(0.5, 6, caring.assess, party.person_id)
        if given.isdisjoint(("action_plan_agreed", "action_plan_sent")) and file.chance(0.8):
            file.in_days(1, 9, caring.agree, party.person_id)


def plan_duties(file: File, case: Case) -> None:
    """Risk assessments, plans and the like, done elsewhere: mostly in time, a few late, a few never."""
    running = case.deadlines.filter(state=DeadlineState.RUNNING, person__isnull=False)
    for deadline in running.exclude(met_by__in=[*MET_BY_CONTACT, *DONE_OTHERWISE]).order_by("id"):
        if file.chance(0.95 if deadline.due_at else 0.75):
            _put_down_duty(file, deadline)


def _put_down_duty(file: File, deadline: Deadline) -> None:
    if deadline.kind in SOONER_OR_LATER:
        fewest, most = SOONER_OR_LATER[deadline.kind]
        file.later(file.between(clock.now(), file.days_on(fewest, most)), do_duty, deadline.pk)
    elif deadline.due_at is None:
        file.in_days(1, 9, do_duty, deadline.pk)
    elif file.chance(0.12):
        file.later(file.office.at_work(deadline.due_at + ONE_DAY, file.rng), do_duty, deadline.pk)
    else:
        soon = clock.now() + datetime.timedelta(hours=1)
        file.later(file.between(soon, deadline.due_at), do_duty, deadline.pk)


def do_duty(file: File, case: Case, deadline_id: int) -> None:
    deadline = Deadline.objects.get(pk=deadline_id)
    if deadline.state != DeadlineState.RUNNING:
        return
    care = CARE.get(deadline.met_by)
    if care is not None and deadline.person_id is not None:
        care(file, case, deadline.person_id)
        return
    kind = deadline.kind if deadline.kind in content("casework")["duties"] else "other"
    note = file.words("duties", kind)
    if record_duty_done(deadline, done_at=clock.now(), note=note, by=file.by).needs_explanation:
        file.in_days(0.3, 3, contacts.answer_for_misses)


def put_on_record(file: File, case: Case) -> None:
    """Most of what the policy asks everybody and offers answers to; its first answer is the usual one."""
    for asked in to_record(case):
        answers, position = asked.rule.answers, asked.rule.position
        theirs = position is None or position in file.by.positions
        if answers and theirs and not asked.when_needed and asked.latest is None and file.chance(0.8):
            answer = answers[0] if file.chance(0.7) else file.rng.choice(answers)
            whose = asked.person.pk if asked.person else None
            told = {"answer": answer, "reason": file.words("on_record")}
            record_decision(case, key=asked.rule.key, **told, person_id=whose, by=file.by)


def write_note(file: File, case: Case) -> None:
    add_note(case, text=file.words("restricted_notes" if case.restricted else "notes"), by=file.by)


def happen_again(file: File, case: Case) -> None:
    """Something more, told in passing or seen by staff."""
    seen = file.chance(0.5)
    when = clock.now() - datetime.timedelta(hours=file.rng.randrange(2, 90))
    details = IncidentDetails(
        description=file.words("incidents") if seen and not case.restricted else what_else(file.rng),
        behaviours=case.behaviours[:1],
        occurred_at=when if seen else None,
        occurred_words="" if seen else "A few nights this week",
        location=case.place,
        late_reason=file.words("late_entry") if seen and is_late(when) else "",
    )
    add_incident(case, details, by=file.by)


def change_level(file: File, case: Case, step: int) -> None:
    """To the next level up or down; the other way where there is none."""
    if case.route != "asb":
        return
    keys = [level.key for level in file.office.policy.core.levels]
    place = keys.index(case.level) + step
    place = place if 0 <= place < len(keys) else keys.index(case.level) - step
    up = place < keys.index(case.level)
    recategorise(case, level=keys[place], reason=file.words("raised" if up else "lowered"), by=file.by)
    _take_up(file)


def _take_up(file: File) -> None:
    """What follows from another level: perhaps other hands, and first contact owed anew."""
    case = file.open_case()
    assert case is not None
    if case.owner_id is None:
        give_out(file, case)
    contacts.owe_first(file, case)
    plan_duties(file, case)


def be_told_again(file: File, case: Case) -> None:
    """Another neighbour reports the same; the officer puts it on the case."""
    told = _told_by_a_neighbour(file, channel="telephone")
    before = set(case.deadlines.values_list("pk", flat=True))
    submit_report(told, by=file.by, join=case)
    contacts.owe_first(file, case, besides=before)


def be_reported_apart(file: File, case: Case) -> None:
    """The same neighbour's report comes through the public form and opens a case of its own; staff join it."""
    submitted = submit_report(_told_by_a_neighbour(file, channel="web"), by=system("Public form"))
    if submitted.case is not None:
        file.in_days(0.05, 0.4, _join, submitted.case.pk)


def _told_by_a_neighbour(file: File, *, channel: str) -> Submission:
    """The same thing in somebody else's words, from their own home in the same street."""
    facts = {**file.plan.facts, "anonymous": None, "reporter": "tenant", "channel": channel}
    address = casting.nearby(file.rng, file.homes[1])
    return replace(
        submission(file),
        facts=Facts.model_validate({**facts, "received_at": clock.now()}),
        occurred_at=clock.now() - datetime.timedelta(hours=file.rng.randrange(1, 30)),
        occurred_words="",
        reporter=casting.teller(file.office, file.rng, "tenant", address, at_risk=False),
        late_entry_reason="",
    )


def _join(file: File, case: Case, newer_id: int) -> None:
    newer = Case.objects.get(pk=newer_id)
    if newer.is_open:
        join_cases(newer, case, reason=file.words("joined"), by=file.by)
        contacts.owe_first(file, case)
