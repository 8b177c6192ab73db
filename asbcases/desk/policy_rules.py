"""A landlord's policy as rows of a page: what is held, in words, each with its clause or our reading."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from django.utils.translation import gettext as _

from asbcases.desk import policy_casework
from asbcases.desk.policy_casework import need_entry
from asbcases.desk.policy_entries import Chapter, Contents, Entry, entry_of
from cases.gates.schema import ClosingSection
from cases.models import Mailing
from cases.schema import DeadlineRule, DeadlinesSection, RecordsSection
from policies.rules import DatelessRule, describe, parse_rule
from policies.schema import Policy
from triage.schema import ROUTES, Applies, Behaviour, Outcome, TriageSection
from triage.wording import fact_sentences, sentence
from triage.words import BEHAVIOUR_WORDS, GROUPS, ROUTE_WORDS


def chapters(policy: Policy) -> list[Chapter]:
    """Everything the system goes by, in the order somebody looks for it. Empty chapters are left out."""
    made = [
        Chapter(key, heading, lead, tuple(entries(policy))) for key, heading, lead, entries in _contents()
    ]
    return [chapter for chapter in made if chapter.entries]


def _contents() -> Contents:
    return [
        (
            "promises",
            _("Promises"),
            _("The policy says what is done and by when. These can be missed."),
            _promises,
        ),
        (
            "duties",
            _("Duties without a time"),
            _("The policy asks for these and sets no date. Not done, they show their age."),
            _duties,
        ),
        ("reminders", _("Reminders"), _("Ours, to prompt us. They are never missed."), _reminders),
        ("levels", _("Levels"), _("How serious a case is; the most serious first."), _levels),
        ("behaviours", _("Behaviours"), _("What each kind of behaviour leads to."), _behaviours),
        (
            "raises",
            _("What makes any report more serious"),
            _("Whatever the behaviour, at least this."),
            _raises,
        ),
        (
            "scope",
            _("What the policy leaves to others"),
            _("A named person always confirms it; nothing is sent away by itself."),
            _scope,
        ),
        (
            "routes",
            _("Reports that are not ASB"),
            _("Who decides on them, and where people can turn."),
            _routes,
        ),
        ("allocation", _("Who gets a case"), _("Otherwise it goes to the team of its level."), _allocation),
        (
            "prompts",
            _("What to do when a report comes in"),
            _("Advice shown to staff; no deadline."),
            _prompts,
        ),
        ("records", _("What a case must have on record"), _("Asked on the case page."), _records),
        *policy_casework.contents(),
        (
            "closing",
            _("Closing a case"),
            _("Our reading reminds; the rest refuses. A case never closes by itself."),
            _closing,
        ),
        ("teams", _("Teams and job titles"), _("As the policy names them."), _teams),
    ]


def _promises(policy: Policy) -> Iterator[Entry]:
    return (_deadline(rule, policy) for rule in _deadlines(policy, "promise") if _is_dated(rule))


def _duties(policy: Policy) -> Iterator[Entry]:
    return (_deadline(rule, policy) for rule in _deadlines(policy, "promise") if not _is_dated(rule))


def _reminders(policy: Policy) -> Iterator[Entry]:
    return (_deadline(rule, policy) for rule in _deadlines(policy, "reminder"))


def _deadlines(policy: Policy, basis: str) -> Iterator[DeadlineRule]:
    return (rule for rule in policy.section(DeadlinesSection).deadlines if rule.basis == basis)


def _is_dated(rule: DeadlineRule) -> bool:
    return not isinstance(parse_rule(rule.due), DatelessRule)


def _deadline(rule: DeadlineRule, policy: Policy) -> Entry:
    text = _("%(label)s, %(when)s") % {"label": rule.label, "when": describe(parse_rule(rule.due))}
    details = [_applies_to(rule, policy)]
    if rule.unless_agreed:
        details.append(_("Unless something else is agreed with the complainant."))
    if rule.explanation_required:
        details.append(_("The policy asks for an explanation when it is missed."))
    entry = entry_of(rule, text, details)
    return replace(entry, ours=True, why=rule.start_why) if rule.start_why and not entry.ours else entry


def _applies_to(rule: DeadlineRule, policy: Policy) -> str:
    """For which cases; "" for every ASB case."""
    parts = [policy.level(key).label for key in rule.levels]
    parts += [policy.core.teams[key].label for key in rule.teams]
    parts += [str(ROUTE_WORDS[route]) for route in rule.routes if rule.routes != ("asb",)]
    parts += [_("Domestic abuse")] if rule.only_domestic_abuse else []
    parts += [_("A complainant added without a report")] if rule.start == "added" else []
    return _("For: %(what)s.") % {"what": ", ".join(parts)} if parts else ""


def _levels(policy: Policy) -> Iterator[Entry]:
    for level in policy.core.levels:
        handled = _("Handled by: %(team)s.") % {"team": policy.core.teams[level.team].label}
        yield entry_of(level, level.label, [handled])


def _behaviours(policy: Policy) -> Iterator[Entry]:
    triage = policy.section(TriageSection)
    for key in chain.from_iterable(behaviours for _heading, behaviours in GROUPS):
        yield from _outcomes(triage.behaviours[key], str(BEHAVIOUR_WORDS[key].staff), policy)
    yield from _outcomes(triage.unknown_behaviour, _("Not known yet"), policy)


def _outcomes(behaviour: Behaviour, ours: str, policy: Policy) -> Iterator[Entry]:
    """Our name of the behaviour stands beside the landlord's where the two differ."""
    note = "" if ours.casefold() == behaviour.words.casefold() else ours
    for number, outcome in enumerate(behaviour.outcomes):
        otherwise = [_("In every other case.")] if number and not outcome.conditions else []
        entry = entry_of(outcome, _result(outcome, policy), [*_conditions(outcome), *otherwise])
        yield replace(entry, title=_capital(behaviour.words), note=note)


