"""The tools of a case: how their gates stand, using one, and how it ended."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from actionplans.models import ToolUse
from actionplans.tools.forms import EndForm, ToolForm
from actionplans.tools.schema import Tool, ToolsSection
from actionplans.tools.services import end_tool, standing, unavailable, use_tool
from actionplans.tools.shown import groups_of, placed, uses_of
from cases.gates.engine import Looked
from cases.gates.schema import ApprovalsSection
from cases.pages.approving.shown import due_on
from cases.pages.gated import Gated, missing_words
from cases.pages.loading import act, open_file, show, starting
from cases.pages.parts import show_part
from cases.selectors.file import CaseFile
from landlords.access import staff_page
from landlords.permissions import Permission, can
from policies.working_time import LONDON
from timeline import clock

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@staff_page(Permission.SEE_CASES)
def tools_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("tools"))
    return show_part(
        request,
        file,
        "actionplans/tools/list.html",
        tab="tools",
        groups=groups_of(file, by=request.actor),
        uses=uses_of(file),
        due=due_on(file),
        may_use=file.case.is_open and can(request.actor, Permission.USE_TOOL),
    )


@read_or_post
@staff_page(Permission.USE_TOOL)
def use_tool_page(request: Any, reference: str, tool: str) -> HttpResponse:
    file = open_file(request, reference, _("use a tool"))
    found = _tool(file, tool)
    questions = file.policy.section(ToolsSection).questions(found)
    start = starting(file)
    form = ToolForm(request.POST or None, questions=questions, parties=file.parties, initial=start)

    def do() -> str:
        typed = {key: form.cleaned_data[key] for key in ("used_at", "late_reason", "note")}
        use_tool(
            file.case, tool=tool, details=form.details, person_id=form.person_id, by=request.actor, **typed
        )
        return _("On record: %(tool)s.") % {"tool": found.label}

    gated = Gated(do)
    return act(request, file, form, gated) or show(
        request, file, form, "actionplans/tools/use.html", **_using(request, file, found, gated)
    )


@read_or_post
@staff_page(Permission.USE_TOOL)
def end_tool_page(request: Any, reference: str, key: Any) -> HttpResponse:
    file = open_file(request, reference, _("end a tool"))
    use = ToolUse.objects.filter(case=file.case, key=key, ended_at__isnull=True).first()
    if use is None:
        raise Http404(_("No such tool is in use on this case."))
    form = EndForm(request.POST or None, initial=starting(file))

    def do() -> str:
        end_tool(use, outcome=form.cleaned_data["outcome"], by=request.actor)
        return _("How it ended is on record.")

    return act(request, file, form, do) or show(request, file, form, "actionplans/tools/end.html", use=use)


def _tool(file: CaseFile, key: str) -> Tool:
    tool = file.policy.section(ToolsSection).tool(key)
    if tool is None:
        raise Http404(_("The policy this case was opened under has no such tool."))
    return tool


def _using(request: Any, file: CaseFile, tool: Tool, gated: Gated) -> dict[str, Any]:
    """A refusal shows every gate; before that, those that stand on the file."""
    looked = placed(
        gated.looked or standing(file.case, tool, by=request.actor),
        file.policy.section(ToolsSection).questions(tool),
    )
    deviation = file.policy.section(ApprovalsSection).deviation
    today = clock.now().astimezone(LONDON).date()
    return {
        "tool": tool,
        "take_care": file.take_care,
        "closed": unavailable(tool, today),
        "looked": looked if looked.unmet or looked.reminders or looked.met else None,
        "refused": bool(looked.unmet),
        "title": _title(tool, looked),
        "lead": _("Nothing has changed on the case. What you typed is below.") if gated.looked else "",
        "may_set_aside": bool(looked.unmet) and deviation and can(request.actor, Permission.DEVIATE),
    }


def _title(tool: Tool, looked: Looked) -> str:
    if not looked.unmet:
        return _("What has to be there first")
    words = {"tool": tool.label, "missing": missing_words(looked)}
    return _("%(tool)s: not yet, %(missing)s") % words
