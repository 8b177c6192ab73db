"""A report from a partner system, handed to the one front door."""

import hashlib
import json
from typing import Any

from pydantic import ValidationError

from asbcases.api.authentication import Partner
from asbcases.api.following import dated_duties
from asbcases.api.models import SentReport
from asbcases.api.problems import Invalid, of_validation
from asbcases.api.schema import NewReport, TakenReport
from cases.services.people import Told
from timeline import clock
from triage.facts import YES_NO_FACTS, Facts
from triage.services import Submission, submit_report


def canonical(body: Any) -> str:
    """One text for one meaning: neither spaces nor the order of fields make another body."""
    return json.dumps(body, sort_keys=True)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def take(text: str, partner: Partner) -> dict[str, Any]:
    """Keep the report and say what is promised. Raises Invalid, InvalidReport."""
    try:
        sent = NewReport.model_validate_json(text)
    except ValidationError as error:
        raise Invalid(of_validation(error)) from error
    submitted = submit_report(_submission(sent, partner), by=partner.actor)
    report, decision = submitted.report, submitted.decision
    SentReport.objects.create(landlord_id=report.landlord_id, token=partner.token, report=report)
    taken = TakenReport(
        reference=report.reference,
        route=decision.route,
        level=decision.level,
        team=decision.team,
        deadlines=dated_duties(submitted.deadlines),
    )
    return taken.model_dump(mode="json")


def _submission(sent: NewReport, partner: Partner) -> Submission:
    reporter, respondent = sent.reporter, sent.respondent
    return Submission(
        facts=_facts(sent),
        description=sent.description,
        occurred_at=sent.occurred_at,
        location=sent.location,
        reporter=Told(
            name=reporter.name,
            kind=reporter.kind,
            phone=reporter.phone,
            email=reporter.email or "",
            address=reporter.address,
            safe_contact=reporter.safe_contact,
        ),
        respondent=Told(name=respondent.name, kind=respondent.kind, address=respondent.address),
        late_entry_reason=f"Sent by partner system {partner.token.name}",
    )


def _facts(sent: NewReport) -> Facts:
    return Facts(
        received_at=sent.received_at or clock.now(),
        behaviours=tuple(dict.fromkeys(sent.behaviours)),
        channel=sent.channel,
        reporter=sent.reporter.kind,
        respondent=sent.respondent.kind,
        hate_strands=tuple(dict.fromkeys(sent.hate_strands)),
        **{name: getattr(sent, name) for name in YES_NO_FACTS},
    )
