"""How approvals are shown: each the policy asks for, with what was answered, by whom, and who may answer."""

from dataclasses import dataclass
from typing import Any

from cases.confided import known_on
from cases.gates.schema import ApprovalRule, ApprovalsSection
from cases.models import Approval, Notice
from cases.pages.parts import Panel, case_panels
from cases.selectors.approvals import look_again_on
from cases.selectors.file import CaseFile
from cases.selectors.joined import written
from cases.services.approving import titles_of, why_not
from landlords.models import Membership
from landlords.permissions import Permission, Role, can
from timeline.actors import Actor

NOT_SHOWN = ("case__search", "case__reasons", "case__prompts")


@dataclass(frozen=True)
class ApprovalRow:
    """``given``: every answer, newest first. ``mine``: whether this reader may answer now."""

    rule: ApprovalRule
    given: list[Approval]
    titles: str
    mine: bool


def rows_of(file: CaseFile, *, by: Actor) -> list[ApprovalRow]:
    rules = file.policy.section(ApprovalsSection).approvals
    may = file.case.is_open and can(by, Permission.APPROVE)
    return [
        ApprovalRow(
            rule,
            given_of(file, rule.key),
            titles_of(file.policy, rule.positions(file.case.team.key)),
            may and not why_not(file.case, rule, by=by),
        )
        for rule in rules
    ]


def given_of(file: CaseFile, what: str) -> list[Approval]:
    """Newest first."""
    given: list[Approval] = [one for one in written(file.case, "approvals") if one.what == what]
    return sorted(given, key=lambda one: (one.decided_at, one.pk), reverse=True)


def notices_of(file: CaseFile) -> list[Notice]:
    """Who was told what, newest first; also on what is joined to this case."""
    given = Notice.objects.filter(case__in=file.joined_ids).select_related("person", "case")
    return known_on(file.case, given.defer(*NOT_SHOWN).order_by("-given_at", "-pk"))


def holders_of(file: CaseFile, rule: ApprovalRule) -> list[str]:
    """Who may give it on this case: everybody in the right position but the officer whose case it is."""
    positions = rule.positions(file.case.team.key)
    members = Membership.objects.filter(is_active=True).exclude(pk=file.case.owner_id or 0)
    held = members.filter(positions__overlap=positions) if positions else members.filter(role=Role.MANAGER)
    return list(held.order_by("user__name").values_list("user__name", flat=True))


@dataclass(frozen=True)
class Due:
    """A yes that is to be looked at again, with what the policy calls it."""

    approval: Approval
    label: str


def due_on(file: CaseFile) -> list[Due]:
    """A reminder, never a refusal. Asks nothing where the policy names no approval."""
    section = file.policy.section(ApprovalsSection)
    labels = {rule.key: rule.label for rule in section.approvals}
    return [Due(one, labels.get(one.what, one.what)) for one in (look_again_on(file.case) if labels else [])]


def draw_panel(file: CaseFile, by: Actor) -> dict[str, Any] | None:
    """On the overview."""
    due = due_on(file)
    return {"due": due} if due else None


def register() -> None:
    case_panels.register("look_again", Panel("cases/approving/panel.html", 15, draw_panel))
