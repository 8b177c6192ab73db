"""``docs/reference/policies/<landlord>.md``: one landlord's policy as the system holds it."""

from pathlib import Path

from asbcases.reference.markdown import page, section, source, table
from cases.schema import DeadlineRule, DeadlinesSection, RecordRule, RecordsSection
from policies.parsing import read_policy
from policies.rules import describe, parse_rule
from policies.schema import Level, Policy
from policies.sections import Sourced
from triage.schema import Applies, Condition, Outcome, TriageSection

ROUTE_WORDS = {
    "asb": "ASB",
    "good_neighbourhood": "good neighbourhood",
    "refer": "refer",
    "not_asb": "not ASB",
    "out_of_scope": "out of scope",
}
YES_NO: dict[bool | str, str] = {True: "yes", False: "no"}
INTRODUCTION = (
    "Where a rule stands without more, the words are the landlord’s. *Our reading* marks what the document leaves open"
    " and how we read it until the landlord says otherwise."
)


def build(path: Path) -> str:
    policy = read_policy(path)
    return page(
        policy.core.organisation.name,
        f"{_document(policy)} {INTRODUCTION}",
        section("Levels", _levels(policy)),
        section("Behaviours", _behaviours(policy)),
        section("What makes any report ASB of at least a level", _raises(policy)),
        section("What is sent away", SENT_AWAY, _scope(policy)),
        section("Deadlines", _deadlines(policy)),
        _records(policy),
    )


SENT_AWAY = "A named person always decides; nothing is refused automatically."


def _document(policy: Policy) -> str:
    document = policy.core.document
    dated = f", {document.dated}" if document.dated else ", undated"
    return f"{policy.core.organisation.name}: *{document.title}*{dated}."


def _source(rule: Sourced) -> str:
    return source(rule.clause, rule.clause_id, rule.interpretation, rule.why)


def _levels(policy: Policy) -> str:
    rows = [
        (level.label, policy.core.teams[level.team].label, _source(level)) for level in policy.core.levels
    ]
    return table(["level", "team", "source"], rows)


def _behaviours(policy: Policy) -> str:
    triage = policy.section(TriageSection)
    rows = [
        (
            behaviour.words if number == 0 else " ",
            _outcome(outcome, policy),
            conditions(outcome),
            _source(outcome),
        )
        for behaviour in (*triage.behaviours.values(), triage.unknown_behaviour)
        for number, outcome in enumerate(behaviour.outcomes)
    ]
    return table(["behaviour", "outcome", "if", "source"], rows)


def _outcome(outcome: Outcome, policy: Policy) -> str:
    return policy.level(outcome.level).label if outcome.level else ROUTE_WORDS[outcome.route]


def conditions(rule: Applies) -> str:
    """ "respondent: private or other landlord; unless directed at staff: yes"."""
    said = [_condition(rule.when), f"unless {_condition(rule.unless)}" if rule.unless else ""]
    return "; ".join(filter(None, said))


def _condition(condition: Condition | None) -> str:
    facts = (condition or {}).items()
    return " and ".join(f"{_words(fact)}: {_values(values)}" for fact, values in facts)


def _values(values: tuple[bool | str, ...]) -> str:
    return " or ".join(YES_NO.get(value) or _words(str(value)) for value in values)


def _words(key: str) -> str:
    return key.replace("_", " ")


def _raises(policy: Policy) -> str:
    rows = [
        (rule.text, policy.level(rule.level).label, "yes" if rule.protects else "–", _source(rule))
        for rule in policy.section(TriageSection).raises
    ]
    return table(["if", "level", "even where scope would send it away", "source"], rows)


def _scope(policy: Policy) -> str:
    rules = policy.section(TriageSection).scope
    if not rules:
        return "No rule of this policy sends a report away for who is involved."
    rows = [(rule.text, ROUTE_WORDS[rule.route], conditions(rule), _source(rule)) for rule in rules]
    return table(["rule", "proposal", "if", "source"], rows)


def _deadlines(policy: Policy) -> str:
    rows = [
        (rule.label, rule.basis, describe(parse_rule(rule.due)), _for(rule, policy), _starts(rule))
        for rule in policy.section(DeadlinesSection).deadlines
    ]
    return table(["duty", "basis", "time", "for", "source"], rows)


def _for(rule: DeadlineRule, policy: Policy) -> str:
    levels = [_level(policy.core.levels, key).label for key in rule.levels]
    teams = [policy.core.teams[key].label for key in rule.teams]
    named = [*(levels or teams or [str(ROUTE_WORDS[route]) for route in rule.routes])]
    named += ["added without a report"] * (rule.start == "added")
    return ", ".join(named) + (", domestic abuse only" if rule.only_domestic_abuse else "")


def _level(levels: tuple[Level, ...], key: str) -> Level:
    return next(level for level in levels if level.key == key)


def _starts(rule: DeadlineRule) -> str:
    return _source(rule) + (f"\n*Our reading of its start:* {rule.start_why}" if rule.start_why else "")


def _records(policy: Policy) -> str:
    rules = policy.section(RecordsSection).records
    if not rules:
        return ""
    rows = [
        (rule.question, ", ".join(rule.answers) or "in words", _asked(rule), _source(rule)) for rule in rules
    ]
    return section(
        "Decisions the policy wants on record", table(["question", "answers", "asked", "source"], rows)
    )


def _asked(rule: RecordRule) -> str:
    named = [*rule.levels, *rule.behaviours, *rule.respondent]
    named += ["hate"] * rule.only_hate + ["domestic abuse"] * rule.only_domestic_abuse
    return ", ".join(map(_words, named)) or "every case"
