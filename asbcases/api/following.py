"""What has become of a report or a case, as far as the partner asking may know."""

import datetime
import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from asbcases.api import schema
from asbcases.api.authentication import READ_CASES, Partner
from asbcases.api.models import SentReport
from cases.choices import Basis, DeadlineState
from cases.models import Case, Deadline, Incident, Report
from cases.references import normalise
from policies.working_time import utc_text
from triage.models import Proposal

_REFERENCE = re.compile(r"[A-Z]{2}-[0-9A-Z]{5}-[0-9A-Z]{5}")


def report_file(reference: str, partner: Partner) -> schema.FollowedReport | None:
    """One report under its own reference, with nothing of other reports on its case (decisions 9, 20).

    A partner that may not read cases follows only what it sent itself; the answer is the same whether any
    other report exists. None: no such report, or it is restricted and another's. Raises PermissionDenied.
    """
    report = _report(reference)
    own = report is not None and SentReport.objects.filter(report=report, token=partner.token).exists()
    if not own:
        partner.check(READ_CASES)
    if report is None or (_restricted(report) and not own):
        return None
    case = _case_of(report)
    return schema.FollowedReport(
        reference=report.reference,
        received_at=utc_text(report.received_at),
        state=case.status if case else _undecided(report),
        case=schema.CaseOfReport(state=case.status) if case else None,
        deadlines=followed_duties(_owed_for(report, case)),
        incidents=_incidents(Incident.objects.filter(report=report)),
    )


def case_file(reference: str, partner: Partner) -> schema.CaseFile | None:
    """A whole case. None: no such case, or it is restricted and not wholly this partner's."""
    if not _is_reference(reference):
        return None
    cases = Case.objects.select_related("team").defer("search")
    case = cases.filter(reference=normalise(reference)).first()
    if case is None or (case.restricted and not _sent_wholly_by(partner, case)):
        return None
    incidents = Incident.objects.filter(case=case)
    if case.restricted:
        incidents = incidents.filter(report__sent__token=partner.token)
    return schema.CaseFile(
        reference=case.reference,
        state=case.status,
        route=case.route,
        level=case.level or None,
        level_label=case.level_label or None,
        team=case.team.key,
        opened_at=utc_text(case.opened_at),
        closed_at=_optional(case.closed_at),
        deadlines=followed_duties(Deadline.objects.filter(case=case)),
        incidents=_incidents(incidents),
    )


def dated_duties(deadlines: Iterable[Deadline]) -> list[schema.DatedDuty]:
    """Duties with a date, as the command that explains triage lists them: by due, then kind."""
    return [schema.DatedDuty.model_validate(_duty(one)) for one in _in_order(deadlines)]


def followed_duties(deadlines: Iterable[Deadline]) -> list[schema.FollowedDuty]:
    """The same with what became of each. A clock that another has replaced is left out, unless it was missed."""
    return [
        schema.FollowedDuty.model_validate(
            {**_duty(one), "met_at": _optional(one.met_at), "breached_at": _optional(one.breached_at)}
        )
        for one in _in_order(deadlines)
        if one.state != DeadlineState.WITHDRAWN or one.breached_at is not None
    ]


def _in_order(deadlines: Iterable[Deadline]) -> list[Deadline]:
    dated = [(one.due_at, one.kind, one.pk, one) for one in deadlines if one.due_at is not None]
    return [found[-1] for found in sorted(dated, key=lambda found: found[:3])]


def _duty(deadline: Deadline) -> dict[str, object]:
    receipt = deadline.receipt
    return {
        "kind": deadline.kind,
        "due_at": receipt["due_at"],
        "due_local": receipt["due_local"],
        "basis": deadline.basis,
        "interpretation": deadline.basis == Basis.REMINDER,
        "clause": deadline.clause or None,
        "clause_id": deadline.clause_id or None,
        "explanation": _explanation(deadline),
    }


def _explanation(deadline: Deadline) -> str:
    """A promise may still be counted from a moment that is our reading of its clause."""
    counted: str = deadline.receipt["explanation"]
    if deadline.basis == Basis.PROMISE and deadline.why:
        return f"{counted}. Counted from receipt by our reading: {deadline.why}"
    return counted


def _is_reference(text: str) -> bool:
    return _REFERENCE.fullmatch(normalise(text)) is not None


def _report(reference: str) -> Report | None:
    if not _is_reference(reference):
        return None
    return Report.objects.filter(reference=normalise(reference)).first()


def _case_of(report: Report) -> Case | None:
    return Case.objects.filter(incidents__report=report).defer("search").first()


def _restricted(report: Report) -> bool:
    case = _case_of(report)
    return "domestic_abuse" in report.behaviours or (case is not None and case.restricted)


def _undecided(report: Report) -> str:
    waiting = Proposal.objects.filter(report=report, decided_at__isnull=True).exists()
    return schema.WAITING if waiting else schema.NOT_TAKEN_ON


def _owed_for(report: Report, case: Case | None) -> QuerySet[Deadline]:
    """Clocks of the report, and those its complainant is owed once; on a case with others', only the person's."""
    owed = Q(report=report)
    person_id = report.complainant_id or report.reporter_id
    if case is not None and person_id is not None:
        owed |= Q(case=case, report__isnull=True, person_id=person_id)
    elif case is not None and not _others_on(case, report):
        owed |= Q(case=case, report__isnull=True, person__isnull=True)
    return Deadline.objects.filter(owed)


def _others_on(case: Case, report: Report) -> bool:
    return Report.objects.filter(incident__case=case).exclude(pk=report.pk).exists()


def _sent_wholly_by(partner: Partner, case: Case) -> bool:
    """A report of somebody else on the file would be told with it."""
    reports = Report.objects.filter(incident__case=case)
    return reports.exists() and not reports.exclude(sent__token=partner.token).exists()


def _incidents(incidents: QuerySet[Incident]) -> list[schema.Incident]:
    return [
        schema.Incident(
            behaviours=one.behaviours,
            description=one.description,
            occurred_at=_optional(one.occurred_at),
            location=one.location,
            recorded_at=utc_text(one.recorded_at),
        )
        for one in incidents.order_by("recorded_at", "id")
    ]


def _optional(moment: datetime.datetime | None) -> str | None:
    return utc_text(moment) if moment else None
