"""What a report says makes it harder for somebody, carried to what is known of them by a named person."""

from dataclasses import replace

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.confided import people_on
from cases.models import Case, Person, Report
from cases.permissions import check_can
from cases.services.locking import locked
from cases.services.people import change_person, details_of
from landlords.permissions import Permission, Refused
from timeline.actors import Actor

LONGEST = 500


def not_kept(told: list[str], known: str) -> list[str]:
    """What was told, each once, without what is known already in the very same words."""
    return [words for words in dict.fromkeys(told) if words and words not in known]


@transaction.atomic
def keep_what_was_told(case: Case, person_id: int, *, by: Actor) -> Person:
    """Add what their reports on this case tell to their vulnerability; a report by itself changes nobody.

    Raises Refused where nothing is left to keep, and where it is longer than can be kept.
    """
    case = locked(case)
    check_can(Permission.CHANGE_PEOPLE, case, by=by)
    person = Person.objects.filter(parts__case=case, pk=person_id).first()
    if person is None:
        raise Refused(_("Choose somebody who is part of this case."))
    people_on(case, [person])
    new = not_kept(_told(case, person_id), person.vulnerability)
    words = "; ".join(([person.vulnerability] if person.vulnerability else []) + new)
    if not new:
        raise Refused(_("There is nothing that is not kept already."))
    if len(words) > LONGEST:
        raise Refused(_("Together it is too long. Change what we know about them, and write it shorter."))
    return change_person(case, person_id, replace(details_of(person), vulnerability=words), by=by)


def _told(case: Case, person_id: int) -> list[str]:
    """Of reports about them, and of their own where they speak for nobody else."""
    theirs = Q(complainant=person_id) | Q(complainant__isnull=True, reporter=person_id)
    found = Report.objects.filter(theirs, incident__case=case).exclude(vulnerability="")
    return list(found.order_by("received_at", "pk").values_list("vulnerability", flat=True))
