"""Cases beside each other: linked, merged, split, and put back as they were."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cases.models import Case, CaseLink, Rearrangement
from cases.pages.linking.choosing import case_named, items, kind_hints, may_see, prefilled, suggested
from cases.pages.linking.forms import LinkForm, OtherCaseForm, ReasonForm, SplitForm
from cases.pages.linking.told import arithmetic_rows, incident_choices, link_rows, rearranged_rows
from cases.pages.loading import act, open_file, show, starting
from cases.pages.parts import show_part
from cases.pages.views.recording import read_or_post
from cases.selectors.file import CaseFile
from cases.selectors.links import links_of, rearrangements_of
from cases.selectors.merging import arithmetic
from cases.services.linking import link_cases, unlink_cases
from cases.services.rearranging import merge_cases, why_not_merged
from cases.services.splitting import split_case
from cases.services.undoing import undo, why_not_undone
from landlords.access import staff_page
from landlords.permissions import Permission, can


@read_or_post
@staff_page(Permission.SEE_CASES)
def links_page(request: Any, reference: str) -> HttpResponse:
    file, by = open_file(request, reference, _("links")), request.actor
    may, links = can(by, Permission.REARRANGE_CASES), links_of(file.case, by=by)
    linked = {one.other.reference for one in links}
    context = {
        "links": link_rows(links),
        "rearranged": rearranged_rows(file.case, rearrangements_of(file.case, by=by)),
        "matches": [one for one in suggested(file, by=by) if one.reference not in linked],
        "may": may,
        "may_split": may and file.case.is_open and len(file.reports) > 1,
        "may_merge": may and file.case.is_open,
    }
    return show_part(request, file, "cases/linking/links.html", tab="links", **context)


@read_or_post
@staff_page(Permission.REARRANGE_CASES)
def link_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("link to another case"))
    chosen = prefilled(request, file)
    form = LinkForm(request.POST or None, matches=suggested(file, by=request.actor), initial=chosen)

    def do() -> str:
        typed, other = form.cleaned_data, case_named(form.chosen, request.actor)
        link_cases(file.case, other, kind=typed["kind"], reason=typed["reason"], by=request.actor)
        return _("Linked to %(reference)s. Each keeps its own clocks.") % {"reference": other.reference}

    return act(request, file, form, do) or show(
        request, file, form, "cases/linking/link.html", items=items(form), hints=kind_hints()
    )


@read_or_post
@staff_page(Permission.REARRANGE_CASES)
def unlink_page(request: Any, reference: str, other: str, kind: str) -> HttpResponse:
    file = open_file(request, reference, _("take a link away"))
    link = _link(request, file, other, kind)
    form = ReasonForm(request.POST or None, initial=starting(file))

    def do() -> str:
        unlink_cases(link, reason=form.cleaned_data["reason"], by=request.actor)
        return _("The cases are no longer linked.")

    return act(request, file, form, do) or show(request, file, form, "cases/linking/unlink.html", link=link)


@read_or_post
@staff_page(Permission.REARRANGE_CASES)
def merge_page(request: Any, reference: str) -> HttpResponse:
    """First the other case is chosen, then what would happen is told, and only then done."""
    file = open_file(request, reference, _("merge with another case"))
    into = may_see(request.GET.get("into", ""), request.actor)
    if into is None or into.pk == file.case.pk:
        return _choose_merge(request, file)
    form = ReasonForm(request.POST or None, initial=starting(file))

    def do() -> str:
        merge_cases(file.case, into, reason=form.cleaned_data["reason"], by=request.actor)
        return _("Merged: the work goes on on %(reference)s.") % {"reference": into.reference}

    return act(request, file, form, do) or show(
        request, file, form, "cases/linking/merge.html", **_merge(file.case, into)
    )


@read_or_post
@staff_page(Permission.REARRANGE_CASES)
def split_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("split this case"))
    ids, choices = incident_choices(file.case)
    form = SplitForm(request.POST or None, incidents=choices, initial=starting(file))

    def do() -> str:
        typed = form.cleaned_data
        chosen = [ids[number] for number in typed["incidents"]]
        new = split_case(
            file.case, incident_ids=chosen, title=typed["title"], reason=typed["reason"], by=request.actor
        )
        return _("Split: the new case is %(reference)s.") % {"reference": new.reference}

    return act(request, file, form, do) or show(request, file, form, "cases/linking/split.html")


@read_or_post
@staff_page(Permission.REARRANGE_CASES)
def undo_page(request: Any, reference: str, other: str) -> HttpResponse:
    file = open_file(request, reference, _("undo a merge or split"))
    found = _rearrangement(request, file, other)
    form = ReasonForm(request.POST or None, initial=starting(file))

    def do() -> str:
        undo(found, reason=form.cleaned_data["reason"], by=request.actor)
        return _("Put back as it was. What was missed stays missed.")

    against = list(why_not_undone(found, found.source, found.target))
    return act(request, file, form, do) or show(
        request, file, form, "cases/linking/undo.html", found=found, against=against
    )


def _choose_merge(request: Any, file: CaseFile) -> HttpResponse:
    """The other case is asked for by an address that changes nothing; one that is not there stays on the form."""
    open_ones = [match for match in suggested(file, by=request.actor) if match.case and match.case.is_open]
    form = OtherCaseForm(request.POST or None, matches=open_ones, initial=prefilled(request, file))
    if request.method == "POST" and form.is_valid():
        if may_see(form.chosen, request.actor) and form.chosen != file.case.reference:
            return redirect(f"{request.path}?{urlencode({'into': form.chosen})}")
        words = _("There is no other case with the reference %(reference)s.")
        form.add_error(None, words % {"reference": form.chosen})
    return show(request, file, form, "cases/linking/choose.html", items=items(form))


def _merge(source: Case, into: Case) -> dict[str, Any]:
    return {
        "into": into,
        "against": why_not_merged(source, into),
        "rows": arithmetic_rows(arithmetic(source, into)),
    }


def _link(request: Any, file: CaseFile, other: str, kind: str) -> CaseLink:
    for one in links_of(file.case, by=request.actor):
        if one.other.reference == other and one.link.kind == kind:
            return one.link
    raise Http404(_("There is no such link on this case."))


def _rearrangement(request: Any, file: CaseFile, other: str) -> Rearrangement:
    """The latest between the two that is not undone."""
    for one in rearrangements_of(file.case, by=request.actor):
        ends = {one.source.reference, one.target.reference}
        if one.undone_at is None and ends == {file.case.reference, other}:
            return one
    raise Http404(_("There is no merge or split to undo here."))
