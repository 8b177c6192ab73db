"""From a report to a case in somebody's hands."""

from asbcases.demo import casting, closing, contacts, upkeep
from asbcases.demo.file import File
from asbcases.demo.hands import give_out
from asbcases.demo.office import ONE_DAY
from asbcases.demo.telling import submission, taken_by
from cases.models import Case
from timeline import clock
from triage.models import Proposal
from triage.services import Submitted, decide_report, submit_report

LONGEST_ANONYMOUS = 45
"""Days before an anonymous case is closed: nobody can be asked for more."""


def expect(file: File) -> None:
    """Put the report down for when it comes in, or for when somebody gets round to entering it."""
    entered = file.plan.received_at
    if file.has("entered_late"):
        entered = file.office.at_work(entered + 2 * ONE_DAY, file.rng)
    file.diary.put(entered, lambda: _tell(file))


def _tell(file: File) -> None:
    file.homes = casting.home(file.office, file.rng)
    submitted = submit_report(submission(file), by=taken_by(file))
    if submitted.case is not None:
        _opened(file, submitted.case)
    elif not file.has("left_waiting"):
        _wait(file, submitted)


def _wait(file: File, submitted: Submitted) -> None:
    late = file.chance(0.25)
    at = file.office.at_work(file.days_on(3, 5) if late else file.days_on(0.1, 1), file.rng)
    proposal_id = Proposal.objects.values_list("pk", flat=True).get(report=submitted.report)
    file.diary.put(at, lambda: _decide(file, proposal_id))


def _decide(file: File, proposal_id: int) -> None:
    proposal = Proposal.objects.get(pk=proposal_id)
    opens = file.has("opened_after_all")
    decider = file.rng.choice(file.office.caseworkers(proposal.team_id, specialists=False))
    case = decide_report(
        proposal,
        route="asb" if opens else proposal.route,
        reason=file.words("decided", "opened" if opens else proposal.route),
        by=decider.actor(),
    )
    if case is not None:
        _opened(file, case)


def _opened(file: File, case: Case) -> None:
    """From here on the case is lived through as planned."""
    file.case_id = case.pk
    if file.has("not_given_out"):
        return
    lasts = file.rng.uniform(200, 300) if file.has("lasting") else file.rng.triangular(16, 95, 38)
    anonymous = bool(file.plan.facts.get("anonymous"))
    file.closes_at = clock.now() + (min(lasts, LONGEST_ANONYMOUS) if anonymous else lasts) * ONE_DAY
    contacts.owe_first(file, case)
    file.in_days(0.02, 0.15, give_out)
    file.later(file.office.at_work(file.closes_at, file.rng), closing.close)
    upkeep.plan(file)
