"""What closing asks about contact: who was spoken to, who was tried, how long it has been quiet.

A case that was reopened starts afresh: what was said, tried, advised or assessed before does not count.
"""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import SUCCESSFUL, PartyRole
from cases.confided import people_on
from cases.gates.engine import Answer, Step, case_gates
from cases.gates.schema import ClosingSection, Requirement
from cases.gates.steps import GatedStep, gated_steps
from cases.models import Case, Contact, Evidence, Incident, Person, Report, Request
from policies.schema import Policy
from policies.wording import long_date
from policies.working_time import LONDON
from timeline.models import Event

CLOSE = "close"
"""What the step is called where its gates are asked, and where a manager sets them aside."""


def register() -> None:
    for key, check in (
        ("attempts", attempts),
        ("told_of_closing", told_of_closing),
        ("tried_before_closing", tried_before_closing),
        ("quiet", quiet),
    ):
        case_gates.register(key, check)
    gated_steps.register("closing", _steps)


def _steps(policy: Policy) -> Iterator[GatedStep]:
    closing = policy.section(ClosingSection).closing
    if closing.grounds:
        of_grounds = (need for ground in closing.grounds for need in ground.needs)
        yield GatedStep(CLOSE, _("Close the case"), (*closing.needs, *of_grounds))


def attempts(step: Step, requirement: Requirement) -> Answer:
    """Failed tries to reach each complainant since they were last spoken to: how many, how many ways, how many days.

    Where no complainant is known nobody can be tried, and silence proves nothing.
    """
    people = complainants(step.case)
    if not people:
        return Answer(False, _("No complainant is known, so nobody can be tried. Choose another ground."))
    lacking = [one for one in people if not _tried_enough(_failed_tries(step.case, one), requirement)]
    return Answer(not lacking, _names(lacking), "record-contact?closing=1")


def told_of_closing(step: Step, requirement: Requirement) -> Answer:
    """Each complainant was spoken to about closing; or tried for, where the requirement says how often."""
    lacking = [one for one in complainants(step.case) if not _told(step.case, one, requirement)]
    return Answer(not lacking, _names(lacking), "record-contact?closing=1")


def tried_before_closing(step: Step, requirement: Requirement) -> Answer:
    """Each complainant was spoken to about closing, or tried for since they were last spoken to."""
    lacking = [
        one
        for one in complainants(step.case)
        if not _spoken_about_closing(step.case, one) and not _failed_tries(step.case, one)
    ]
    return Answer(not lacking, _names(lacking), "record-contact?closing=1")


def quiet(step: Step, requirement: Requirement) -> Answer:
    """Nothing heard from a complainant, and nothing reported, for more than so many whole days."""
    heard = last_heard(step.case)
    passed = (step.at.astimezone(LONDON).date() - heard).days
    words = ngettext("Last heard of %(number)d day ago.", "Last heard of %(number)d days ago.", passed)
    told = words % {"number": passed}
    if passed > requirement.days:
        return Answer(True, told)
    first = long_date(heard + datetime.timedelta(days=requirement.days + 1))
    return Answer(
        False, told + " " + _("If nothing more is heard, this ground holds from %(day)s.") % {"day": first}
    )


def last_heard(case: Case) -> datetime.date:
    """The local day of the last sign of any kind."""
    return max(_heard(case)).astimezone(LONDON).date()


def complainants(case: Case) -> list[Person]:
    """In the order they came to the case. Empty where nobody gave a name."""
    parties = case.parties.filter(role=PartyRole.COMPLAINANT).select_related("person")
    return people_on(case, [party.person for party in parties.order_by("since", "id")])


def reopened_at(case: Case) -> datetime.datetime | None:
    """When the case was last taken up again after closing."""
    taken_up = Event.objects.filter(case_id=case.pk, verb="case_reopened").order_by("-id").first()
    return taken_up.recorded_at if taken_up else None


def _told(case: Case, person: Person, requirement: Requirement) -> bool:
    tries_count = requirement.at_least > 1
    tried = tries_count and _tried_enough(_failed_tries(case, person), requirement)
    return tried or _spoken_about_closing(case, person)


def _spoken_about_closing(case: Case, person: Person) -> bool:
    return any(one.about_closing and one.outcome in SUCCESSFUL for one in _contacts(case, person))


def _failed_tries(case: Case, person: Person) -> list[Contact]:
    """Since the person was last spoken to."""
    tries: list[Contact] = []
    for one in _contacts(case, person):
        tries = [] if one.outcome in SUCCESSFUL else [*tries, one]
    return tries


def _contacts(case: Case, person: Person) -> list[Contact]:
    """Oldest first."""
    since = reopened_at(case)
    found = case.contacts.filter(person=person).order_by("occurred_at", "pk")
    return list(found.filter(occurred_at__gte=since) if since else found)


def _tried_enough(tries: list[Contact], requirement: Requirement) -> bool:
    ways = {one.means for one in tries}
    days = {one.occurred_at.astimezone(LONDON).date() for one in tries}
    return (
        len(tries) >= requirement.at_least and len(ways) >= requirement.ways and len(days) >= requirement.days
    )


def _heard(case: Case) -> Iterator[datetime.datetime]:
    """Every kind of last sign: talk, report, incident told, evidence, an answer to what we asked."""
    yield reopened_at(case) or case.opened_at
    spoken = Contact.objects.filter(
        case=case, person__in=complainants(case), outcome__in=SUCCESSFUL
    ).values_list("occurred_at", flat=True)
    signs = (
        spoken.order_by("-occurred_at"),
        Report.objects.filter(incident__case=case)
        .order_by("-received_at")
        .values_list("received_at", flat=True),
        Incident.objects.filter(case=case).order_by("-recorded_at").values_list("recorded_at", flat=True),
        Evidence.objects.filter(case=case).order_by("-received_at").values_list("received_at", flat=True),
        Request.objects.filter(case=case, answered_at__isnull=False)
        .order_by("-answered_at")
        .values_list("answered_at", flat=True),
    )
    for sign in signs:
        newest = sign.first()
        if newest is not None:
            yield newest


def _names(people: list[Person]) -> str:
    return ", ".join(person.name for person in people)
