"""What a draft's form does, and where it leads."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from landlords.permissions import Refused
from letters.about import letters_about
from letters.kinds import letter_kinds
from letters.models import Letter, Sending
from letters.models.sending import Channel
from letters.pages.forms import LetterForm
from letters.pages.place import Place, letter_address
from letters.pages.told import draft
from letters.services import change_letter, give_letter_up, make_letter
from letters.services.making import Stopped
from letters.services.sending import make_and_send
from letters.services.writing import stamp_of

BY_HAND = (Channel.POST, Channel.HAND)
ON_ITS_WAY = (Sending.State.WAITING, Sending.State.TAKEN, Sending.State.IN_DOUBT)


def done(letter: Letter, form: LetterForm, request: Any) -> str:
    """Saved first, so that nothing typed is lost when the letter cannot be made."""
    typed, by = form.cleaned_data, request.actor
    if "give_up" in request.POST:
        give_letter_up(letter, by=by, seen=typed["version"])
        return _("The letter is given up. Nothing was sent.")
    words = {"own_words": typed["own_words"], "form": typed["form"], "seen": typed["version"]}
    change_letter(letter, answers=form.answers(), by=by, **words)
    label = {"letter": letter_kinds[letter.kind].label}
    if "save" in request.POST:
        return _("“%(letter)s” is saved as a draft.") % label
    try:
        return _made(letter, typed["channel"] if "send" in request.POST else "", request)
    except Stopped as stopped:
        raise Refused(*stopped.reasons) from stopped


def _made(letter: Letter, channel: str, request: Any) -> str:
    label = {"letter": letter_kinds[letter.kind].label}
    if not channel:
        make_letter(letter, by=request.actor)
        return _("“%(letter)s” is made. Nothing was sent yet.") % label
    sending = make_and_send(letter, channel=channel, by=request.actor)
    if sending.channel in BY_HAND:
        return _("“%(letter)s” is made and waits for you: say here when it went.") % label
    return _("“%(letter)s” is made. It goes within a minute; how it went is shown here.") % label


def went_on(request: Any, place: Place, letter: Letter | None) -> HttpResponse:
    """To what was saved or goes out; to the list where nothing more is to be done with it."""
    if letter is not None and ("save" in request.POST or "send" in request.POST):
        return redirect(letter_address(letter))
    return redirect(place.back)


def show_draft(request: Any, place: Place, letter: Letter, form: LetterForm) -> HttpResponse:
    """``letter`` may not be kept yet; once it is, its form goes to its own page and knows what it started from."""
    kept = letter.pk is not None
    if kept:
        letter = Letter.objects.select_related("case", "report", "person").get(pk=letter.pk)
        form.renew(stamp_of(letter))
    shown = draft(letter, request.actor)
    form.offer(shown["ways"])
    shown["others"] = [{"letter": one, "url": letter_address(one)} for one in on_their_way(letter)]
    action = letter_address(letter) if kept else ""
    return place.show(request, "letters/draft.html", form=form, action=action, **shown)


def on_their_way(letter: Letter) -> list[Letter]:
    """Of the same kind to the same reader: nobody is sent two by mistake."""
    about = letters_about(letter.about)
    same = about.filter(kind=letter.kind, audience=letter.audience, person=letter.person)
    going = same.filter(sending__state__in=ON_ITS_WAY).select_related("case", "report")
    return list(going.order_by("-begun_at", "-pk"))
