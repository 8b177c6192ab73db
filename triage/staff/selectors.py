"""Reading for the front door's staff pages: people who call, reports that wait."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case, Deadline, Party, Person
from cases.permissions import visible_to
from landlords.permissions import Permission, can
from timeline import clock
from timeline.actors import Actor
from triage.models import Proposal
from triage.schema import OPENS_A_CASE

SHORTEST_SEARCH = 3
LATELY = datetime.timedelta(weeks=4)
MOST_PEOPLE = 8


def may_see_restricted_reports(by: Actor) -> bool:
    """Waiting reports of domestic abuse are for those who deal with it and their managers (decision 24)."""
    return can(by, Permission.DECIDE_RESTRICTED)


def proposals_for(by: Actor) -> QuerySet[Proposal]:
    """Every proposal this person may open, decided or not."""
    found = Proposal.objects.all()
    return found if may_see_restricted_reports(by) else found.filter(restricted=False)


def undecided(by: Actor) -> QuerySet[Proposal]:
    """Those nobody has decided that this person may open."""
    return proposals_for(by).filter(decided_at__isnull=True)


def waiting_proposals(by: Actor) -> QuerySet[Proposal]:
    """The same with what a list shows of them, oldest first."""
    return undecided(by).select_related("report__reporter", "team").order_by("made_at", "id")


def lately_sent_away(by: Actor) -> QuerySet[Proposal]:
    """Decided in the last four weeks without a case, newest first: somebody may still have to be told."""
    since = clock.now() - LATELY
    away = proposals_for(by).filter(decided_at__gte=since).exclude(decided_route__in=OPENS_A_CASE)
    return away.select_related("report__reporter", "report__complainant").order_by("-decided_at", "-id")


def decision_reminders(report_ids: list[int]) -> dict[int, Deadline]:
    """The reminder to decide each of these reports, by the report's id."""
    found = Deadline.objects.filter(report_id__in=report_ids, kind="triage_decision")
    return {reminder.report_id: reminder for reminder in found if reminder.report_id}


def findable_people(by: Actor) -> QuerySet[Person]:
    """People of this landlord without those known only through what this person may not see.

    Somebody on a restricted case stays out of the search altogether: even an address could give them away.
    """
    hidden = Case.objects.filter(restricted=True).exclude(
        pk__in=visible_to(by, Case.objects.all()).values("pk")
    )
    people = Person.objects.exclude(Exists(Party.objects.filter(person=OuterRef("pk"), case__in=hidden)))
    if may_see_restricted_reports(by):
        return people
    secret = Proposal.objects.filter(restricted=True)
    return people.exclude(
        Exists(secret.filter(Q(report__reporter=OuterRef("pk")) | Q(report__complainant=OuterRef("pk"))))
    )


def find_people(query: str, *, by: Actor) -> list[Person]:
    """Up to eight people whose name, telephone number, e-mail or address has every word of the query."""
    words = query.casefold().split()
    if len("".join(words)) < SHORTEST_SEARCH:
        return []
    found = findable_people(by)
    for word in words:
        found = found.filter(_has(word))
    return list(found.order_by("name_key", "id")[:MOST_PEOPLE])


def cases_of(people: list[Person], *, by: Actor) -> dict[int, Case]:
    """The newest case of each of these people that this person may see: it tells namesakes apart."""
    parts = Party.objects.filter(person__in=people, case__in=visible_to(by, Case.objects.all()))
    return {part.person_id: part.case for part in parts.select_related("case").order_by("since", "id")}


def _has(word: str) -> Q:
    return (
        Q(name_key__contains=word)
        | Q(phone__contains=word)
        | Q(address__icontains=word)
        | Q(email__icontains=word)
    )