def _result(outcome: Outcome, policy: Policy) -> str:
    return policy.level(outcome.level).label if outcome.level else str(ROUTE_WORDS[outcome.route])


def _raises(policy: Policy) -> Iterator[Entry]:
    for rule in policy.section(TriageSection).raises:
        level = policy.level(rule.level).label
        text = _("%(what)s: at least %(level)s") % {"what": rule.text.rstrip("."), "level": level}
        stands = [_("Stands even where the policy leaves the report to others.")] if rule.protects else []
        yield entry_of(rule, text, [*_conditions(rule), *stands])


def _scope(policy: Policy) -> Iterator[Entry]:
    for rule in policy.section(TriageSection).scope:
        yield entry_of(
            rule, sentence(rule.text), [_proposed(str(ROUTE_WORDS[rule.route])), *_conditions(rule)]
        )


def _proposed(route: str) -> str:
    return _("Proposed: %(route)s.") % {"route": route}


def _routes(policy: Policy) -> Iterator[Entry]:
    handled = policy.section(TriageSection).routes
    for route in (route for route in ROUTES if route in handled):
        handling = handled[route]
        team = policy.core.teams[handling.team].label
        details = [sentence(handling.text), _("Decided by: %(team)s.") % {"team": team}]
        if handling.signpost:
            details.append(_("Where to turn: %(places)s.") % {"places": "; ".join(handling.signpost)})
        yield entry_of(handling, str(ROUTE_WORDS[route]), details)


def _allocation(policy: Policy) -> Iterator[Entry]:
    for rule in policy.section(TriageSection).allocation:
        levels = ", ".join(policy.level(key).label for key in rule.levels)
        text = _("%(team)s: %(levels)s") % {"team": policy.core.teams[rule.team].label, "levels": levels}
        yield entry_of(rule, text, _conditions(rule))


def _prompts(policy: Policy) -> Iterator[Entry]:
    for prompt in policy.section(TriageSection).prompts:
        yield entry_of(prompt, prompt.text.strip(), _conditions(prompt))


def _records(policy: Policy) -> Iterator[Entry]:
    for rule in policy.section(RecordsSection).records:
        answers = _("Answers: %(answers)s.") % {"answers": ", ".join(rule.answers)} if rule.answers else ""
        yield entry_of(rule, rule.question, [answers])


def _closing(policy: Policy) -> Iterator[Entry]:
    closing = policy.section(ClosingSection).closing
    for ground in closing.grounds:
        yield replace(entry_of(ground, ground.label), title=_("Grounds"))
    for need in closing.needs:
        yield replace(need_entry(need, policy), title=_("Before closing on any ground"))
    for ground in closing.grounds:
        for need in ground.needs:
            yield replace(need_entry(need, policy), title=ground.label)
    for told in closing.queues:
        kind = str(Mailing.Kind(told.kind).label)
        yield replace(entry_of(told, kind), title=_("Sent when a case is closed"))
    for step in closing.next_steps:
        yield replace(entry_of(step, step.words), title=_("What the closing letter says people can do next"))


def _teams(policy: Policy) -> Iterator[Entry]:
    for team in policy.core.teams.values():
        yield entry_of(team, team.label, [_("Its officers: %(officer)s.") % {"officer": team.officer}])
    for position in policy.core.positions.values():
        yield entry_of(position, position.label, [_("Job title")])


def _conditions(rule: Applies) -> list[str]:
    return [
        *_facts(_("When: %(facts)s"), rule.when),
        *_facts(_("Unless: %(facts)s"), rule.unless),
    ]


def _facts(frame: str, facts: Mapping[str, tuple[bool | str, ...]] | None) -> list[str]:
    return [frame % {"facts": " ".join(fact_sentences(facts))}] if facts else []


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
