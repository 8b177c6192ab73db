"""Where a letter is due: its page at once, with what the file knows, before anything of it is kept."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.models import Person
from cases.pages.loading import act, open_file, starting
from cases.selectors.file import CaseFile
from landlords.access import staff_page
from landlords.permissions import Permission, Refused
from letters.kinds import letter_kinds
from letters.models import Letter
from letters.pages.drafting import done, show_draft, went_on
from letters.pages.forms import LetterForm, filled_in
from letters.pages.offered import readers_of
from letters.services.writing import begin_letter, prepared


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WRITE_LETTERS)
def new_letter_page(request: Any, reference: str, letter: str) -> HttpResponse:
    """``letter`` is its kind. ``for`` is the reader and the person's key, ``person`` the key alone; neither is needed
    where only one can be meant.

    A draft that waits for the same reader is gone on with.
    """
    file = open_file(request, reference, _("letter"))
    if letter not in letter_kinds:
        raise Http404(_("There is no such letter."))
    try:
        begun = _letter(request, file, letter)
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, reason)
        return redirect("letters", reference)
    if begun.pk is not None:
        return redirect("letter", reference, begun.key)
    return _written(request, file, begun)


def _written(request: Any, file: CaseFile, letter: Letter) -> HttpResponse:
    """Kept with the first thing that is done with it, so that it stays when it cannot be made as it is."""
    form = LetterForm(request.POST or None, letter=letter, initial=starting(file, **filled_in(letter)))
    kept: list[Letter] = []

    def do() -> str:
        begun = begin_letter(
            file.case,
            kind=letter.kind,
            audience=letter.audience,
            person_id=letter.person_id,
            by=request.actor,
            fill_in=False,
        )
        kept.append(begun)
        return done(begun, form, request)

    if act(request, file, form, do, mind_others=False):
        return went_on(request, file.case, kept[0] if kept else None)
    return show_draft(request, file, kept[0] if kept else letter, form)


def _letter(request: Any, file: CaseFile, kind: str) -> Letter:
    """A draft that waits, else one that is not kept yet. Raises Refused where nobody or several could be meant."""
    audience, person = _meant(request, file, kind)
    waiting = Letter.objects.filter(
        case=file.case, kind=kind, audience=audience, person=person, status=Letter.Status.DRAFT
    )
    found = waiting.order_by("-begun_at", "-pk").first() if request.method != "POST" else None
    person_id = person.pk if person else None
    return found or prepared(file.case, kind=kind, audience=audience, person_id=person_id, by=request.actor)


def _meant(request: Any, file: CaseFile, kind: str) -> tuple[str, Person | None]:
    asked = request.GET.get("for", "")
    audience, _colon, key = asked.partition(":") if asked else ("", "", request.GET.get("person", ""))
    readers = [
        (reader, person)
        for reader, person in readers_of(file, kind)
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
