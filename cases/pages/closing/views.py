"""Closing a case, taking it up again, and sending what closing owes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import DeadlineState, PartyRole
from cases.gates.engine import GateRefused
from cases.gates.schema import Closing
from cases.models import Mailing
from cases.pages.closing.forms import CloseForm, ReopenForm, SentForm
from cases.pages.closing.gates import panel_of
from cases.pages.loading import act, open_file, show, starting
from cases.pages.promises_panel import unexplained
from cases.pages.views.recording import read_or_post
from cases.selectors.file import CaseFile
from cases.services.closing import close_case, closing_rules, closing_stands, look_at_closing, reopen_case
from cases.services.mailing import mailings_of, mark_sent_otherwise
from cases.services.reaching import needs_of
from landlords.access import staff_page
from landlords.permissions import Permission, Refused


@read_or_post
@staff_page(Permission.CLOSE_CASE)
def close_page(request: Any, reference: str) -> HttpResponse:
    """``check`` in what is posted looks at the gates of the chosen ground and closes nothing."""
    file = open_file(request, reference, _("close case"))
    rules = closing_rules(file.case, file.policy)
    only_look = "check" in request.POST
    form = _close_form(request, file, rules, only_look)

    def do() -> str:
        return _close(request, file, form)

    done = None if only_look else act(request, file, form, do)
    return done or show(
        request, file, form, "cases/closing/close.html", **_standing(request, file, form, rules)
    )


@read_or_post
@staff_page(Permission.CLOSE_CASE)
def reopen_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("reopen case"))
    form = ReopenForm(request.POST or None, initial=starting(file))

    def do() -> str:
        reopen_case(file.case, reason=form.cleaned_data["reason"], by=request.actor)
        return _("The case is open again.")

    return act(request, file, form, do) or show(request, file, form, "cases/closing/reopen.html")


@read_or_post
@staff_page(Permission.RECORD_CONTACT)
def mark_sent_page(request: Any, reference: str, number: int) -> HttpResponse:
    """``number`` counts the letters of this case from 1."""
    file = open_file(request, reference, _("mark a letter as sent"))
    mailing = _mailing(file, number)
    form = SentForm(request.POST or None, person=mailing.person, initial=starting(file))

    def do() -> str:
        typed = form.cleaned_data
        mark_sent_otherwise(
            mailing,
            how=typed["how"],
            sent_at=typed["sent_at"],
            note=typed["note"],
            asked_this_way=typed["asked_this_way"],
            by=request.actor,
        )
        return _("It is marked as sent.")

    return act(request, file, form, do) or show(
        request, file, form, "cases/closing/sent.html", mailing=mailing, needs=needs_of(mailing.person)
    )


def _close_form(request: Any, file: CaseFile, rules: Closing, only_look: bool) -> CloseForm:
    if only_look:
        return CloseForm(None, rules=rules, initial=starting(file) | request.POST.dict())
    ground = request.GET.get("ground", "")
    return CloseForm(request.POST or None, rules=rules, initial=starting(file, ground=ground))


def _close(request: Any, file: CaseFile, form: CloseForm) -> str:
    """The gates list what is missing, so the form only says how much that is."""
    ending = form.ending
    try:
        case = close_case(
            file.case, ground=ending.ground, reason=ending.reason, details=ending.details, by=request.actor
        )
    except GateRefused as refused:
        raise Refused(_("This case cannot be closed yet.")) from refused
    return _closed(len(mailings_of(case)))


def _closed(owed: int) -> str:
    told = _("The case is closed. Its running clocks have stopped; what was missed stays missed.")
    if not owed:
        return told
    letters = ngettext(
        "%(number)d letter or survey is to be sent.", "%(number)d letters and surveys are to be sent.", owed
    )
    return f"{told} {letters % {'number': owed}}"


def _standing(request: Any, file: CaseFile, form: CloseForm, rules: Closing) -> dict[str, Any]:
    by, ending = request.actor, form.ending
    typed = request.method == "POST" or bool(ending.ground)
    looked = look_at_closing(file.case, ending, by=by) if typed else closing_stands(file.case, by=by)
    tried = request.method == "POST" and "check" not in request.POST
    radios = [question.key for question in form.asked.values() if question.kind == "yes_no"]
    whole = rules.ground(ending.ground) is not None
    return {
        "gates": panel_of(looked, tried=tried, whole=whole, yes_no=radios),
        "only_gates": tried and form.non_field_errors() == [_("This case cannot be closed yet.")],
        "hints": {one.key: _source(one.clause, one.interpretation) for one in rules.grounds},
        "ours": all(one.interpretation for one in rules.grounds),
        "landlord_name": file.policy.core.organisation.name,
        "policy_version": file.case.policy.number,
        "missed": len(unexplained(file.deadlines)),
        "missed_updates": _missed_updates(file),
        "nobody_known": not file.people(PartyRole.COMPLAINANT),
    }


def _source(clause: str | None, interpretation: bool) -> str:
    return " · ".join(part for part in (clause or "", _("our reading") if interpretation else "") if part)


def _missed_updates(file: CaseFile) -> int:
    """Silence may be of our own making: updates we owed the complainants and did not give."""
    owed = file.case.deadlines.filter(kind="contact_update", breached_at__isnull=False)
    return owed.exclude(state=DeadlineState.IMPOSSIBLE).count()


def _mailing(file: CaseFile, number: int) -> Mailing:
    mailings = mailings_of(file.case)
    if not 1 <= number <= len(mailings):
        raise Http404(_("No such letter on this case."))
    return mailings[number - 1]
