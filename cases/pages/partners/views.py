"""Working with other agencies on a case: referrals, their outcomes, and what partners were told."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.gates.engine import Reason
from cases.models import Referral
from cases.pages.loading import act, open_file, show, starting
from cases.pages.partners.forms import OutcomeForm, ReferralForm, SharingForm
from cases.pages.partners.rows import may_read, referral_rows, referrals_of, sharings_of
from cases.pages.parts import show_part
from cases.pages.views.recording import read_or_post
from cases.partner_rules import PartnersSection
from cases.selectors.file import CaseFile
from cases.services.partners import (
    look_at_referral,
    look_at_sharing,
    record_referral_outcome,
    refer_person,
    share_information,
)
from landlords.access import staff_page
from landlords.permissions import Permission, can
from timeline.actors import Actor


@require_GET
@staff_page(Permission.SEE_CASES)
def partners_page(request: Any, reference: str) -> HttpResponse:
    file, by = open_file(request, reference, _("partners")), request.actor
    return show_part(
        request,
        file,
        "cases/partners/partners.html",
        tab="partners",
        referrals=referral_rows(file, by=by),
        sharings=sharings_of(file, by=by),
        rules=file.policy.section(PartnersSection).partners,
        may_share=file.case.is_open and can(by, Permission.SHARE),
    )


@read_or_post
@staff_page(Permission.SHARE)
def refer_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("refer somebody"))
    rules = file.policy.section(PartnersSection).partners
    start = starting(file, **_person(request))
    form = ReferralForm(request.POST or None, rules=rules, parties=file.parties, initial=start)

    def do() -> str:
        return _referred(file, form, request.actor)

    return act(request, file, form, do, back="partners") or show(
        request, file, form, "cases/partners/refer.html", rules=rules, **_back(file)
    )


@read_or_post
@staff_page(Permission.SHARE)
def outcome_page(request: Any, reference: str, number: int) -> HttpResponse:
    file = open_file(request, reference, _("record the outcome of a referral"))
    referral = _referral(file, number, request.actor)
    form = OutcomeForm(request.POST or None, initial=starting(file))

    def do() -> str:
        typed = {name: form.cleaned_data[name] for name in ("outcome", "outcome_at", "late_reason")}
        record_referral_outcome(referral, **typed, by=request.actor)
        return _("The outcome is on the file.")

    return act(request, file, form, do, back="partners") or show(
        request, file, form, "cases/partners/outcome.html", referral=referral, **_back(file)
    )


@read_or_post
@staff_page(Permission.SHARE)
def share_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("record what a partner was told"))
    rules = file.policy.section(PartnersSection).partners
    start = starting(file, **_person(request))
    form = SharingForm(request.POST or None, rules=rules, parties=file.parties, initial=start)

    def do() -> str:
        return _shared(file, form, request.actor)

    return act(request, file, form, do, back="partners") or show(
        request, file, form, "cases/partners/share.html", rules=rules, **_back(file)
    )


def _referred(file: CaseFile, form: ReferralForm, by: Actor) -> str:
    typed = form.cleaned_data
    told = {
        name: typed[name] for name in ("reason", "consent", "basis_without_consent", "made_at", "late_reason")
    }
    person = form.people[typed["person"]]
    referral = refer_person(file.case, person_id=person.pk, agency=form.named(), **told, by=by)
    return _with_reminders(_("The referral is on the file."), look_at_referral(referral, by=by).reminders)


def _shared(file: CaseFile, form: SharingForm, by: Actor) -> str:
    typed = form.cleaned_data
    names = ("what", "permission", "basis", "person_told", "why_not_told", "shared_at", "late_reason")
    person = form.people.get(typed["person"])
    sharing = share_information(
        file.case,
        person_id=person.pk if person else None,
        agency=form.named(),
        purpose=typed.get("purpose", ""),
        **{name: typed[name] for name in names},
        by=by,
    )
    return _with_reminders(_("What was shared is on the file."), look_at_sharing(sharing, by=by).reminders)


def _with_reminders(saved: str, reminders: Iterable[Reason]) -> str:
    """Our reading does not refuse; whoever saved is told what it would have wanted."""
    told = [_("We would also: %(reminder)s") % {"reminder": one.sentence} for one in reminders]
    return " ".join([saved, *told])


def _referral(file: CaseFile, number: int, by: Actor) -> Referral:
    found = referrals_of(file)
    if not 1 <= number <= len(found) or not may_read(found[number - 1].basis_without_consent, by):
        raise Http404(_("No such referral on this case."))
    return found[number - 1]


def _person(request: Any) -> dict[str, str]:
    """Whoever a link to the form is about; else its first person, never "nobody in particular" by itself."""
    key = request.GET.get("person", "")
    return {"person": key} if key else {}


def _back(file: CaseFile) -> dict[str, str]:
    return {"back_url": reverse("partners", args=[file.case.reference]), "back_label": _("Partners")}
