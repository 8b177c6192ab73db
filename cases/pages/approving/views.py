"""Giving an approval or advice, recording that somebody was told, setting gates aside, and what stands of it all."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cases.gates.schema import ApprovalRule, ApprovalsSection, DeviationRule
from cases.pages.approving.forms import ApprovalForm, NoticeForm, SetAsideForm
from cases.pages.approving.shown import due_on, given_of, holders_of, notices_of, rows_of
from cases.pages.gated import Gated, missing_words
from cases.pages.loading import act, open_file, show, starting
from cases.pages.parts import show_part
from cases.selectors.file import CaseFile
from cases.services.approving import (
    approve,
    give_notice,
    look_at_approval,
    notice_label,
    set_aside,
    titles_of,
    why_not,
)
from landlords.access import staff_page
from landlords.permissions import Permission, can

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@staff_page(Permission.SEE_CASES)
def approvals_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("approvals and notices"))
    section, by = file.policy.section(ApprovalsSection), request.actor
    return show_part(
        request,
        file,
        "cases/approving/list.html",
        tab="tools",
        rows=rows_of(file, by=by),
        notices=notices_of(file),
        notice_labels=section.notices,
        deviations=file.case.deviations.order_by("-decided_at", "-pk"),
        deviation_rule=section.deviation,
        due=due_on(file),
        may_tell=file.case.is_open and can(by, Permission.RECORD_CONTACT),
        may_set_aside=file.case.is_open and can(by, Permission.DEVIATE),
    )


@read_or_post
@staff_page(Permission.APPROVE)
def approve_page(request: Any, reference: str, what: str) -> HttpResponse:
    file = open_file(request, reference, _("approve a step"))
    rule = _rule(file, what)
    form = ApprovalForm(request.POST or None, rule=rule, initial=starting(file))

    def do() -> str:
        words = form.cleaned_data["reason"]
        given = approve(file.case, what=what, answer=form.answer, reason=words, by=request.actor)
        return _("It is on record: %(answer)s.") % {"answer": str(given.get_answer_display()).lower()}

    gated = Gated(do)
    return act(request, file, form, gated) or show(
        request, file, form, "cases/approving/approve.html", **_approving(request, file, rule, gated)
    )


@read_or_post
@staff_page(Permission.RECORD_CONTACT)
def give_notice_page(request: Any, reference: str, of: str) -> HttpResponse:
    file = open_file(request, reference, _("record a notice"))
    label = notice_label(file.policy, of)
    if label is None:
        raise Http404(_("The policy does not ask for anybody to be told that."))
    form = NoticeForm(request.POST or None, parties=file.parties, initial=starting(file))

    def do() -> str:
        typed = {key: form.cleaned_data[key] for key in ("how", "given_at", "summary")}
        person = form.people[form.cleaned_data["person"]]
        give_notice(file.case, person_id=person.pk, of=of, by=request.actor, **typed)
        return _("It is on record that %(name)s was told.") % {"name": person.name}

    return act(request, file, form, do) or show(
        request, file, form, "cases/approving/notice.html", label=label
    )


@read_or_post
@staff_page(Permission.DEVIATE)
def set_aside_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("set gates aside"))
    rule = _deviation(file)
    initial = starting(file, step=request.GET.get("step", ""))
    form = SetAsideForm(request.POST or None, policy=file.policy, initial=initial)

    def do() -> str:
        typed = {key: form.cleaned_data[key] for key in ("step", "reasons", "why_proportionate")}
        set_aside(file.case, by=request.actor, **typed)
        return _("The gates are set aside on this case, with your reasons.")

    context = {"rule": rule, "titles": titles_of(file.policy, rule.by)}
    return act(request, file, form, do) or show(
        request, file, form, "cases/approving/set_aside.html", **context
    )


def _rule(file: CaseFile, what: str) -> ApprovalRule:
    rule = file.policy.section(ApprovalsSection).rule(what)
    if rule is None:
        raise Http404(_("The policy does not ask for that approval."))
    return rule


def _deviation(file: CaseFile) -> DeviationRule:
    rule = file.policy.section(ApprovalsSection).deviation
    if rule is None:
        raise Http404(_("This policy has no rule for setting its gates aside."))
    return rule


def _approving(request: Any, file: CaseFile, rule: ApprovalRule, gated: Gated) -> dict[str, Any]:
    looked = gated.looked or look_at_approval(file.case, rule, by=request.actor)
    return {
        "rule": rule,
        "given": given_of(file, rule.key),
        "against": why_not(file.case, rule, by=request.actor),
        "holders": holders_of(file, rule),
        "looked": looked if looked.unmet or looked.reminders or looked.met else None,
        "refused": bool(looked.unmet),
        "title": missing_words(looked).capitalize() if looked.unmet else _("What has to be there first"),
    }
