"""A verdict put into words that a new officer understands, each sentence with the clause it rests on.

The landlord's own words are quoted as the policy file has them, so these sentences stay in its language.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from policies.schema import Policy
from policies.sections import Sourced
from triage.decisions import Advice, Reason
from triage.schema import Raise, Route, Scope
from triage.verdicts import Candidate, Verdict, handling_of
from triage.wording import fact_sentences, sentence

ROUTE_WORDS: Mapping[Route, str] = MappingProxyType(
    {
        "good_neighbourhood": "a good-neighbour matter, not anti-social behaviour",
        "refer": "for another organisation to deal with",
        "not_asb": "not anti-social behaviour under this policy",
        "out_of_scope": "outside this policy",
    }
)


def explain(verdict: Verdict, policy: Policy) -> Iterator[Reason]:
    """The deciding reason first, then everything else that counted, last who handles it."""
    if verdict.scope:
        yield _reason(verdict.scope, sentence(verdict.scope.text))
        yield from (_reason(one.rule, _if_accepted(one, policy)) for one in verdict.candidates)
    else:
        decisive, *others = verdict.candidates
        yield _reason(decisive.rule, _decisive(decisive, policy))
        yield from (_reason(one.rule, _also(one, decisive, policy)) for one in others)
    yield _handling(verdict, policy)


def scope_advice(scope: Scope) -> Advice:
    """The prompt that takes the place of a scope rule where a protecting fact holds."""
    text = (
        "Check the scope: this report is taken on because of hate, domestic abuse or danger. "
        f"Without that it would have been sent away: {sentence(scope.text)}"
    )
    return Advice("scope_check", _with_why(text, scope), scope.clause, scope.clause_id, scope.interpretation)


def _decisive(one: Candidate, policy: Policy) -> str:
    return f"{_what(one)} This is {_result(one, policy)}."


def _also(one: Candidate, decisive: Candidate, policy: Policy) -> str:
    result = _result(one, policy)
    if one.behaviour is None:
        return f"{_what(one)} On its own: {result}."
    if decisive.behaviour is None:
        return f"Reported: {one.behaviour.words} (on its own: {result})."
    if one.severity == decisive.severity:
        return f"Also reported: {one.behaviour.words} ({result})."
    return f"Also reported: {one.behaviour.words} ({result}); the most serious behaviour decides."


def _if_accepted(one: Candidate, policy: Policy) -> str:
    return f"{_what(one)} If the report is taken on, this is {_result(one, policy)}."


def _what(one: Candidate) -> str:
    if isinstance(one.rule, Raise):
        return sentence(one.rule.text)
    words = "" if one.behaviour is None else sentence(f"Reported: {one.behaviour.words}")
    return " ".join([words, *fact_sentences(one.rule.when or {})])


def _result(one: Candidate, policy: Policy) -> str:
    return ROUTE_WORDS[one.route] if one.level is None else policy.level(one.level).label


def _handling(verdict: Verdict, policy: Policy) -> Reason:
    if verdict.level is None:
        handling = handling_of(verdict.route, policy)
        return _reason(handling, " ".join([sentence(handling.text), *_signposts(handling.signpost)]))
    holder = policy.core.teams[verdict.team]
    level = policy.level(verdict.level)
    if verdict.allocation is None:
        return _reason(holder, f"{level.label} is handled by: {holder.label}.")
    usual = policy.core.teams[level.team].label
    because = " ".join(fact_sentences(verdict.allocation.when))
    return _reason(verdict.allocation, f"{because} So it is handled by: {holder.label} (otherwise: {usual}).")


def _signposts(places: tuple[str, ...]) -> list[str]:
    return [f"Where to turn: {'; '.join(places)}."] if places else []


def _reason(rule: Sourced, text: str) -> Reason:
    return Reason(_with_why(text, rule), rule.clause, rule.clause_id, rule.interpretation)


def _with_why(text: str, rule: Sourced) -> str:
    return f"{text} Our reading: {sentence(rule.why)}" if rule.interpretation and rule.why else text
