"""Starting, meeting and replacing clocks. Every write is inside the caller's transaction."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.choices import DeadlineState
from cases.clocks import ONE_SECOND, Governing, Times, rule_with, times
from cases.models import Breach, Case, Deadline, Party, Person, Report
from cases.schema import MET_BY_CONTACT, OWED_TO_A_PERSON, UNTIL_AGREED, DeadlineRule
from policies.rules import Rule, WhenAgreed
from policies.schema import Policy
from timeline import clock


@dataclass(frozen=True)
class Owed:
    """What a duty hangs on: a case or a waiting report, the person it is owed to, the team that answers for it."""

    landlord_id: int
    team_id: int
    case: Case | None = None
    report: Report | None = None
    person: Person | None = None


def start(
    rule: DeadlineRule,
    owed: Owed,
    *,
    policy: Policy,
    started_at: datetime.datetime,
    agreed_days: int | None = None,
    found: Times | None = None,
    impossible: bool = False,
) -> Deadline:
    """Start one clock. ``found`` is used where its times are already worked out (re-categorisation)."""
    parsed = rule_with(rule, agreed_days)
    began = _("Added to the case") if rule.start == "added" else ""
    worked_out = Times() if impossible else found or times(parsed, started_at, policy, started=began)
    return Deadline.objects.create(
        landlord_id=owed.landlord_id,
        case=owed.case,
        report=owed.report,
        person=owed.person,
        team_id=owed.team_id,
        state=DeadlineState.IMPOSSIBLE if impossible else DeadlineState.RUNNING,
        start_at=started_at,
        **_from_rule(rule, parsed),
        **_instants(worked_out, rule),
    )


def _from_rule(rule: DeadlineRule, parsed: Rule) -> dict[str, object]:
    return {
        "kind": rule.kind,
        "label": rule.label,
        "basis": rule.basis,
        "rule": str(parsed),
        "met_by": rule.met_by,
        "clause": rule.clause or "",
        "clause_id": rule.clause_id or "",
        "why": rule.why or rule.start_why or "",
        "explanation_required": rule.explanation_required,
    }


def _instants(found: Times, rule: DeadlineRule) -> dict[str, object]:
    return {
        "due_at": found.due_at,
        "amber_at": found.amber_at,
        "escalate_at": found.escalate_at if rule.basis == "promise" else None,
        "next_sweep_at": found.amber_at,
        "receipt": found.receipt(),
        "calendar_version": found.calendar_version,
    }


def start_for_report(report: Report, case: Case | None, governing: Governing, team_id: int) -> list[Deadline]:
    """Every report starts its own response clock, owed to the complainant if known, else to the reporter."""
    person = report.complainant or report.reporter
    owed = Owed(report.landlord_id, team_id, case, report, person)
    return [
        start(
            rule,
            owed,
            policy=governing.policy,
            started_at=report.received_at,
            impossible=person is None and rule.met_by in OWED_TO_A_PERSON,
        )
        for rule in governing.per_report()
    ]


def start_for_complainant(
    case: Case, person: Person | None, governing: Governing, *, started_at: datetime.datetime
) -> list[Deadline]:
    """Duties owed once to each complainant of the case. Nobody known: they are listed as impossible."""
    owed = Owed(case.landlord_id, case.team_id, case=case, person=person)
    return [
        start(
            rule,
            owed,
            policy=governing.policy,
            started_at=started_at,
            impossible=person is None and rule.met_by in OWED_TO_A_PERSON,
        )
        for rule in governing.per_complainant()
    ]


def start_missing(
    rules: Iterable[DeadlineRule], case: Case, person: Person, governing: Governing, *, at: datetime.datetime
) -> None:
    """Start each of these that this person is not owed on this case already."""
    owed = Owed(case.landlord_id, case.team_id, case=case, person=person)
    for rule in rules:
        if not Deadline.objects.filter(case=case, person=person, kind=rule.kind).exists():
            start(rule, owed, policy=governing.policy, started_at=at)


def start_on(event: str, case: Case, person: Person, governing: Governing, *, at: datetime.datetime) -> None:
    """Start what the policy counts from this event (``first_contact``, ``agreed``, ``referred``), once a person."""
    start_missing((rule for rule in governing.rules() if rule.start == event), case, person, governing, at=at)


def meet_by_contact(person: Person, *, at: datetime.datetime, told_main_contact: bool) -> list[Deadline]:
    """One successful contact meets all the person's contact clocks started at or before it (decision 11).

    Speaking with somebody also tells them that their report has arrived.
    """
    met_by = {*MET_BY_CONTACT, "acknowledgement_delivered"}
    if not told_main_contact:
        met_by.discard("contact_naming_main_contact")
    running = Deadline.objects.select_for_update().filter(
        person=person, state=DeadlineState.RUNNING, met_by__in=met_by, start_at__lte=at
    )
    return [meet(deadline, at=at) for deadline in running.order_by("id")]


def meet_acknowledgement(report: Report, *, at: datetime.datetime) -> None:
    """The reporter was shown or read the reference: that acknowledges the report, and is no contact (decision 11)."""
    running = report.deadlines.select_for_update().filter(state=DeadlineState.RUNNING)
    for deadline in running.filter(met_by="acknowledgement_delivered"):
        meet(deadline, at=at)


def meet(deadline: Deadline, *, at: datetime.datetime) -> Deadline:
    """Meet one clock at the moment it was really done. Its misses have been found before (``sweep.settle``).

    Done in time but entered after the miss was found: the miss stays and is marked as recorded late.
    """
    if deadline.breached_at is not None and at < deadline.breached_at + ONE_SECOND:
        Breach.objects.filter(deadline=deadline).update(recorded_late_at=clock.now())
    deadline.state = DeadlineState.MET
    deadline.met_at = at
    deadline.next_sweep_at = None
    deadline.save(update_fields=["state", "met_at", "next_sweep_at"])
    return deadline


def run_again(person: Person, met_by: str, *, met_at: datetime.datetime) -> None:
    """What met these clocks at that moment turned out not to have happened: they wait for it as before."""
    met = Deadline.objects.select_for_update().filter(
        person=person, met_by=met_by, state=DeadlineState.MET, met_at=met_at
    )
    for deadline in met.order_by("pk"):
        Breach.objects.filter(deadline=deadline, confirmed_at__isnull=True).update(recorded_late_at=None)
        waits = deadline.amber_at if deadline.breached_at is None else deadline.escalate_at
        deadline.state, deadline.met_at = DeadlineState.RUNNING, None
        deadline.next_sweep_at = waits if deadline.breached_at is None or deadline.needs_explanation else None
        deadline.save(update_fields=["state", "met_at", "next_sweep_at"])


def withdraw(deadline: Deadline, *, replaced_by: Deadline | None = None) -> None:
    """Stop a running clock that no longer applies. A miss it already had stays."""
    deadline.state = DeadlineState.WITHDRAWN
    deadline.replaced_by = replaced_by
    deadline.next_sweep_at = None
    deadline.save(update_fields=["state", "replaced_by", "next_sweep_at"])


def restart_contact_interval(
    case: Case, party: Party, governing: Governing, *, spoke_at: datetime.datetime
) -> Deadline | None:
    """After speaking with a complainant the next contact is due one interval later, if there is an interval."""
    ask_until_agreed(case, party, governing, spoke_at=spoke_at)
    rule = governing.rule_of("contact_update")
    if rule is None or rule.start != "last_contact":
        return None
    running = Deadline.objects.filter(
        case=case, person=party.person, kind=rule.kind, state=DeadlineState.RUNNING
    )
    agreed = party.contact_every_days
    still_unagreed = isinstance(rule_with(rule, agreed), WhenAgreed) and running.exists()
    if still_unagreed or running.filter(due_at__isnull=False, start_at__gt=spoke_at).exists():
        return None
    for earlier in running:
        withdraw(earlier)
    return start(
        rule,
        Owed(case.landlord_id, case.team_id, case=case, person=party.person),
        policy=governing.policy,
        started_at=spoke_at,
        agreed_days=agreed,
    )


def ask_until_agreed(case: Case, party: Party, governing: Governing, *, spoke_at: datetime.datetime) -> None:
    """A reminder to speak again, from the last contact, while it is not agreed how often; agreeing ends it."""
    running = Deadline.objects.filter(
        case=case, person=party.person, kind=UNTIL_AGREED, state=DeadlineState.RUNNING
    )
    agreed = party.contact_every_days is not None
    if not agreed and running.filter(start_at__gt=spoke_at).exists():
        return
    for earlier in running:
        withdraw(earlier)
    rule = governing.rule_of(UNTIL_AGREED)
    if rule is not None and not agreed:
        owed = Owed(case.landlord_id, case.team_id, case=case, person=party.person)
        start(rule, owed, policy=governing.policy, started_at=spoke_at)
