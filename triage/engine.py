"""Decides, under one landlord's policy, what a report is. Pure: no Django, no database, no clock."""

from collections.abc import Iterator
from dataclasses import replace

from policies.schema import Policy
from triage.decisions import Advice, Decision
from triage.facts import Facts
from triage.reasons import explain, scope_advice
from triage.rules import Known, applies, known
from triage.schema import Behaviour, Prompt, TriageSection
from triage.verdicts import Candidate, Verdict, candidate_of, handling_of

__all__ = ["Decision", "decide", "judge"]


def decide(facts: Facts, policy: Policy) -> Decision:
    """The whole answer, in words."""
    found = known(facts)
    verdict = judge(tuple(dict.fromkeys(facts.behaviours)), found, policy)
    return Decision(
        landlord=policy.landlord,
        policy_version=policy.version,
        route=verdict.route,
        level=verdict.level,
        level_label=None if verdict.level is None else policy.level(verdict.level).label,
        team=verdict.team,
        reasons=tuple(explain(verdict, policy)),
        prompts=tuple(_advice(verdict, found, policy)),
    )


def judge(behaviours: tuple[str, ...], facts: Known, policy: Policy) -> Verdict:
    """What applies and what wins, without words.

    The most serious candidate decides; at equal seriousness the landlord's words stand before our reading.
    The first scope rule that applies sends the report away, unless a protecting fact holds (decision 3).
    """
    triage = policy.section(TriageSection)
    found = [*_by_behaviour(behaviours, facts, policy), *_by_raise(facts, policy)]
    candidates = tuple(sorted(found, key=lambda one: (one.severity, one.rule.interpretation)))
    scope = next((rule for rule in triage.scope if applies(rule, facts)), None)
    if scope and not any(one.protects for one in candidates):
        return Verdict(scope.route, None, handling_of(scope.route, policy).team, candidates, scope=scope)
    return replace(_accepted(candidates, facts, policy), overruled=scope)


def _by_behaviour(behaviours: tuple[str, ...], facts: Known, policy: Policy) -> Iterator[Candidate]:
    triage = policy.section(TriageSection)
    named: list[Behaviour] = [triage.behaviours[key] for key in behaviours] or [triage.unknown_behaviour]
    for behaviour in named:
        outcome = next(outcome for outcome in behaviour.outcomes if applies(outcome, facts))
        yield candidate_of(outcome, policy, behaviour)


def _by_raise(facts: Known, policy: Policy) -> Iterator[Candidate]:
    for rule in policy.section(TriageSection).raises:
        if applies(rule, facts):
            yield candidate_of(rule, policy)


def _accepted(candidates: tuple[Candidate, ...], facts: Known, policy: Policy) -> Verdict:
    route, level = candidates[0].route, candidates[0].level
    if level is None:
        return Verdict(route, None, handling_of(route, policy).team, candidates)
    for allocation in policy.section(TriageSection).allocation:
        if level in allocation.levels and applies(allocation, facts):
            return Verdict(route, level, allocation.team, candidates, allocation)
    return Verdict(route, level, policy.level(level).team, candidates)


def _advice(verdict: Verdict, facts: Known, policy: Policy) -> Iterator[Advice]:
    if verdict.overruled:
        yield scope_advice(verdict.overruled)
    for prompt in policy.section(TriageSection).prompts:
        if applies(prompt, facts):
            yield _prompted(prompt)


def _prompted(prompt: Prompt) -> Advice:
    return Advice(prompt.key, prompt.text, prompt.clause, prompt.clause_id, prompt.interpretation)
