"""Letters about reports that were sent away: who may write them, when, and what the decision says already."""

from typing import cast

from django.utils.translation import gettext as _

from cases.models import Report
from landlords.permissions import Permission, Refused, check
from letters.about import report_rules
from letters.suggesting import letter_suggestions
from letters.values import Writing
from timeline.actors import Actor
from triage.models import Proposal
from triage.schema import OPENS_A_CASE, Route
from triage.verdicts import handling_of


def register() -> None:
    report_rules.register("decided", check_may_answer)
    letter_suggestions.register("not_asb", of_decision)


def is_sent_away(proposal: Proposal) -> bool:
    return proposal.decided_at is not None and proposal.decided_route not in OPENS_A_CASE


def check_may_answer(report: Report, by: Actor) -> None:
    """Nobody is told anything before a named person has decided (decision 2). Raises Refused.

    A report that is on a case has its letters there.
    """
    proposal = Proposal.objects.filter(report=report).first()
    if proposal is None or (proposal.decided_at is not None and not is_sent_away(proposal)):
        raise Refused(_("This report is on a case. Write the letter there."))
    check(by, Permission.DECIDE_RESTRICTED if proposal.restricted else Permission.DECIDE_ROUTE)
    if proposal.decided_at is None:
        raise Refused(_("Decide the report first. Until then nobody is told anything."))


def of_decision(writing: Writing) -> dict[str, str]:
    """Why, as whoever decided was asked to write it for the person who reported it; and where the policy sends them."""
    if not isinstance(writing.about, Report):
        return {}
    proposal = Proposal.objects.filter(report=writing.about).first()
    if proposal is None or not is_sent_away(proposal):
        return {}
    handling = handling_of(cast(Route, proposal.decided_route), writing.policy)
    places = [f"{place[:1].upper()}{place[1:]}" for place in handling.signpost]
    return {"reason": proposal.reason, "who_helps": "\n".join(places)}
