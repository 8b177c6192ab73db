"""The people of a case: everything known of them, who else comes onto it, and what we ask of them."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.choices import PartyRole
from cases.models import Party, Request
from cases.pages.forms.fields import CaseForm
from cases.pages.loading import act, open_file, show, starting
from cases.pages.parts import show_part
from cases.pages.people.forms import AnswerForm, AskForm, PartyForm, PersonForm
from cases.pages.people.rows import count_anonymous, people_rows, request_rows, requests_of, told_of
from cases.pages.views.recording import read_or_post
from cases.selectors.file import CaseFile
from cases.selectors.people import conflicts_of
from cases.services.asking import ask_of_person, record_answer
from cases.services.parties import put_on_case
from cases.services.people import change_person, details_of
from cases.services.telling import keep_what_was_told
from landlords.access import staff_page
from landlords.permissions import Permission, can


@require_GET
@staff_page(Permission.SEE_CASES)
def people_page(request: Any, reference: str) -> HttpResponse:
    file, by = open_file(request, reference, _("people")), request.actor
    return show_part(
        request,
        file,
        "cases/people/people.html",
        tab="people",
        people=people_rows(file),
        anonymous=count_anonymous(file),
        version=file.version,
        conflicts=conflicts_of(file.case, file.parties, by=by),
        requests=request_rows(file),
        may_change=file.case.is_open and can(by, Permission.CHANGE_PEOPLE),
        may_look_again=can(by, Permission.CHANGE_PEOPLE),
        may_ask=file.case.is_open and can(by, Permission.RECORD_CONTACT),
    )


@read_or_post
@staff_page(Permission.CHANGE_PEOPLE)
def change_page(request: Any, reference: str, person: Any) -> HttpResponse:
    file = open_file(request, reference, _("change a person"))
    parties = [party for party in file.parties if party.person.key == person]
    if not parties:
        raise Http404(_("No such person on this case."))
    known = parties[0].person
    form = PersonForm(
        request.POST or None,
        parties=parties,
        restricted=file.case.restricted,
        initial=starting(file, **asdict(details_of(known))),
    )

    def do() -> str:
        changed = change_person(file.case, known.pk, form.details(), by=request.actor)
        return _("What we know about %(name)s is changed.") % {"name": changed.name}

    return act(request, file, form, do, back="people") or show(
        request, file, form, "cases/people/change.html", person=known, **_back(file)
    )


@read_or_post
@staff_page(Permission.CHANGE_PEOPLE)
def keep_told_page(request: Any, reference: str, person: Any) -> HttpResponse:
    """One click on the people page posts it straight away; where something stands against it, this page says what."""
    file = open_file(request, reference, _("change a person"))
    known = next((party.person for party in file.parties if party.person.key == person), None)
    if known is None:
        raise Http404(_("No such person on this case."))
    form = CaseForm(request.POST or None, initial=starting(file))

    def do() -> str:
        kept = keep_what_was_told(file.case, known.pk, by=request.actor)
        return _("What was told is now with what we know about %(name)s.") % {"name": kept.name}

    return act(request, file, form, do, back="people") or show(
        request,
        file,
        form,
        "cases/people/keep_told.html",
        person=known,
        told=told_of(known, file),
        **_back(file),
    )


@read_or_post
@staff_page(Permission.CHANGE_PEOPLE)
def add_party_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("add a person"))
    respondent = capfirst(file.policy.core.words.respondent)
    form = PartyForm(
        request.POST or None, parties=file.parties, respondent=respondent, initial=starting(file)
    )

    def do() -> str:
        return _added(put_on_case(file.case, form.new_party(), by=request.actor))

    return act(request, file, form, do, back="people") or show(
        request, file, form, "cases/people/add.html", **_back(file)
    )


@read_or_post
@staff_page(Permission.RECORD_CONTACT)
def ask_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("record a request"))
    form = AskForm(request.POST or None, parties=file.parties, initial=starting(file))

    def do() -> str:
        typed = form.cleaned_data
        told = {name: typed[name] for name in ("what", "asked_at", "answer_by", "late_reason")}
        ask_of_person(file.case, person_id=form.people[typed["person"]].pk, **told, by=request.actor)
        return _("What was asked is on the file.")

    return act(request, file, form, do, mind_others=False, back="people") or show(
        request, file, form, "cases/people/ask.html", **_back(file)
    )


@read_or_post
@staff_page(Permission.RECORD_CONTACT)
def answer_page(request: Any, reference: str, number: int) -> HttpResponse:
    file = open_file(request, reference, _("record an answer"))
    asked = _request(file, number)
    form = AnswerForm(request.POST or None, initial=starting(file))

    def do() -> str:
        typed = {name: form.cleaned_data[name] for name in ("answer", "answered_at", "late_reason")}
        record_answer(asked, **typed, by=request.actor)
        return _("The answer is on the file.")

    return act(request, file, form, do, back="people") or show(
        request, file, form, "cases/people/answer.html", asked=asked, **_back(file)
    )


def _request(file: CaseFile, number: int) -> Request:
    found = requests_of(file)
    if not 1 <= number <= len(found):
        raise Http404(_("No such request on this case."))
    return found[number - 1]


def _added(party: Party) -> str:
    words = {"name": party.person.name}
    if party.role == PartyRole.COMPLAINANT:
        return _("%(name)s is on the case. What we owe a complainant runs from now.") % words
    return _("%(name)s is on the case.") % words


def _back(file: CaseFile) -> dict[str, str]:
    return {"back_url": reverse("people", args=[file.case.reference]), "back_label": _("People")}
