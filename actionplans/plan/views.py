"""The plan page of a case, and everything done to a plan. None of it opens for, or about, a respondent."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from actionplans.models import Action, Plan
from actionplans.plan.forms import (
    DropForm,
    FinishForm,
    GiveActionForm,
    Offer,
    PlanForm,
    SendForm,
    interval_hint,
)
from actionplans.plan.pages import action_row, remarks, sections_of
from actionplans.plan.schema import PlansSection
from actionplans.plan.selectors import complainants_among, newest_plan, owners_for, standings, unfinished
from actionplans.plan.services import (
    agree_plan,
    drop_action,
    finish_action,
    give_action,
    mark_plan_sent,
)
from cases.confided import known_on
from cases.models import Party
from cases.pages.loading import act, open_file, show, starting
from cases.pages.parts import show_part
from cases.pages.views.recording import read_or_post
from cases.selectors.file import CaseFile
from landlords.access import staff_page
from landlords.permissions import Permission


@require_GET
@staff_page(Permission.SEE_CASES)
def plan_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("action plans"))
    sections = sections_of(file, request.actor)
    words = file.policy.core.words
    return show_part(request, file, "actionplans/plan/plan.html", tab="plan", sections=sections, words=words)


@read_or_post
@staff_page(Permission.AGREE_PLAN)
def agree_page(request: Any, reference: str, person: UUID) -> HttpResponse:
    file = open_file(request, reference, _("agree an action plan"))
    party = _party(file, person)
    offer = _offer(file, party, request.landlord.name)
    initial = starting(file, every_days=party.contact_every_days or offer.policy.interval.default_days)
    form = PlanForm(request.POST or None, offer=offer, initial=initial)

    def do() -> str:
        plan = agree_plan(file.case, person_id=party.person_id, **_agreed(form), by=request.actor)
        return _told(plan, form)

    return act(request, file, form, do) or show(
        request, file, form, "actionplans/plan/agree.html", **_about(file, party, offer)
    )


@read_or_post
@staff_page(Permission.AGREE_PLAN)
def send_page(request: Any, reference: str, plan: UUID) -> HttpResponse:
    file = open_file(request, reference, _("send an action plan"))
    found = _plan(file, plan)
    party = _party(file, found.person.key)
    form = SendForm(request.POST or None, party=party, initial=starting(file))

    def do() -> str:
        typed = form.cleaned_data
        told = {name: typed[name] for name in ("how", "sent_at", "late_reason", "asked_this_way")}
        mark_plan_sent(found, **told, by=request.actor)
        return _("The plan is marked as sent.")

    return act(request, file, form, do) or show(
        request, file, form, "actionplans/plan/send.html", plan=found, party=party
    )


@read_or_post
@staff_page(Permission.AGREE_PLAN)
def finish_page(request: Any, reference: str, action: UUID) -> HttpResponse:
    file = open_file(request, reference, _("finish an action"))
    found = _action(file, action)
    form = FinishForm(request.POST or None, initial=starting(file))

    def do() -> str:
        typed = form.cleaned_data
        finish_action(found, outcome=typed["outcome"], done_at=typed["done_at"], by=request.actor)
        return _("The action is done.")

    return act(request, file, form, do) or show(
        request, file, form, "actionplans/plan/finish.html", row=_row(file, found)
    )


@read_or_post
@staff_page(Permission.AGREE_PLAN)
def drop_page(request: Any, reference: str, action: UUID) -> HttpResponse:
    file = open_file(request, reference, _("drop an action"))
    found = _action(file, action)
    form = DropForm(request.POST or None, initial=starting(file))

    def do() -> str:
        drop_action(found, reason=form.cleaned_data["reason"], by=request.actor)
        return _("The action is dropped; the plan keeps it with your reason.")

    return act(request, file, form, do) or show(
        request, file, form, "actionplans/plan/drop.html", row=_row(file, found)
    )


@read_or_post
@staff_page(Permission.AGREE_PLAN)
def give_page(request: Any, reference: str, action: UUID) -> HttpResponse:
    file = open_file(request, reference, _("give an action to somebody"))
    found = _action(file, action)
    form = GiveActionForm(
        request.POST or None, action=found, owners=owners_for(file.case), initial=starting(file)
    )

    def do() -> str:
        owner = form.owners[form.cleaned_data["owner"]]
        give_action(found, owner_id=owner.pk, by_date=form.cleaned_data["by"], by=request.actor)
        return _("The action is now for %(name)s.") % {"name": owner.user.name}

    return act(request, file, form, do) or show(
        request, file, form, "actionplans/plan/give.html", row=_row(file, found)
    )


def _party(file: CaseFile, key: UUID) -> Party:
    """A complainant of this case; anybody else, a respondent above all, has no plan."""
    for party in complainants_among(file.parties):
        if party.person.key == key:
            return party
    raise Http404(_("No complainant of this case."))


def _plan(file: CaseFile, key: UUID) -> Plan:
    try:
        found = Plan.objects.select_related("case", "person").get(case=file.case, key=key)
    except Plan.DoesNotExist:
        raise Http404(_("No such plan on this case.")) from None
    return known_on(file.case, [found])[0]


def _action(file: CaseFile, key: UUID) -> Action:
    actions = Action.objects.select_related("plan__case", "owner__user")
    try:
        return actions.get(plan__case=file.case, key=key)
    except Action.DoesNotExist:
        raise Http404(_("No such action on this case.")) from None


def _row(file: CaseFile, action: Action) -> Any:
    return action_row(action, _party(file, action.plan.person.key))


def _offer(file: CaseFile, party: Party, landlord: str) -> Offer:
    before = newest_plan(file.case, party.person_id)
    return Offer(
        policy=file.policy.section(PlansSection).plans,
        landlord=landlord,
        party=party,
        parties=file.parties,
        owners=owners_for(file.case),
        owner=str(file.case.owner.key) if file.case.owner else "",
        unfinished=unfinished(before) if before else [],
        is_change=before is not None,
    )


def _about(file: CaseFile, party: Party, offer: Offer) -> dict[str, Any]:
    """What the officer needs to see while agreeing."""
    standing = standings(file.case, [party.person_id])[party.person_id]
    return {
        "party": party,
        "policy": offer.policy,
        "standing": standing,
        "interval_hint": interval_hint(offer.policy),
        "remarks": remarks(offer.policy, standing),
    }


def _agreed(form: PlanForm) -> dict[str, Any]:
    typed = form.cleaned_data
    return {
        "contact_every_days": typed["every_days"],
        "actions": form.actions(),
        "agreed_at": typed["agreed_at"],
        "late_reason": typed["late_reason"],
        "sent_how": typed["sent_how"],
        "asked_this_way": typed["asked_this_way"],
        "why_changed": typed.get("why_changed", ""),
        "dropped": form.dropped(),
    }


def _told(plan: Plan, form: PlanForm) -> str:
    told = [_("Version %(version)d of the action plan is agreed.") % {"version": plan.version}]
    if form.offer.policy.sent is not None and plan.sent_at is None:
        told.append(_("It is not sent yet."))
    return " ".join(told)
