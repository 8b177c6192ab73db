"""What closing still owes in letters: each as it stands, and all that is ready made and sent in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from cases.lifecycle import CaseState
from cases.models import Mailing
from cases.pages.closing.mailings import Page, Pages, mailing_pages
from cases.pages.loading import open_file
from cases.pages.parts import show_part
from cases.selectors.file import CaseFile
from cases.services.locking import locked
from cases.services.mailing import mailings_of
from landlords.access import staff_page
from landlords.permissions import Permission, Refused, can
from letters.closing import KINDS, letters_of
from letters.kinds import letter_kinds
from letters.models import Letter
from letters.models.sending import Channel
from letters.pages.drafting import BY_HAND
from letters.pages.told import draft
from letters.services.making import missing_words
from letters.services.sending import make_and_send
from letters.services.writing import Changed, stamp_of
from timeline.actors import Actor

CHANNEL, SEEN = "channel-", "seen-"
CHANGED = gettext_lazy("somebody has changed this letter since you opened the page. Read it, then send it.")
SETTLED = gettext_lazy("somebody has settled this since you opened the page. Nothing was sent by you.")
MADE = gettext_lazy("%(name)s has made this letter since you opened the page. Nothing was sent by you.")


@dataclass(frozen=True)
class Owed:
    """One of them. ``ways`` it could go, the likeliest first; none where something is missing or it is made already."""

    mailing: Mailing
    letter: Letter | None
    url: str
    standing: str
    ways: list[Channel] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(letter_kinds[KINDS[Mailing.Kind(self.mailing.kind)]].label)

    @property
    def name(self) -> str:
        return f"{CHANNEL}{self.mailing.pk}"

    @property
    def stamp(self) -> str:
        """Of the draft as it is now; empty where there is none."""
        return stamp_of(self.letter) if self.letter else ""

    @property
    def seen(self) -> str:
        """The box of the form that says what the officer saw."""
        return f"{SEEN}{self.mailing.pk}"


def register() -> None:
    mailing_pages.register("letters", pages_of)


def pages_of(file: CaseFile, mailings: Sequence[Mailing], by: Actor) -> Pages:
    """For the overview: one question to the database, and nothing composed."""
    if not can(by, Permission.WRITE_LETTERS):
        return Pages({})
    waiting = [one for one in mailings if one.sent_at is None]
    letters = letters_of(waiting)
    found = {one.pk: _page(file, one, letters.get(one.pk)) for one in waiting}
    drafts = [one for one in letters.values() if one.status == Letter.Status.DRAFT]
    url = reverse("owed-letters", args=[file.case.reference])
    label = ngettext("Make and send it", "Make and send them", len(drafts))
    return Pages(found, Page(url, label) if drafts else None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.WRITE_LETTERS)
def owed_page(request: Any, reference: str) -> HttpResponse:
    """A post makes and sends every one that is ready, each for itself; what cannot go says why and stays."""
    file = open_file(request, reference, _("letters that are owed"))
    if request.method == "POST":
        whole = _send_all(request, CaseFile(locked(file.case)))
        return redirect("case" if whole else "owed-letters", reference)
    rows = owed_on(file, request.actor)
    ready = sum(1 for row in rows if row.ways)
    return show_part(request, file, "letters/owed.html", tab="letters", rows=rows, ready=ready)


def owed_on(file: CaseFile, by: Actor) -> list[Owed]:
    """Nothing on an open case: what was not sent before it was reopened is no longer true."""
    if file.case.status != CaseState.CLOSED:
        return []
    waiting = [one for one in mailings_of(file.case) if one.sent_at is None]
    letters = letters_of(waiting)
    return [_row(file, one, letters.get(one.pk), by) for one in waiting]


def _row(file: CaseFile, mailing: Mailing, letter: Letter | None, by: Actor) -> Owed:
    page = _page(file, mailing, letter)
    if letter is None or letter.status != Letter.Status.DRAFT:
        return Owed(mailing, letter, page.url, page.standing)
    shown = draft(letter, by)
    stopped = [_("It would tell its reader who complained.")] if shown["places"] else []
    nowhere = [_("No way is on record that is open and safe.")] if not (stopped or shown["ways"]) else []
    against = [*missing_words(letter, shown["reading"]), *stopped, *nowhere]
    return Owed(mailing, letter, page.url, page.standing, [] if against else shown["ways"], against)


def _page(file: CaseFile, mailing: Mailing, letter: Letter | None) -> Page:
    if letter is None:
        kind = KINDS[Mailing.Kind(mailing.kind)]
        url = reverse("new-letter", args=[file.case.reference, kind])
        return Page(f"{url}?person={mailing.person.key}", _("Write the letter"))
    return Page(reverse("letter", args=[file.case.reference, letter.key]), _("Open it"), _standing(letter))


def _standing(letter: Letter) -> str:
    sending = getattr(letter, "sending", None)
    return str(sending.get_state_display() if sending else letter.get_status_display())


def _send_all(request: Any, file: CaseFile) -> bool:
    """Only what was on the page the officer saw, the way they chose. False where somebody else was there meanwhile."""
    rows = {row.name: row for row in owed_on(file, request.actor)}
    by_hand, sent, overtaken = False, 0, 0
    for name, channel in _chosen(request):
        row = rows.get(name)
        if row is None or row.letter is None or not row.ways:
            overtaken += _tell_overtaken(request, file, name, row)
            continue
        try:
            make_and_send(row.letter, channel=channel, by=request.actor, seen=request.POST.get(row.seen, ""))
            sent, by_hand = sent + 1, by_hand or channel in BY_HAND
        except Changed:
            messages.warning(request, _told(row, CHANGED))
            overtaken += 1
        except Refused as refused:
            for reason in refused.reasons:
                messages.warning(request, _told(row, reason))
    _tell_sent(request, sent, by_hand=by_hand)
    return not overtaken


def _chosen(request: Any) -> list[tuple[str, str]]:
    return [(name, way) for name, way in request.POST.items() if name.startswith(CHANNEL) and way]


def _tell_overtaken(request: Any, file: CaseFile, name: str, row: Owed | None) -> bool:
    """What somebody else has done since this officer opened the page, or what is missing of it by now. False for what
    never was on it.
    """
    if row is None:
        return _tell_settled(request, file, name)
    if row.letter is not None and row.letter.status == Letter.Status.SEALED:
        messages.warning(request, _told(row, MADE % {"name": row.letter.sealed_by}))
        return True
    for reason in row.against or [str(CHANGED)]:
        messages.warning(request, _told(row, reason))
    return True


def _tell_settled(request: Any, file: CaseFile, name: str) -> bool:
    rows = [Owed(one, None, "", "") for one in mailings_of(file.case)]
    settled = [row for row in rows if row.name == name]
    for row in settled:
        messages.warning(request, _told(row, SETTLED))
    return bool(settled)


def _told(row: Owed, words: str | Promise) -> str:
    return f"{row.label}, {row.mailing.person.name}: {words}"


def _tell_sent(request: Any, sent: int, *, by_hand: bool) -> None:
    told = ngettext(
        "%(number)d letter is made and on its way.", "%(number)d letters are made and on their way.", sent
    ) % {"number": sent}
    waits = _("What goes by post or is handed over waits for somebody to say that it went.")
    if sent:
        messages.success(request, f"{told} {waits}" if by_hand else told)
