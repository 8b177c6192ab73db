"""Asking the questions, seeing what they come to, confirming the band: one page, with or without a script."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import PartyRole
from cases.models import Party
from cases.pages.loading import act, open_file, show, starting
from cases.pages.views.recording import read_or_post
from cases.selectors.file import CaseFile
from landlords.access import staff_page
from landlords.permissions import Permission
from riskmatrix.findings import asks_about_hate, needs_acting, risk_of
from riskmatrix.models import Assessment, Band
from riskmatrix.pages.drawing import gauge
from riskmatrix.pages.forms import JUDGE, AssessForm, question_row
from riskmatrix.selectors import newest_of
from riskmatrix.services import assess_risk
from timeline.actors import Actor


@read_or_post
@staff_page(Permission.ASSESS_RISK)
def assess_page(request: Any, reference: str, person: Any) -> HttpResponse:
    file = open_file(request, reference, _("assess risk"))
    party = complainant_of(file, person)
    form = AssessForm(request.POST or None, risk=risk_of(file.case), initial=starting(file))
    saved: list[Assessment] = []

    def do() -> str:
        saved.append(_assess(file, party, form, request.actor))
        return _told(saved[0], file)

    if "confirmed_band" in request.POST:
        answer = act(request, file, form, do)
        if answer is not None:
            return _next_page(file, saved) or answer
    return show(request, file, form, "riskmatrix/assess.html", **_context(file, party, form, request.POST))


def complainant_of(file: CaseFile, key: Any) -> Party:
    found = next((one for one in file.people(PartyRole.COMPLAINANT) if one.person.key == key), None)
    if found is None:
        raise Http404(_("No such complainant on this case."))
    return found


def _assess(file: CaseFile, party: Party, form: AssessForm, by: Actor) -> Assessment:
    typed, pressed = form.cleaned_data, form.data["confirmed_band"]
    judged = pressed == JUDGE
    return assess_risk(
        file.case,
        person_id=party.person_id,
        answers=form.answers(),
        confirmed_band=typed["judged_band"] if judged else pressed,
        judgement=typed["judgement"] if judged else "",
        occasion=typed["occasion"],
        assessed_at=typed["assessed_at"],
        late_reason=typed["late_reason"],
        consents=form.consents(),
        by=by,
    )


def _next_page(file: CaseFile, saved: list[Assessment]) -> HttpResponse | None:
    """A high risk goes straight on to what is done about it; everything else to the risk page."""
    if not saved:
        return None
    reference = file.case.reference
    if needs_acting(saved[0].confirmed_band):
        return redirect("act-on-risk", reference, saved[0].key)
    return redirect("risk", reference)


def _told(assessment: Assessment, file: CaseFile) -> str:
    words = {
        "score": assessment.score,
        "most": assessment.most,
        "band": Band(assessment.confirmed_band).label,
    }
    told = [_("The assessment is on the file: %(score)s of %(most)s, %(band)s.") % words]
    if not assessment.complete:
        told.append(_("Not every question was asked, so the assessment is still owed."))
    if asks_about_hate(assessment, file.case, risk_of(file.case).questions):
        told.append(
            _("They feel it is about who they are: ask whether it is to be recorded as a hate incident.")
        )
    return " ".join(told)


def _context(file: CaseFile, party: Party, form: AssessForm, posted: Any) -> dict[str, Any]:
    if posted:
        form.is_valid()
    risk, scored = form.risk, form.scored()
    last = newest_of(file.case, party.person_id)
    return {
        "person": party.person,
        "instrument": risk.questions,
        "scaling": risk.scaling,
        "scored": scored,
        "has_result": bool(posted),
        "band": Band(scored.band),
        "bands": [{"key": key, "label": label} for key, label in Band.choices],
        "others": [(key, label) for key, label in Band.choices if key != scored.band],
        "sections": _sections(form),
        "last": last,
        "change": scored.score - last.score if last else 0,
        "gauge": gauge(risk.scaling.scale, scored, last),
        "asked": len(risk.questions.questions) - len(scored.missing),
        "nearly": Band(scored.nearly).label if scored.nearly else "",
        "missing_words": _missing_words(len(scored.missing)),
        "shares": [form[f"share{number}"] for number in range(len(risk.agencies))],
        "rule": file.governing.rule_of("risk_assessment"),
        "judging": posted.get("confirmed_band") == JUDGE,
    }


def _sections(form: AssessForm) -> list[dict[str, Any]]:
    points = form.scored().sections
    return [
        {
            "key": part.key,
            "label": part.label,
            "points": points[part.key],
            "questions": [question_row(form, one) for one in form.instrument.of_section(part.key)],
        }
        for part in form.instrument.sections
    ]


def _missing_words(number: int) -> str:
    return ngettext("%(number)d still to ask:", "%(number)d still to ask:", number) % {"number": number}
