"""Using a tool: refused with everything its gates miss, else kept with how each of them stood."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from actionplans.models import ToolUse
from actionplans.tools.gates import safety, step_key
from actionplans.tools.schema import Details, Question, Tool, ToolsSection
from cases.gates.engine import Looked, Reason, Step, check_gates, look
from cases.models import Case
from cases.permissions import check_can
from cases.services.locking import locked
from cases.services.working import take_in_hand
from landlords.permissions import Permission, Refused
from policies.selectors import policy_of
from policies.wording import long_date
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor
from timeline.services import record

LONGEST_TEXT = 10_000
LATE = datetime.timedelta(days=1)
"""What was used longer ago than this needs a reason for being recorded only now."""


@transaction.atomic
def use_tool(
    case: Case,
    *,
    tool: str,
    details: Mapping[str, Any],
    person_id: int | None = None,
    used_at: datetime.datetime | None = None,
    late_reason: str = "",
    note: str = "",
    by: Actor,
) -> ToolUse:
    """Put on record that a tool was used, with the answers its gates ask for.

    Raises Refused for what cannot be (an unknown tool, question or person, a wrong moment), and GateRefused with
    every need that is not met at that moment. Nothing is saved then.
    """
    case = locked(case)
    check_can(Permission.USE_TOOL, case, by=by)
    found = tool_of(case, tool)
    at = used_at or clock.now()
    answers = answers_to(case, found, details)
    against = [*_wrong_moment(found, at, late_reason), *_wrong_person(case, person_id)]
    if against:
        raise Refused(*against)
    step = _step(case, found, answers, by=by, at=at)
    looked = check_gates(step, _section(case).needs(found), safety(found, case))
    use = ToolUse.objects.create(
        landlord_id=case.landlord_id,
        case=case,
        person_id=person_id,
        tool=found.key,
        label=found.label,
        legal=found.legal,
        details=answers,
        gates=_kept(looked),
        note=_note(note, late_reason),
        used_at=at,
        recorded_at=clock.now(),
        recorded_by=by.name,
    )
    take_in_hand(case, by)
    _record_use(use, by)
    return use


@transaction.atomic
def end_tool(use: ToolUse, *, outcome: str, by: Actor) -> ToolUse:
    """How it ended: kept, broken, refused by the court, handed back. Raises Refused where it has ended already."""
    case = locked(use.case)
    check_can(Permission.USE_TOOL, case, by=by)
    use = ToolUse.objects.select_for_update().get(pk=use.pk)
    if use.ended_at is not None:
        raise Refused(_("How this ended is on record already."))
    if not outcome.strip():
        raise Refused(_("Say how it ended."))
    use.ended_at, use.outcome = clock.now(), outcome.strip()
    use.save(update_fields=["ended_at", "outcome"])
    record(
        "tool_ended",
        by=by,
        case_id=case.pk,
        subject=("tool", use.pk),
        payload={"tool": use.label, "key": use.tool},
        text=use.outcome,
    )
    return use


def standing(case: Case, tool: Tool, *, by: Actor) -> Looked:
    """How the gates of a tool stand now, before any of its questions is answered. Changes nothing."""
    step = _step(case, tool, {}, by=by, at=clock.now())
    on_record = [one for one in _section(case).needs(tool) if one.need != "detail"]
    return look(step, on_record, safety(tool, case))


def tool_of(case: Case, key: str) -> Tool:
    """Raises Refused where the policy of this case lists no such tool."""
    found = _section(case).tool(key)
    if found is None:
        raise Refused(_("The policy this case was opened under has no such tool."))
    return found


def answers_to(case: Case, tool: Tool, details: Mapping[str, Any]) -> Details:
    """The answers as they are kept, empty ones left out. Raises Refused for one that answers no question."""
    questions = {question.key: question for question in _section(case).questions(tool)}
    unknown = [key for key in details if key not in questions]
    wrong = [
        question.text
        for key, question in questions.items()
        if key in details and not _answers(question, details[key])
    ]
    if unknown or wrong:
        raise Refused(
            *(_("This tool asks no question called “%(key)s”.") % {"key": key} for key in unknown),
            *(_("This does not answer “%(question)s”.") % {"question": text} for text in wrong),
        )
    given = {key: value.strip() if isinstance(value, str) else value for key, value in details.items()}
    return {key: value for key, value in given.items() if value not in (None, "")}


def unavailable(tool: Tool, on: datetime.date) -> str:
    """Why the tool cannot be used on this local date; empty where it can."""
    if tool.is_available(on):
        return ""
    words = {"tool": tool.label, "why": tool.available_why}
    if tool.available_until is not None and on > tool.available_until:
        day = {"day": long_date(tool.available_until, with_year=True)}
        return _("%(tool)s can be used until %(day)s and not after it. %(why)s") % {**words, **day}
    assert tool.available_from is not None
    day = {"day": long_date(tool.available_from, with_year=True)}
    return _("%(tool)s cannot be used before %(day)s. %(why)s") % {**words, **day}


def _answers(question: Question, given: Any) -> bool:
    if given is None or given == "":
        return True
    if question.kind == "yes_no":
        return isinstance(given, bool)
    if question.kind == "choice":
        return given in question.choices
    return isinstance(given, str) and len(given) <= LONGEST_TEXT


def _wrong_moment(tool: Tool, at: datetime.datetime, late_reason: str) -> list[str]:
    now = clock.now()
    if at > now:
        return [_("The date and time cannot be in the future.")]
    wrong = [reason] if (reason := unavailable(tool, at.astimezone(LONDON).date())) else []
    if now - at > LATE and not late_reason.strip():
        wrong.append(_("Say why this is recorded more than a day late."))
    return wrong


def _wrong_person(case: Case, person_id: int | None) -> list[str]:
    if person_id is None or case.parties.filter(person_id=person_id).exists():
        return []
    return [_("Choose somebody who is part of this case.")]


def _note(note: str, late_reason: str) -> str:
    late = _("Recorded late: %(reason)s") % {"reason": late_reason.strip()} if late_reason.strip() else ""
    return "\n".join(filter(None, [note.strip(), late]))


def _record_use(use: ToolUse, by: Actor) -> None:
    with_whom = {"person_id": use.person_id} if use.person_id is not None else {}
    record(
        "tool_used_with" if with_whom else "tool_used",
        by=by,
        case_id=use.case_id,
        subject=("tool", use.pk),
        payload={"tool": use.label, "key": use.tool, **with_whom},
        text=use.note,
        occurred_at=use.used_at,
    )


def _section(case: Case) -> ToolsSection:
    return policy_of(case.policy).section(ToolsSection)


def _step(case: Case, tool: Tool, details: Details, *, by: Actor, at: datetime.datetime) -> Step:
    return Step(step_key(tool), case, policy_of(case.policy), by, at, details)


def _kept(looked: Looked) -> list[dict[str, Any]]:
    """How every gate stood, for whoever asks later why this was done."""
    groups: tuple[tuple[str, list[Reason]], ...] = (("reminder", looked.reminders), ("met", looked.met))
    return [
        {"stood": "waived" if one.waived else stood, **{k: v for k, v in asdict(one).items() if v}}
        for stood, reasons in groups
        for one in reasons
    ]
