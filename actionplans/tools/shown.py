"""How the tools of a policy are shown on a case: in groups, each with its gates as they stand now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actionplans.models import ToolUse
from actionplans.tools.schema import Question, Tool, ToolsSection
from actionplans.tools.services import standing, unavailable
from cases.confided import known_on
from cases.gates.engine import Looked, Reason
from cases.pages.gated import missing_words
from cases.selectors.file import CaseFile
from cases.selectors.joined import written
from letters.pages.due import links_to
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor

RECORDS = ("decisions", "approvals", "notices", "notes", "deviations", "tools_used__person")
"""What the gates of tools read: read once for all of them."""
LETTERS: dict[str, tuple[str, ...]] = {
    "verbal_warning": ("verbal_warning_record",),
    "written_warning": ("first_warning", "final_warning"),
    "mediation": ("mediation_invitation",),
    "abc": ("behaviour_contract",),
    "aba": ("behaviour_contract",),
    "good_neighbour_agreement": ("good_neighbour_agreement",),
    "noise_equipment": ("noise_monitoring_notice",),
    "absolute_ground": ("possession_decision",),
}
"""The kinds of letter that go with a tool, by its key."""
GROUPS: tuple[tuple[str | Promise, Callable[[Tool], bool]], ...] = (
    (_("Without a court"), lambda tool: not tool.legal and not tool.partner),
    (_("Legal steps"), lambda tool: tool.legal),
    (_("Powers of others that we ask for"), lambda tool: bool(tool.partner) and not tool.legal),
)


@dataclass(frozen=True)
class ToolRow:
    """``missing`` in words, empty where nothing is; ``closed`` why the law does not give it now.

    ``letters`` that go with it, each for one reader.
    """

    tool: Tool
    looked: Looked
    missing: str
    closed: str
    used: list[ToolUse]
    letters: list[dict[str, str]]

    @property
    def has_gates(self) -> bool:
        return bool(self.looked.unmet or self.looked.reminders or self.looked.met)


def groups_of(file: CaseFile, *, by: Actor) -> list[dict[str, Any]]:
    """Groups without a tool are left out."""
    prefetch_related_objects([file.case], *RECORDS)
    if len(file.joined_ids) > 1:
        prefetch_related_objects([file.case], *(f"case_set__{one}" for one in RECORDS))
    rows = [_row(file, tool, by) for tool in file.policy.section(ToolsSection).tools.each]
    grouped = [(heading, [row for row in rows if belongs(row.tool)]) for heading, belongs in GROUPS]
    return [{"heading": heading, "rows": found} for heading, found in grouped if found]


def uses_of(file: CaseFile) -> list[ToolUse]:
    """Newest first."""
    used: list[ToolUse] = written(file.case, "tools_used")
    newest_first = sorted(used, key=lambda use: (use.used_at, use.pk), reverse=True)
    return known_on(file.case, newest_first)


def placed(looked: Looked, questions: Iterable[Question]) -> Looked:
    """Every answer that is still asked for leads to its question, on the page of the tool itself."""
    first = {one.key: f"#id_ask_{one.key}{'' if one.kind == 'text' else '_0'}" for one in questions}

    def at(reason: Reason) -> Reason:
        return replace(reason, page=first.get(reason.of, "")) if reason.need == "detail" else reason

    return replace(
        looked, unmet=[at(one) for one in looked.unmet], reminders=[at(one) for one in looked.reminders]
    )


def _row(file: CaseFile, tool: Tool, by: Actor) -> ToolRow:
    looked = standing(file.case, tool, by=by)
    today = clock.now().astimezone(LONDON).date()
    used = [use for use in uses_of(file) if use.tool == tool.key]
    missing = missing_words(looked) if looked.unmet else ""
    letters = links_to(LETTERS.get(tool.key, ()), file, by) if file.case.is_open else []
    return ToolRow(tool, looked, missing, unavailable(tool, today), used, letters)
