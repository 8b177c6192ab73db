"""Where a letter is due: its page at once, with what is known already, before anything of it is kept."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.models import Person
from cases.pages.loading import open_file
from landlords.access import staff_page
from landlords.permissions import Permission, Refused
from letters.about import letters_about
from letters.kinds import letter_kinds
from letters.models import Letter
from letters.pages.drafting import done, show_draft, went_on
from letters.pages.forms import LetterForm, filled_in
from letters.pages.place import CasePlace, Place, letter_address
from letters.services.writing import begin_letter, prepared


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WRITE_LETTERS)
def new_letter_page(request: Any, reference: str, letter: str) -> HttpResponse:
    """``letter`` is its kind. ``for`` is the reader and the person's key, ``person`` the key alone; neither is needed
    where only one can be meant.

    A draft that waits for the same reader is gone on with.
    """
    return begin_one(request, CasePlace(open_file(request, reference, _("letter"))), letter)


def begin_one(request: Any, place: Place, kind: str) -> HttpResponse:
    if kind not in letter_kinds:
        raise Http404(_("There is no such letter."))
    try:
        begun = _letter(request, place, kind)
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, reason)
        return redirect(place.back)
    if begun.pk is not None:
        return redirect(letter_address(begun))
    return _written(request, place, begun)


def _written(request: Any, place: Place, letter: Letter) -> HttpResponse:
    """Kept with the first thing that is done with it, so that it stays when it cannot be made as it is."""
    form = LetterForm(request.POST or None, letter=letter, initial=filled_in(letter))
    kept: list[Letter] = []

    def do() -> str:
        begun = begin_letter(
            place.about,
            kind=letter.kind,
            audience=letter.audience,
            person_id=letter.person_id,
            by=request.actor,
            fill_in=False,
        )
        kept.append(begun)
        return done(begun, form, request)

    if place.act(request, form, do):
        return went_on(request, place, kept[0] if kept else None)
    return show_draft(request, place, kept[0] if kept else letter, form)


def _letter(request: Any, place: Place, kind: str) -> Letter:
    """A draft that waits, else one that is not kept yet. Raises Refused where nobody or several could be meant."""
    audience, person = _meant(request, place, kind)
    waiting = letters_about(place.about).filter(
        kind=kind, audience=audience, person=person, status=Letter.Status.DRAFT
    )
    found = waiting.order_by("-begun_at", "-pk").first() if request.method != "POST" else None
    person_id = person.pk if person else None
    return found or prepared(place.about, kind=kind, audience=audience, person_id=person_id, by=request.actor)


def _meant(request: Any, place: Place, kind: str) -> tuple[str, Person | None]:
    asked = request.GET.get("for", "")
    audience, _colon, key = asked.partition(":") if asked else ("", "", request.GET.get("person", ""))
    readers = [
        (reader, person)
        for reader, person in place.readers(kind)
        if audience in ("", reader) and (not key or _is(person, key))
    ]
    if audience and not key:
        readers = [(reader, person) for reader, person in readers if person is None]
    if not readers or (len(readers) > 1 and not key):
        raise Refused(_("Choose a letter, and whom it is for, from the list."))
    return readers[0]


def _is(person: Person | None, key: str) -> bool:
    try:
        return person is not None and person.key == uuid.UUID(key)
    except ValueError:
        return False
