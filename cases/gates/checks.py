"""The needs whose records the case file itself keeps."""

import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import SUCCESSFUL, PartyRole
from cases.gates.engine import Answer, Step, case_gates
from cases.gates.schema import Requirement
from cases.models import Contact, Party, Report
from policies.working_time import LONDON


def register() -> None:
    for key, check in (
        ("detail", detail),
        ("decision", decision),
        ("approval", approval),
        ("notice", notice),
        ("attempts", attempts),
        ("told_of_closing", told_of_closing),
        ("quiet", quiet),
        ("request_unanswered", request_unanswered),
    ):
        case_gates.register(key, check)


def detail(step: Step, requirement: Requirement) -> Answer:
    """An answer given with the step: a question nobody answered is not met."""
    given = step.details.get(requirement.of or "")
    if requirement.value is None:
        return Answer(bool(str(given or "").strip()))
    return Answer(given == requirement.value)


def decision(step: Step, requirement: Requirement) -> Answer:
    """The newest decision of this kind is on record, with this answer where one is asked for."""
    found = step.case.decisions.filter(key=requirement.of).order_by("-decided_at", "-pk").first()
    met = found is not None and requirement.value in (None, found.answer)
    return Answer(met, found.decided_by if found else "", "record-decision")


def approval(step: Step, requirement: Requirement) -> Answer:
    """The newest answer stands: a no after a yes takes it back. Advice counts whatever it says."""
    found = step.case.approvals.filter(what=requirement.of).order_by("-decided_at", "-pk").first()
    if found is None or (requirement.by and found.position not in requirement.by):
        return Answer(False, page="approve")
    return Answer(found.answer != "no", found.decided_by, "approve")


def notice(step: Step, requirement: Requirement) -> Answer:
    """Told in each of the ways asked for: ``how``, about ``of``."""
    given = set(step.case.notices.filter(of=requirement.of).values_list("how", flat=True))
    wanted = requirement.how or ("spoken",)
    missing = [how for how in wanted if how not in given]
    words = {"spoken": _("not told in person or by telephone"), "written": _("not told in writing")}
    return Answer(not missing, "; ".join(words[how] for how in missing), "give-notice")


def attempts(step: Step, requirement: Requirement) -> Answer:
    """Tries to reach each complainant: how many, in how many ways, on how many different days."""
    lacking = [
        party.person.name
        for party in _complainants(step)
        if not _tried_enough(list(_tries(step, party.person_id)), requirement)
    ]
    return Answer(not lacking, ", ".join(lacking), "record-contact")


def told_of_closing(step: Step, requirement: Requirement) -> Answer:
    """Each complainant was spoken to about closing, or tried for as often as the requirement says."""
    lacking = []
    for party in _complainants(step):
        spoken = _tries(step, party.person_id).filter(about_closing=True, outcome__in=SUCCESSFUL)
        tried = list(_tries(step, party.person_id).exclude(outcome__in=SUCCESSFUL))
        if not spoken.exists() and not (requirement.at_least > 1 and _tried_enough(tried, requirement)):
            lacking.append(party.person.name)
    return Answer(not lacking, ", ".join(lacking), "record-contact")


def quiet(step: Step, requirement: Requirement) -> Answer:
    """Nothing heard from the complainants, and no report, for more than so many whole days."""
    heard = step.case.contacts.filter(outcome__in=SUCCESSFUL).order_by("-occurred_at").first()
    reported = Report.objects.filter(incident__case=step.case).order_by("-received_at").first()
    moments = [one for one in (heard and heard.occurred_at, reported and reported.received_at) if one]
    last = max(moments, default=step.case.opened_at).astimezone(LONDON).date()
    passed = (step.at.astimezone(LONDON).date() - last).days
    words = ngettext("Last heard of %(number)d day ago.", "Last heard of %(number)d days ago.", passed)
    return Answer(passed > requirement.days, words % {"number": passed})


def request_unanswered(step: Step, requirement: Requirement) -> Answer:
    """Something was asked of the reporter, the time has passed, and no answer came."""
    open_requests = step.case.requests.filter(answered_at__isnull=True)
    today = step.at.astimezone(LONDON).date()
    waited = [one for one in open_requests if one.answer_by is None or one.answer_by < today]
    return Answer(bool(waited), page="ask-of-person")


def _complainants(step: Step) -> list[Party]:
    return list(step.case.parties.filter(role=PartyRole.COMPLAINANT).select_related("person"))


def _tries(step: Step, person_id: int) -> QuerySet[Contact]:
    return step.case.contacts.filter(person_id=person_id)


def _tried_enough(tries: list[Contact], requirement: Requirement) -> bool:
    ways = {one.means for one in tries}
    days: set[datetime.date] = {one.occurred_at.astimezone(LONDON).date() for one in tries}
    return (
        len(tries) >= requirement.at_least and len(ways) >= requirement.ways and len(days) >= requirement.days
    )
