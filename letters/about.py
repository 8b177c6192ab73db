"""What a letter is about: a case, or a report that was sent away and has none."""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.confided import people_on
from cases.lifecycle import CaseState
from cases.models import Case, Person, Report
from cases.services.locking import locked
from landlords.permissions import Refused
from letters.kinds import Audience
from letters.models import Letter
from timeline.actors import Actor
from timeline.registry import Registry

About = Case | Report

report_rules: Registry[Callable[[Report, Actor], None]] = Registry("rule for letters about a report")
"""Each raises Refused where this person may not write about this report, or not yet."""


def letters_about(about: About) -> QuerySet[Letter]:
    if isinstance(about, Case):
        return Letter.objects.filter(case=about)
    return Letter.objects.filter(report=about)


def known_about(about: About, people: Iterable[Person]) -> list[Person]:
    """As the case knows them; what a report told of them was never confided to a case."""
    return people_on(about, people) if isinstance(about, Case) else list(people)


def is_domestic_abuse(about: About) -> bool:
    return about.domestic_abuse if isinstance(about, Case) else about.is_restricted


def readers_of_report(report: Report) -> list[Person]:
    """Whoever it happens to and whoever told us, each once; nobody where no name was given."""
    people = {one.pk: one for one in (report.complainant, report.reporter) if one is not None}
    return list(people.values())


def is_reader_of_report(report: Report, audience: str, person_id: int | None) -> bool:
    readers = {one.pk for one in readers_of_report(report)}
    return audience == Audience.COMPLAINANT and person_id in readers


def check_writable(about: About, by: Actor) -> None:
    """Raises Refused for a case that was joined to another, and for a report whose rules forbid it."""
    if isinstance(about, Report):
        for rule in report_rules.values():
            rule(about, by)
    elif about.status == CaseState.JOINED:
        raise Refused(joined_words(about))


def joined_words(case: Case) -> str:
    joined = case.joined_to.reference if case.joined_to else _("another case")
    return _("This case is now part of %(reference)s. Write the letter there.") % {"reference": joined}


def held_about(letter: Letter, *, person_id: int | None = None) -> About:
    """What the letter is about as it is now, until the transaction ends. A report never changes: its letter is held.

    ``person_id``: as for ``locked``.
    """
    if letter.case is not None:
        return locked(letter.case, person_id=person_id)
    Letter.objects.select_for_update(of=("self",)).only("pk", "landlord_id").get(pk=letter.pk)
    return letter.about
