"""What a report would become, worked out while the caller is still on the line. Nothing is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case
from cases.schema import PER_REPORT
from policies.receipts import Row
from policies.schema import Policy
from policies.selectors import policy_of, version_in_force
from policies.wording import END_OF_DAY, by_end_of, clock, short_date
from policies.working_time import LONDON
from timeline import clock as now_clock
from triage.decisions import Advice, Decision, Reason
from triage.engine import decide
from triage.facts import Facts
from triage.preview import Clock, Preview, preview_deadlines
from triage.schema import Route, TriageSection
from triage.words import ROUTE_WORDS

LEADS: dict[str, Promise] = {
    "asb": gettext_lazy("New anti-social behaviour case"),
    "good_neighbourhood": gettext_lazy("New good neighbourhood case"),
}
ALWAYS_ASKED = ("immediate_danger", "risk_of_personal_harm", "hate_perceived")


@dataclass(frozen=True)
class Outcome:
    """The panel beside the form. ``say`` is read to the caller; ``level`` never is."""

    lead: str
    level: str
    officer: str
    team: str
    say: str
    reasons: tuple[Reason, ...]
    prompts: tuple[Advice, ...]
    promised: list[dict[str, Any]]
    reminders: list[dict[str, Any]]
    undated: list[dict[str, Any]]
    impossible: list[str]
    receipt: dict[str, Any] | None
    to_ask: list[str]


def work_out(facts: Facts, *, join: Case | None, contact: str, questions: dict[str, str]) -> Outcome:
    """``contact`` is the name of somebody else who will be contacted; ``questions`` the label of each fact."""
    policy = policy_of(version_in_force(facts.received_at.astimezone(LONDON).date()))
    decision = decide(facts, policy)
    if join is not None:
        policy = policy_of(join.policy)
        decision = _on_case(decision, join, policy)
    preview = preview_deadlines(decision, _owed_to(facts, contact), policy)
    if join is not None:
        preview = _of_the_report_only(preview)
    team = policy.core.teams[decision.team]
    first = next((one for one in preview.clocks if one.rule.kind == "initial_contact"), None)
    return Outcome(
        lead=_lead(decision, join),
        level=decision.level_label or "",
        officer=team.officer,
        team=team.label,
        say=_say(facts, decision, first, team.officer, contact),
        reasons=decision.reasons,
        prompts=decision.prompts,
        promised=[_dated(one) for one in preview.clocks if one.rule.basis == "promise"],
        reminders=[_dated(one) for one in preview.clocks if one.rule.basis == "reminder"],
        undated=[_undated(rule) for rule in preview.undated],
        impossible=[rule.label for rule in preview.impossible],
        receipt=_receipt(first) if first else None,
        to_ask=list(_to_ask(facts, policy, questions)),
    )


def _owed_to(facts: Facts, contact: str) -> Facts:
    """An anonymous caller who names the person it happens to: that person is owed everything."""
    return facts.model_copy(update={"anonymous": False}) if contact else facts


def _on_case(decision: Decision, case: Case, policy: Policy) -> Decision:
    """A joined report runs by the level its case has now, or by its own where that is more serious."""
    levels = [level.key for level in policy.core.levels]
    if (
        decision.level in levels
        and case.level in levels
        and levels.index(decision.level) < levels.index(case.level)
    ):
        return decision
    return replace(
        decision,
        route=cast(Route, case.route),
        level=case.level or None,
        level_label=case.level_label or None,
        team=case.team.key,
    )


def _of_the_report_only(preview: Preview) -> Preview:
    """What is owed once to each complainant of a case started when they came to it."""
    return Preview(
        clocks=tuple(one for one in preview.clocks if one.rule.kind in PER_REPORT),
        undated=tuple(rule for rule in preview.undated if rule.kind in PER_REPORT),
        impossible=tuple(rule for rule in preview.impossible if rule.kind in PER_REPORT),
    )


def _lead(decision: Decision, join: Case | None) -> str:
    if join is not None:
        return _("Goes on case %(reference)s") % {"reference": join.reference}
    if decision.opens_case:
        return str(LEADS[decision.route])
    return _("Waits for a decision: %(route)s") % {"route": str(ROUTE_WORDS[decision.route]).lower()}


def _say(facts: Facts, decision: Decision, first: Clock | None, officer: str, contact: str) -> str:
    """Only a promise is read out with a date; a reminder is ours and promises nothing."""
    if facts.immediate_danger:
        return _(
            "Please call 999 now. I will write down what you have told me. Call us back when you are safe."
        )
    if facts.anonymous and not contact:
        end = _("As you do not want to give your name, we cannot contact you. You can call us at any time.")
    elif not decision.opens_case:
        end = _("A colleague will read this and tell you what we can do.")
    elif first is None or first.rule.basis != "promise":
        end = _("Our %(officer)s will read this and contact you.") % {"officer": officer}
    else:
        end = _with_date(first, officer, contact)
    thanks = _("Thank you for telling us.")
    return " ".join([thanks, end, _("If anyone is in danger before then, call 999.")])


def _with_date(first: Clock, officer: str, contact: str) -> str:
    by = by_end_of(first.due.due_local, first.due.due_local.date(), always_year=True)
    if contact:
        words = _("Our %(officer)s will speak to %(name)s %(by)s.")
    else:
        words = _("Our %(officer)s will speak to you %(by)s.")
    return words % {"officer": officer, "name": contact, "by": by}


def _dated(one: Clock) -> dict[str, Any]:
    local = one.due.due_local
    this_year = local.year == now_clock.now().astimezone(LONDON).year
    when = short_date(local.date(), with_year=not this_year)
    if local.time() != END_OF_DAY:
        when = f"{clock(local.time())} {when}"
    return _undated(one.rule) | {"due_text": when}


def _undated(rule: Any) -> dict[str, Any]:
    return {
        "text": rule.label,
        "due_text": _("no time stated"),
        "clause": rule.clause,
        "interpretation": rule.interpretation or rule.start_why is not None,
        "why": rule.why or rule.start_why or "",
    }


def _receipt(first: Clock) -> dict[str, Any]:
    rows: tuple[Row, ...] = first.due.rows
    return {
        "about": first.rule.label,
        "rows": rows,
        "note": first.due.explanation,
        "clause": first.rule.clause,
        "interpretation": first.rule.interpretation or first.rule.start_why is not None,
        "why": first.rule.why or first.rule.start_why or "",
    }


def facts_mentioned(policy: Policy) -> frozenset[str]:
    """The facts that some rule of this landlord's triage asks for."""
    triage = policy.section(TriageSection)
    behaviours = [*triage.behaviours.values(), triage.unknown_behaviour]
    rules = [
        *(outcome for behaviour in behaviours for outcome in behaviour.outcomes),
        *triage.scope,
        *triage.raises,
        *triage.allocation,
        *triage.prompts,
    ]
    return frozenset(fact for rule in rules for condition in rule.conditions for fact in condition)


def _to_ask(facts: Facts, policy: Policy, questions: dict[str, str]) -> Iterator[str]:
    mentioned = facts_mentioned(policy)
    for fact, question in questions.items():
        if getattr(facts, fact) is None and (fact in mentioned or fact in ALWAYS_ASKED):
            yield question
