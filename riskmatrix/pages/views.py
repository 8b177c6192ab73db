"""The risk of everybody on a case, what is done about it, and what may be told to whom."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.choices import PartyRole
from cases.confided import known_on
from cases.models import Person
from cases.pages.loading import act, open_file, show, starting
from cases.pages.parts import show_part
from cases.pages.views.recording import read_or_post
from cases.selectors.file import CaseFile
from landlords.access import staff_page
from landlords.permissions import Permission, Refused, can
from riskmatrix.findings import level_proposed, prompts_of, risk_of
from riskmatrix.instrument import instrument_of
from riskmatrix.models import Assessment, Consent
from riskmatrix.pages.assessing import complainant_of
from riskmatrix.pages.forms import ActForm, ConsentForm
from riskmatrix.pages.panel import person_row
from riskmatrix.pages.reading import answered_rows
from riskmatrix.selectors import assessments_of, by_person, consents_of
from riskmatrix.services import act_on_high, record_consent, withdraw_consent
from timeline.actors import Actor

Row = dict[str, Any]


@require_GET
@staff_page(Permission.SEE_CASES)
def risk_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("risk"))
    may = can(request.actor, Permission.ASSESS_RISK)
    context = {
        "people": _people(file),
        "may_assess": may and file.case.is_open,
        "may_withdraw": may,
        "assessed": risk_of(file.case).assessed,
    }
    return show_part(request, file, "riskmatrix/risk.html", tab="risk", **context)


@read_or_post
@staff_page(Permission.ASSESS_RISK)
def act_page(request: Any, reference: str, key: Any) -> HttpResponse:
    file = open_file(request, reference, _("act on a high risk"))
    found = _of_person(file, key)
    proposed = level_proposed(file.case, file.policy, found[0].confirmed_band)
    level = file.policy.level(proposed.raises_to).label if proposed and proposed.raises_to else ""
    question = _("Raise the case from %(now)s to %(level)s?") % {"now": file.case.level_label, "level": level}
    form = ActForm(request.POST or None, question=question if proposed else "", initial=starting(file))

    def do() -> str:
        words, answer = form.cleaned_data["words"], form.answer
        act_on_high(found[0], words=words, raise_level=answer, by=request.actor)
        return _("What is done about the risk is on the file.")

    context = {"assessment": found[0], "proposed": proposed, "prompts": _prompts(found, file)}
    return act(request, file, form, do) or show(request, file, form, "riskmatrix/act.html", **context)


@read_or_post
@staff_page(Permission.ASSESS_RISK)
def consent_page(request: Any, reference: str, person: Any) -> HttpResponse:
    file = open_file(request, reference, _("record consent"))
    party = complainant_of(file, person)
    chosen = {name: request.GET.get(name, "") for name in ("agency", "answer")}
    form = ConsentForm(request.POST or None, initial=starting(file, **chosen))

    def do() -> str:
        return _consent(file, party.person, form.cleaned_data, request.actor)

    risk = risk_of(file.case)
    context = {"person": party.person, "wording": risk.questions.consent, "agencies": risk.agencies}
    answer = act(request, file, form, do, mind_others=False)
    if answer is not None:
        return redirect("risk", reference)
    return show(request, file, form, "riskmatrix/consent.html", **context)


def _people(file: CaseFile) -> list[Row]:
    found, consents = by_person(assessments_of(file.case)), consents_of(file.case)
    return [
        {
            "anchor": str(number),
            **_person(party.person, found.get(party.person_id, []), consents.get(party.person_id, []), file),
        }
        for number, party in enumerate(file.people(PartyRole.COMPLAINANT), start=1)
    ]


def _person(person: Person, found: list[Assessment], consents: list[Consent], file: CaseFile) -> Row:
    return person_row(person, found, file) | {
        "consent_url": reverse("risk-consent", args=[file.case.reference, person.key]),
        "prompts": _prompts(found, file) if found else [],
        "assessments": [
            {
                "assessment": one,
                "rows": answered_rows(one),
                "title": instrument_of(one.instrument, one.instrument_version).title,
            }
            for one in found
        ],
        "consents": consents,
    }


def _prompts(found: list[Assessment], file: CaseFile) -> list[Row]:
    before = found[1].confirmed_band if len(found) > 1 else None
    return [prompt.as_json() for prompt in prompts_of(found[0], file.case, before)]


def _of_person(file: CaseFile, key: Any) -> list[Assessment]:
    """The assessment with this key and the earlier ones of the same person, newest first."""
    found = by_person(known_on(file.case, assessments_of(file.case).select_related("person", "case")))
    for assessments in found.values():
        for index, one in enumerate(assessments):
            if one.key == key:
                return assessments[index:]
    raise Http404(_("No such assessment on this case."))


def _consent(file: CaseFile, person: Person, typed: Row, by: Actor) -> str:
    agency = typed["agency"].strip()
    if typed["answer"] != "withdrawn":
        agreed = typed["answer"] == "yes"
        record_consent(file.case, person_id=person.pk, agency=agency, agreed=agreed, by=by)
        return _("The answer about %(agency)s is on the file.") % {"agency": agency}
    standing = {one.agency: one for one in consents_of(file.case).get(person.pk, [])}
    if agency not in standing:
        raise Refused(_("There is no agreement to take back."))
    withdraw_consent(standing[agency], by=by)
    return _("%(agency)s may no longer be told.") % {"agency": agency}
