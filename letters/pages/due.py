"""Where a letter is due, a link that opens it for the right person with what the file knows."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Person
from cases.pages.parts import TRIED, UPDATE, letter_pages
from cases.selectors.file import CaseFile
from landlords.permissions import Permission, can
from letters.kinds import letter_kinds
from letters.pages.offered import readers_of
from timeline.actors import Actor

DUE = {
    "acknowledgement_delivered": "acknowledgement",
    "case_review_information_given": "case_review_information",
    TRIED: "contact_attempt",
    UPDATE: "update",
}
"""The kind of letter by what its sending meets, or what it stands beside."""


def register() -> None:
    for meets, kind in DUE.items():
        letter_pages.register(meets, partial(address, kind))


def address(kind: str, reference: str, person: Person | None) -> str:
    about = f"?person={person.key}" if person else ""
    return reverse("new-letter", args=[reference, kind]) + about


def links_to(kinds: tuple[str, ...], file: CaseFile, by: Actor) -> list[dict[str, str]]:
    """One for each kind and reader; none for somebody who may not write letters."""
    if not can(by, Permission.WRITE_LETTERS):
        return []
    return [
        {
            "label": _("%(letter)s: %(name)s") % {"letter": letter_kinds[kind].label, "name": person.name},
            "url": address(kind, file.case.reference, person),
        }
        for kind in kinds
        for _audience, person in readers_of(file, kind)
        if person is not None
    ]
