"""The needs that tools themselves meet, and the steps that tools are."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from actionplans.models import ToolUse
from actionplans.tools.schema import BRING_PEOPLE_TOGETHER, Tool, ToolsSection
from cases.gates.engine import Answer, Reason, Step, case_gates
from cases.gates.schema import Requirement
from cases.gates.steps import GatedStep, gated_steps
from cases.models import Case
from cases.models.record import NoteKind
from cases.selectors.joined import written
from policies.schema import Policy


def register() -> None:
    case_gates.register("tool_used", tool_used)
    case_gates.register("conference", conference)
    gated_steps.register("tools", steps)


def tool_used(step: Step, requirement: Requirement) -> Answer:
    """Any of ``tools`` was used ``at_least`` so many times before."""
    used = _used(step, requirement.tools)
    words = ", ".join(dict.fromkeys(one.label for one in used))
    return Answer(len(used) >= requirement.at_least, words, "tools")


def conference(step: Step, requirement: Requirement) -> Answer:
    """A conference or multi-agency meeting was held and has notes: as the tool ``of``, or as a note of that kind."""
    used = _used(step, (requirement.of or "",))
    if used:
        return Answer(True, used[-1].recorded_by, "use-tool", requirement.of or "")
    notes = [
        one
        for one in step.case.notes.all()
        if one.kind == NoteKind.CONFERENCE and step.counts(one.written_at)
    ]
    return Answer(bool(notes), notes[-1].written_by if notes else "", "use-tool", requirement.of or "")


def safety(tool: Tool, case: Case) -> list[Reason]:
    """Our own rules, in our own name, which no policy and no deviation takes away."""
    if tool.key not in BRING_PEOPLE_TOGETHER:
        return []
    return [
        Reason(
            text=_("Nobody is brought together with the person they fear: this case is about domestic abuse.")
            if case.domestic_abuse
            else _("The case is not about domestic abuse."),
            met=not case.domestic_abuse,
            ours=True,
        )
    ]


def steps(policy: Policy) -> Iterator[GatedStep]:
    section = policy.section(ToolsSection)
    for tool in section.tools.each:
        yield GatedStep(step_key(tool), tool.label, section.needs(tool))


def step_key(tool: Tool) -> str:
    return f"tool:{tool.key}"


def _used(step: Step, keys: tuple[str, ...]) -> list[ToolUse]:
    uses: list[ToolUse] = [one for one in written(step.case, "tools_used") if one.tool in keys]
    return sorted((one for one in uses if step.counts(one.used_at)), key=lambda one: (one.used_at, one.pk))
