"""The front door: every report, from whichever channel, comes in through :func:`submit_report`."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from cases import deadlines
from cases.models import Case, Deadline, Person, Report
from cases.references import new_reference
from cases.services.linking import link_reported_again
from cases.services.opening import join_to_case, open_case
from cases.services.people import Told, person_from
from landlords.models import Landlord, Team
from landlords.permissions import Permission, Refused, check
from policies.models import PolicyVersion
from policies.schema import Policy
from policies.selectors import policy_of, version_in_force
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor
from timeline.scope import active_landlord
from timeline.services import record
from triage.engine import Decision, decide
from triage.facts import BEHAVIOURS, Facts
from triage.models import Proposal
from triage.schema import OPENS_A_CASE, ROUTES
from triage.standing import governing, standing_of, standing_on_route
from triage.words import ROUTE_WORDS, behaviours_in_words

LONGEST_TEXT = 10_000
OLDEST_REPORT = datetime.timedelta(days=366)


@dataclass(frozen=True)
class Mistake:
    """One thing to put right before a report can be kept."""

    field: str
    message: str


class InvalidReport(Exception):
    """A report cannot be kept as it stands; ``mistakes`` says everything that is wrong with it."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("; ".join(f"{mistake.field}: {mistake.message}" for mistake in mistakes))


@dataclass(frozen=True)
class Submission:
    """A report as it was told. ``complainant`` is set where the reporter speaks for somebody else.

    ``vulnerability``: what makes it harder for whoever it happens to, in the words of whoever tells us.
    ``late_entry_reason`` says why an earlier ``facts.received_at`` is only entered now.
    """

    facts: Facts
    description: str = ""
    occurred_at: datetime.datetime | None = None
    occurred_words: str = ""
    location: str = ""
    reporter: Told = field(default_factory=Told)
    complainant: Told = field(default_factory=Told)
    respondent: Told = field(default_factory=Told)
    vulnerability: str = ""
    late_entry_reason: str = ""


@dataclass(frozen=True)
class Submitted:
    """What became of a report: on a case, or waiting for a person to decide."""

    report: Report
    decision: Decision
    case: Case | None
    deadlines: list[Deadline]


@transaction.atomic
def submit_report(
    submission: Submission, *, by: Actor, join: Case | None = None, acknowledged: bool = False
) -> Submitted:
    """Keep a report, decide under the policy of the day it was received, and start what that promises.

    ``join`` puts it on an open case, which only staff may choose. ``acknowledged``: the reporter is told at once,
    on the screen or on the telephone, that we have it. Raises InvalidReport, Refused.
    """
    check(by, Permission.LOG_REPORT)
    _check(submission)
    version = version_in_force(submission.facts.received_at.astimezone(LONDON).date())
    policy = policy_of(version)
    decision = decide(submission.facts, policy)
    report = _keep(submission, version, decision, by)
    case = None
    if join is not None:
        case = join_to_case(report, join, by=by)
    elif decision.opens_case:
        case = open_case(report, standing=standing_of(decision), title=_title(report), by=by)
        link_reported_again(case, by=by)
    else:
        _wait(report, decision, policy, by)
    if acknowledged:
        deadlines.meet_acknowledgement(report, at=clock.now())
    started = Deadline.objects.filter(report=report) | Deadline.objects.filter(case=case, case__isnull=False)
    return Submitted(report, decision, case, list(started.order_by("due_at", "kind")))


