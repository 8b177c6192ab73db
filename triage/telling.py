"""A decision as plain text, for a person at a terminal."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.schema import DeadlineRule
from policies.schema import Policy
from policies.wording import by_end_of
from triage.decisions import Advice, Decision, Reason
from triage.preview import Clock, Preview
from triage.reasons import ROUTE_WORDS


def in_words(decision: Decision, preview: Preview, policy: Policy) -> str:
    return "\n".join(_lines(decision, preview, policy))


def _lines(decision: Decision, preview: Preview, policy: Policy) -> Iterator[str]:
    yield _("%(landlord)s: %(result)s. Team: %(team)s.") % {
        "landlord": policy.core.organisation.name,
        "result": _result(decision),
        "team": policy.core.teams[decision.team].label,
    }
    if not decision.opens_case:
        yield _("This is a proposal: a named person confirms it, or opens a case.")
    yield from _part(_("Why"), [f"{one.text}{_source(one)}" for one in decision.reasons])
    yield from _part(_("Deadlines from receipt"), [_deadline(clock) for clock in preview.clocks])
    yield from _part(_("Not possible: nobody to do it for"), [_duty(rule) for rule in preview.impossible])
    yield from _part(
        _("No time set: shown as not done, never late"), [_duty(rule) for rule in preview.undated]
    )
    yield from _part(_("Do now"), [f"{one.text}{_source(one)}" for one in decision.prompts])


def _result(decision: Decision) -> str:
    if decision.level_label is None:
        return ROUTE_WORDS[decision.route]
    return _("anti-social behaviour, %(level)s") % {"level": decision.level_label}


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from ("", title, *(f"- {line}" for line in lines))


def _deadline(clock: Clock) -> str:
    due = clock.due.due_local
    words = {
        "label": clock.rule.label,
        "when": by_end_of(due, due.date(), always_year=True),
        "basis": _("promise") if clock.rule.basis == "promise" else _("reminder"),
        "clause": f", {clock.rule.clause}" if clock.rule.clause else "",
        "explanation": clock.explanation,
    }
    return _("%(label)s %(when)s (%(basis)s%(clause)s): %(explanation)s") % words


def _duty(rule: DeadlineRule) -> str:
    return f"{rule.label}{_source(rule)}"


def _source(one: Reason | Advice | DeadlineRule) -> str:
    """Where it stands in the landlord's document, or that it stands nowhere."""
    parts = [one.clause] if one.clause else []
    parts += [_("our reading")] if one.interpretation else []
    return f" [{', '.join(parts)}]" if parts else ""
