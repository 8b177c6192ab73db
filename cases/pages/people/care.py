"""Take care: marking somebody as a risk to staff, and looking at a mark again."""

import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Person, StaffRisk
from cases.pages.loading import act, open_file, show, starting
from cases.pages.people.forms import LookAgainForm, StaffRiskForm
from cases.pages.people.rows import may_look_again
from cases.pages.views.recording import read_or_post
from cases.selectors.file import CaseFile
from cases.selectors.staff_risk import TakeCare
from cases.services.staff_risk import keep_staff_risk, record_staff_risk, withdraw_staff_risk
from landlords.access import staff_page
from landlords.permissions import Permission
from policies.working_time import LONDON
from timeline import clock

UNTIL_LOOKED_AT = datetime.timedelta(days=182)
"""What the form proposes; any day within a year may be chosen."""


@read_or_post
@staff_page(Permission.CHANGE_PEOPLE)
def mark_page(request: Any, reference: str, person: Any) -> HttpResponse:
    file = open_file(request, reference, _("record a risk to staff"))
    known = _person(file, person)
    form = StaffRiskForm(
        request.POST or None,
        restricted=file.case.restricted,
        initial=starting(file, review_on=clock.now().astimezone(LONDON).date() + UNTIL_LOOKED_AT),
    )

    def do() -> str:
        record_staff_risk(file.case, known.pk, form.care(), by=request.actor)
        return _("Everybody who opens this case is told to take care with %(name)s.") % {"name": known.name}

    return act(request, file, form, do, back="people") or show(
        request, file, form, "cases/people/mark.html", person=known, **_back(file)
    )


@read_or_post
@staff_page(Permission.CHANGE_PEOPLE)
def look_again_page(request: Any, reference: str, risk: Any) -> HttpResponse:
    file = open_file(request, reference, _("look at a risk to staff again"))
    mark = _mark(file, str(risk))
    form = LookAgainForm(request.POST or None, initial=starting(file))

    def do() -> str:
        found, typed = StaffRisk.objects.get(key=risk), form.cleaned_data
        if typed["holds"] == "yes":
            told = {"reason": typed["reason"], "review_on": typed["review_on"]}
            keep_staff_risk(file.case, found, **told, by=request.actor)
            return _("It stays, and is looked at again on the day you chose.")
        withdraw_staff_risk(file.case, found, reason=typed["reason"], by=request.actor)
        return _("The mark is withdrawn. What was known stays on record.")

    return act(request, file, form, do, back="people") or show(
        request, file, form, "cases/people/look_again.html", mark=mark, **_back(file)
    )


def _person(file: CaseFile, key: Any) -> Person:
    found = next((party.person for party in file.parties if party.person.key == key), None)
    if found is None:
        raise Http404(_("No such person on this case."))
    return found


def _mark(file: CaseFile, key: str) -> TakeCare:
    found = next((one for one in file.take_care if one.key == key and may_look_again(file, one)), None)
    if found is None:
        raise Http404(_("This mark is no longer there."))
    return found


def _back(file: CaseFile) -> dict[str, str]:
    return {"back_url": reverse("people", args=[file.case.reference]), "back_label": _("People")}