@transaction.atomic
def decide_report(
    proposal: Proposal, *, route: str, reason: str, by: Actor, level: str | None = None
) -> Case | None:
    """A named person decides a waiting report: away, or onto a case whose clocks run from when it was received.

    ``level`` is chosen for ASB; left out, it is the most serious the facts support. Raises Refused.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("report__policy")
        .defer("report__policy__content")
        .get(pk=proposal.pk)
    )
    check(by, Permission.DECIDE_RESTRICTED if proposal.restricted else Permission.DECIDE_ROUTE)
    if proposal.decided_at is not None:
        raise Refused(_("%(name)s has already decided this report.") % {"name": proposal.decided_by})
    if route not in ROUTES:
        raise Refused(_("Choose what becomes of the report."))
    if not reason.strip():
        raise Refused(_("Say why, as you would explain it to the person who reported it."))
    _decided(proposal, route, reason, by)
    report = proposal.report
    case = None
    if route in OPENS_A_CASE:
        policy = policy_of(report.policy)
        standing = standing_on_route(Decision.from_json(report.decision), report.facts, policy, route, level)
        case = open_case(report, standing=standing, title=_title(report), by=by)
        link_reported_again(case, by=by)
    record(
        "route_decided",
        by=by,
        case_id=case.pk if case else None,
        subject=("report", report.pk),
        payload=_route(route),
        text=reason,
    )
    return case


def _decided(proposal: Proposal, route: str, reason: str, by: Actor) -> None:
    proposal.decided_at = clock.now()
    proposal.decided_by = by.name
    proposal.decided_route = route
    proposal.reason = reason
    proposal.save(update_fields=["decided_at", "decided_by", "decided_route", "reason"])
    reminders = Deadline.objects.select_for_update().filter(report=proposal.report, kind="triage_decision")
    for reminder in reminders.filter(state="running"):
        deadlines.meet(reminder, at=clock.now())


def _wait(report: Report, decision: Decision, policy: Policy, by: Actor) -> None:
    team = Team.objects.get(key=decision.team)
    Proposal.objects.create(
        landlord_id=report.landlord_id,
        report=report,
        route=decision.route,
        team=team,
        restricted=report.is_restricted,
        made_at=clock.now(),
    )
    deadlines.start_for_report(report, None, governing(decision, policy), team.pk)
    record("report_waiting", by=by, subject=("report", report.pk), payload=_route(decision.route))


def _route(route: str) -> dict[str, str]:
    return {"route": route, "words": str(ROUTE_WORDS[route])}


def _keep(submission: Submission, version: PolicyVersion, decision: Decision, by: Actor) -> Report:
    landlord = Landlord.objects.get(pk=active_landlord())
    facts = submission.facts
    return Report.objects.create(
        landlord=landlord,
        reference=new_reference(landlord.reference_prefix),
        channel=facts.channel or "staff",
        received_at=facts.received_at,
        created_at=clock.now(),
        late_entry_reason=submission.late_entry_reason,
        description=submission.description,
        occurred_at=submission.occurred_at,
        occurred_words=submission.occurred_words,
        location=submission.location,
        behaviours=list(facts.behaviours),
        facts=facts.as_json(),
        reporter=None if facts.anonymous else _person(submission.reporter, landlord),
        complainant=_person(submission.complainant, landlord),
        vulnerability=submission.vulnerability.strip(),
        anonymous=bool(facts.anonymous),
        respondent=_respondent(submission.respondent, facts),
        policy=version,
        decision=decision.as_json(),
        recorded_by=by.name,
    )


def _person(told: Told, landlord: Landlord) -> Person | None:
    return person_from(told, landlord.pk)


def _respondent(told: Told, facts: Facts) -> dict[str, str]:
    return {"kind": facts.respondent or "unknown", "name": told.name.strip(), "address": told.address.strip()}


def _title(report: Report) -> str:
    ordered = sorted(report.behaviours, key=BEHAVIOURS.index)
    what = behaviours_in_words(ordered[:2]) or _("Report")
    place = (report.location or report.respondent.get("address", "")).splitlines()
    return f"{what}, {place[0]}" if place and place[0].strip() else what


def _check(submission: Submission) -> None:
    mistakes = list(_mistakes(submission))
    if mistakes:
        raise InvalidReport(mistakes)


def _mistakes(submission: Submission) -> list[Mistake]:
    facts, now = submission.facts, clock.now()
    found: list[Mistake] = []
    if facts.received_at > now:
        found.append(Mistake("received_at", _("The report cannot have been received in the future.")))
    elif facts.received_at < now - OLDEST_REPORT:
        found.append(Mistake("received_at", _("The report must have been received in the last year.")))
    elif _entered_late(facts.received_at, now) and not submission.late_entry_reason.strip():
        found.append(
            Mistake("late_entry_reason", _("Say why this report is entered after the day it was received."))
        )
    if submission.occurred_at and submission.occurred_at > now:
        found.append(Mistake("occurred_at", _("What happened cannot be in the future.")))
    if len(submission.description) > LONGEST_TEXT:
        text = _("The description must be 10,000 characters or fewer; it has %(count)s.")
        found.append(Mistake("description", text % {"count": f"{len(submission.description):,}"}))
    if facts.anonymous and submission.reporter.is_somebody:
        found.append(
            Mistake("reporter", _("An anonymous report has no name, telephone number or e-mail address."))
        )
    if not submission.description.strip() and not facts.behaviours:
        found.append(Mistake("description", _("Say what happened, or choose what it is about.")))
    return found


def _entered_late(received_at: datetime.datetime, now: datetime.datetime) -> bool:
    return received_at.astimezone(LONDON).date() < now.astimezone(LONDON).date()
